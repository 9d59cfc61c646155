"""The words of opening hours in Danish and English, one by one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# By the first letters that a word may be cut to; Danish "to" is Thursday, English "to" is until.
_DAYS = (
    ("mandag", "monday"),
    ("tirsdag", "tuesday"),
    ("onsdag", "wednesday"),
    ("torsdag", "thursday"),
    ("fredag", "friday"),
    ("lørdag", "saturday"),
    ("søndag", "sunday"),
)
_SHORT = (
    ("ma", "man", "mon"),
    ("ti", "tir", "tirs", "tue", "tues"),
    ("on", "ons", "wed"),
    ("to", "tor", "tors", "thu", "thur", "thurs"),
    ("fr", "fre", "fri"),
    ("lø", "lør", "loer", "sat"),
    ("sø", "søn", "soen", "sun"),
)
_GROUPS = {
    "hverdage": (0, 1, 2, 3, 4),
    "hverdag": (0, 1, 2, 3, 4),
    "alle hverdage": (0, 1, 2, 3, 4),
    "weekdays": (0, 1, 2, 3, 4),
    "weekend": (5, 6),
    "weekender": (5, 6),
    "weekenden": (5, 6),
    "weekends": (5, 6),
    "dagligt": tuple(range(7)),
    "daglig": tuple(range(7)),
    "hver dag": tuple(range(7)),
    "alle dage": tuple(range(7)),
    "alle ugens dage": tuple(range(7)),
    "daily": tuple(range(7)),
    "every day": tuple(range(7)),
    "helligdage": (7,),
    "public holidays": (7,),
}
_MONTHS = {
    "januar": "Jan",
    "februar": "Feb",
    "marts": "Mar",
    "april": "Apr",
    "maj": "May",
    "juni": "Jun",
    "juli": "Jul",
    "august": "Aug",
    "september": "Sep",
    "oktober": "Oct",
    "november": "Nov",
    "december": "Dec",
    "january": "Jan",
    "february": "Feb",
    "march": "Mar",
    "may": "May",
    "june": "Jun",
    "july": "Jul",
    "october": "Oct",
}
_NTH = {
    "første": "1",
    "anden": "2",
    "tredje": "3",
    "fjerde": "4",
    "sidste": "-1",
    "first": "1",
    "second": "2",
    "third": "3",
    "fourth": "4",
    "last": "-1",
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))

# In order: what stands first is tried first. Each is a whole word or mark.
_PATTERNS = (
    ("always", r"døgnåbent|døgnet rundt|åbent døgnet rundt|open 24 hours|24 timer i døgnet|24/7"),
    (
        "appointment",
        r"(?:(?:kun|only) )?(?:efter|ved|by) (?:nærmere |forudgående |prior )?"
        r"(?:aftale|appointment)|(?:kun )?tidsbestilling|appointment only",
    ),
    ("closed", r"(?:er |holder )?lukket|closed"),
    ("months", rf"(?:(?:i|hele|in|all|of) )*(?:{_MONTH})(?: ?(?:-|og|til|to|and) ?(?:{_MONTH}))?"),
    (
        "weeks",
        r"(?:i |in )?(?:uge|uger|ugerne|week|weeks) ?\d{1,2}(?: ?(?:-|til|to|og|and) ?\d{1,2})?",
    ),
    ("parity", r"(?:i |in )?(?:lige|ulige|even|odd) (?:uger|uge|weeks)"),
    ("of_month", r"(?:i måneden|i hver måned|hver måned|of the month|of each month|every month)"),
    ("nth", rf"(?:den |hver |the )?(?:{'|'.join(_NTH)})"),
    ("group", "|".join(sorted(_GROUPS, key=len, reverse=True))),
    ("time", r"(?:kl\.? ?)?\d{1,2}(?:[.:]\d\d)? ?(?:am|pm|a\.m\.|p\.m\.)?"),
    ("day", r"[a-zæøå]+"),
    ("range", r"-"),
    ("and", r"[,&/]"),
    ("stop", r"[;|.]"),
    ("colon", r":"),
)
_AS_COMMON = str.maketrans({"–": "-", "—": "-", "(": ", ", ")": " "})
_MARKS = {"range", "and", "stop", "colon"}
_ONE = re.compile(
    "|".join(
        f"(?P<{kind}>(?:{words}){'' if kind in _MARKS else '(?![a-zæøå])'})"
        for kind, words in _PATTERNS
    )
)
# Which of the weeks is not said; and an appointment for other times is no appointment for these.
_UNSURE = re.compile(r"\b(?:hver anden|every (?:second|other)|(?:og|eller|and|or) (?:efter|by))\b")
_AND = {"og", "samt", "and", "plus"}
_UNTIL = {"til", "to", "until", "till"}
_FROM = {"fra", "from", "efter"}
_FILLERS = {"åbent", "åben", "open", "alle", "hver", "kl", "klokken", "i", "på", "åbningstid", "on"}
_FILLERS |= {"åbningstider", "every", "all", "the", "in", "at", "dog", "timer"}
_ONWARDS = {"og frem", "frem", "onwards", "+"}


@dataclass(frozen=True, slots=True)
class Token:
    """One word.

    Attributes:
        kind: days, time, range, and, from, onwards, closed, appointment, always, months, weeks,
            parity, nth, of_month, colon or stop.
        value: a time "09:30", months "Jul" or "Jun-Aug", weeks "28-30", "1" for the first.
        days: indices of weekdays from Monday, 0, on; 7 is a public holiday.
        half: "am" or "pm" where it says so.
    """

    kind: str
    value: str = ""
    days: tuple[int, ...] = ()
    half: str = ""


def tokens(text: str) -> list[Token]:
    """The words of `text`; none where there is one that is not known."""
    plain = " ".join(text.casefold().translate(_AS_COMMON).split())
    plain = re.sub(r"\b(\d{1,2})[.:](\d\d)(?=\d)", r"\1 \2 ?", plain)  # no time: "10.2026"
    if _UNSURE.search(plain):
        return []
    found: list[Token] = []
    at = 0
    while at < len(plain):
        if plain[at] == " ":
            at += 1
            continue
        if plain[at] == "+":
            found.append(Token("onwards", "+"))
            at += 1
            continue
        match = _ONE.match(plain, at)
        new = list(_token(match, found)) if match else None
        if match is None or new is None or new == [_UNKNOWN]:
            return []
        found += new
        at = match.end()
    return found


_UNKNOWN = Token("")


def _token(match: re.Match[str], before: list[Token]) -> Iterator[Token]:
    kind, text = str(match.lastgroup), match[0].strip()
    if kind == "time":
        yield _time(text)
    elif kind == "day":
        yield from _word(text, before)
    elif kind == "group":
        yield Token("days", days=_GROUPS[text])
    elif kind == "months":
        names = re.findall(_MONTH, text)
        link = "," if " og " in text or " and " in text else "-"
        yield Token("months", link.join(_MONTHS[name] for name in names))
    elif kind == "weeks":
        link = "," if re.search("og|and", text) else "-"
        yield Token("weeks", link.join(f"{int(week):02}" for week in re.findall(r"\d+", text)))
    elif kind == "parity":
        yield Token("parity", "01-53/2" if re.search("ulige|odd", text) else "02-52/2")
    elif kind == "nth":
        yield Token("nth", _NTH[text.split()[-1]])
    elif kind == "stop" and before and before[-1].kind in ("days", "time") and text == ".":
        return  # "man.", "kl. 10."
    else:
        yield Token(kind)


def _word(text: str, before: list[Token]) -> Iterator[Token]:
    day = _day(text)
    if text == "to":
        # Between "monday" and "friday" until; after a time too; else the Danish Thursday.
        last = before[-1] if before else _UNKNOWN
        if last.kind == "time" or last.value == "english":
            yield Token("range")
        else:
            yield _UNKNOWN if last.kind == "days" else Token("days", days=(3,))
    elif text == "on" and not (before and before[-1].kind in ("range", "and")):
        return
    elif day is not None:
        english = text.endswith("day") or text.endswith("days")
        yield Token("days", "english" if english else "", (day,))
    elif text in _AND:
        yield Token("and")
    elif text in _UNTIL:
        yield Token("range")
    elif text in _FROM:
        yield Token("from")
    elif text in _ONWARDS:
        yield Token("onwards")
    elif text not in _FILLERS:
        yield _UNKNOWN


def _day(text: str) -> int | None:
    for at, (names, short) in enumerate(zip(_DAYS, _SHORT, strict=True)):
        if text in short or any(text in (n, f"{n}e", f"{n}s", f"{n}en") for n in names):
            return at
    return None


def _time(text: str) -> Token:
    half = re.search(r"[ap]\.?m", text)
    digits = re.findall(r"\d+", text)
    hour, minute = int(digits[0]), int(digits[1]) if len(digits) > 1 else 0
    which = half[0].replace(".", "") if half else ""
    if which == "pm" and hour < 12:
        hour += 12
    if which == "am" and hour == 12:
        hour = 0
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return _UNKNOWN
    return Token("time", f"{hour:02}:{minute:02}", half=which)
