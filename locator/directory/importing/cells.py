"""What single cells of a spreadsheet say, as people write it; what is not sure is told.

Each reader gives the fields of a record that a cell is, and what of it could not be read.
"""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from locator.directory.importing.languages import language_named
from locator.directory.importing.spoken_hours import hours_in
from locator.directory.week import BY_APPOINTMENT
from locator.language import fold
from locator.notes import Note

Read = tuple[dict[str, Any], list[Note]]

_PARTS = re.compile(r"\s*(?:[;\n|]|,(?!\d)|\s/\s|\bog\b|\band\b|&)\s*")
_NUMBER = re.compile(r"(?:\+|00)?\d(?:[ .\-\u00a0]?\d){2,14}")
_HOST = re.compile(
    r"(?:[a-z0-9æøå](?:[a-z0-9æøå-]*[a-z0-9æøå])?\.)+[a-z]{2,}(?::\d+)?(?:/\S*)?", re.I
)
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
# "10-12" that a spreadsheet took for a day: "2026-12-10", "10-dec", "10. dec".
_DAY = re.compile(r"\d{4}-\d\d-\d\d.*|\d\d?[-. ]+[a-zæøå]{3}\.?([-. ]+\d{2,4})?", re.I)

_FREE = {"gratis", "free", "0", "0 kr", "0 kr.", "0,00", "0.00", "0 dkk", "ingen", "nej", "no"}
_FEE = {"betaling", "fee", "ja", "yes", "mod betaling", "brugerbetaling"}
_YES = {"ja": "yes", "yes": "yes", "x": "yes", "1": "yes", "true": "yes", "sand": "yes"}
_YES |= {"nej": "no", "no": "no", "0": "no", "false": "no", "falsk": "no"}
_YES |= {"delvis": "limited", "delvist": "limited", "partly": "limited", "limited": "limited"}
_DATES = ("%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%Y", "%d-%m-%y", "%d.%m.%y", "%d/%m/%y")


def phones(text: str) -> Read:
    """Numbers, with the words beside each as its note: "33 66 30 00 (kl. 9-12)"."""
    found, notes = [], []
    for part in filter(None, _PARTS.split(text)):
        number = _NUMBER.search(part)
        if not number:
            notes.append(Note("no telephone number is in “{text}”", {"text": part[:60]}))
            continue
        digits = re.sub(r"[.\-\u00a0 ]+", " ", number[0]).strip()
        rest = f"{part[: number.start()]} {part[number.end() :]}"
        if re.search(r"\d{5,}", rest):
            notes.append(Note("“{text}” may be several numbers", {"text": part[:60]}))
            continue
        words = re.sub(r"^(?:tlf|telefon|phone|tel)\b[.:]*", "", rest.strip(), flags=re.I)
        number_text = re.sub(r"^00", "+", digits)
        found.append({"number": number_text, "note": words.strip(" ():,.-")})
    return ({"phones": found} if found else {}), notes


def emails(text: str) -> Read:
    """Addresses, without "mailto:"."""
    parts = [p.removeprefix("mailto:") for p in re.split(r"[;,\s]+|\bog\b", text) if p]
    wrong = [part for part in parts if not _EMAIL.fullmatch(part)]
    notes = [Note("“{text}” is no e-mail address", {"text": part[:60]}) for part in wrong]
    return {"emails": [part for part in parts if part not in wrong]}, notes


def web_address(text: str) -> str:
    """The address that `text` is, "www." and bare names too; "" for none."""
    bare = text.strip().strip("<>")
    if re.fullmatch(r"https?://\S+\.\S+", bare, re.I):
        return bare
    return f"https://{bare}" if _HOST.fullmatch(bare) else ""


def website(text: str) -> Read:
    """One address; of several, none is chosen."""
    if address := web_address(text):
        return {"website": address}, []
    return {}, [Note("“{text}” is no web address", {"text": text[:80]})]


def opening_hours(text: str) -> Read:
    """Hours where all the words are understood, else a note in the person's words."""
    if _DAY.fullmatch(text.strip()):
        note = Note("“{text}” is a day: a spreadsheet makes 10-12 one", {"text": text[:60]})
        return {}, [note]
    hours = hours_in(text)
    if hours == BY_APPOINTMENT:
        return {"booking": "yes"}, []
    return ({"opening_hours": hours} if hours else {"hours_note": text}), []


def cost(text: str) -> Read:
    """Free or not where that is all it says; the words are kept where they say more."""
    plain = fold(text)
    if text.casefold().strip(" .") in _FREE or plain in _FREE:
        return {"cost": "free"}, []
    if plain in _FEE:
        return {"cost": "fee"}, []
    amount = re.fullmatch(r"(?:kr\.? ?)?\d+([.,]\d+)? ?(?:kr\.?|dkk|,-)?", text.strip(), re.I)
    return {"cost": "fee" if amount else "unknown", "cost_note": text}, []


def wheelchair(text: str) -> Read:
    """Yes, no or partly; other words are kept as they are."""
    known = _YES.get(text.casefold().strip(" ."))
    return ({"wheelchair": known} if known else {"accessibility_note": text}), []


def languages(text: str) -> Read:
    """Codes of languages, by code or by name in Danish or English."""
    parts = [p for p in re.split(r"[;,/&\n]|\bog\b|\band\b", text) if p.strip()]
    codes = {part.strip(): language_named(part) for part in parts}
    notes = [
        Note("“{text}” is no language that we know", {"text": part[:60]})
        for part, code in codes.items()
        if not code
    ]
    return {"languages": list(dict.fromkeys(filter(None, codes.values())))}, notes


def date(text: str) -> tuple[str, list[Note]]:
    """A day, month or year as ISO 8601 writes it."""
    bare = text.strip().removesuffix(" 00:00:00")
    for form in _DATES:
        try:
            return datetime.strptime(bare, form).date().isoformat(), []
        except ValueError:
            continue
    if re.fullmatch(r"(?:19|20)\d\d(-(?:0[1-9]|1[0-2]))?", bare):
        return bare, []
    return "", [Note("“{text}” is no date: write 2026-11-24", {"text": text[:40]})]


READERS: dict[str, Callable[[str], Read]] = {
    "phone": phones,
    "email": emails,
    "website": website,
    "opening_hours": opening_hours,
    "cost": cost,
    "wheelchair": wheelchair,
    "languages": languages,
}
