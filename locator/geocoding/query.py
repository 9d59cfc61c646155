"""What a person typed as an address, taken apart: street, number, floor and door, postcode, place.

Free text is ambiguous ("Aarhus Vestergade 3": a street in a town, or a long street name?), so
`parse` gives every reasonable reading and leaves the choice to whoever knows the streets.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from locator.geocoding.addresses import villages_named
from locator.language import LONGEST, clean, fold, key
from locator.places import names, postcodes

_MOST_READINGS = 10

_POSTCODE = re.compile(r"(?<![\w-])(?:DK[- ]?)?([1-9]\d{3})(?!\w)", re.IGNORECASE)
_COUNTRY = re.compile(
    r"[\s,]*\b(?:danmark|denmark|dänemark|danemark|dania|dk)[\s.]*$", re.IGNORECASE
)
_NUMBER = re.compile(
    r"(?<![\w.-])(\d{1,3})(?!\d)(?!\.\s*[^\W\d_]{3})(?:\s?([A-Za-z])(?![\w'’.]))?"
    r"(\s*[-–/;]\s*(?:\d{1,3}\s?[A-Za-z]?|[A-Za-z])(?!\w))?(?!\w)"
)
_GLUED = re.compile(r"(?<=[^\W\d_]{3})(?=\d{1,3}[A-Za-z]?(?!\w))")  # Nygade12
_GLUED_TOWN = re.compile(r"(?<!\w)([1-9]\d{3})(?=[^\W\d_]{3})")  # 4000Roskilde
_FRACTION = re.compile("(?<=\\d)(?=[¼½¾²³¹])")  # 12½, which is not 121/2
_NUMBER_WORD = re.compile(r"[\s,]+(?:nr|no|husnr|nummer)\.?$", re.IGNORECASE)
_NUMBER_FIRST = re.compile(r"(\d{1,3})\s?([A-Za-z](?!\w))?[\s,]+(?=[^\W\d_])")
_UNIT = re.compile(
    r"""[\s,.]*(?:
        (?:st|stuen?|stueplan|kl|kld|kælder(?:en)?|kaelder|k\d|parterre|\d{1,2}(?!\d))
        [\s.]*(?:sal|etage|floor|fl)?[\s.,]*
        (?:t\.?\s?h|t\.?\s?v|m\.?\s?f|til\s(?:højre|venstre)|midtfor|-\s?\d{1,4}|\d{1,4}
           |(?:dør|lejl(?:ighed)?|nr)\.?\s?\w{1,5})?
        |(?:t\.?h|t\.?v|m\.?f|-\s?\d{1,4}|(?:dør|lejl(?:ighed)?|apt)\.?\s?\w{1,5}|\d{1,4})
    )[.]?(?=$|[\s,])""",
    re.IGNORECASE | re.VERBOSE,
)
_SIDES = " ,;.-–/\t"
# Between two addresses; a comma only where each has its postcode.
_BETWEEN = re.compile(r"\s*[;|]\s*|\s+/\s+|\s+(?:eller|or|og|and|samt)\s+|,\s*", re.IGNORECASE)
_HOUSE = re.compile(r"[^\W\d_]{3}[.,]?\s+\d{1,3}\s?[A-Za-z]?(?!\w)")
# What a street's name may end in, and none consists of.
ENDINGS = frozenset(
    ["alle", "boulevard", "gade", "gaden", "park", "parken", "plads", "straede", "torv", "vej"]
)


@dataclass(frozen=True, slots=True)
class Query:
    """One reading of what a person typed; "" or None where it has no such part.

    Attributes:
        street: the street's name as typed.
        number, letter: the house number, its letter in upper case.
        unit: floor and door as typed; set aside, since a point is a building's.
        postcode: four digits.
        place: the town as typed.
        extra: words that fit nowhere (often the village, a "supplementary town name").
        range_end: the rest of "2-4", where only the first number is looked up.
        second: another address of the same line.
        cut: the text was longer than is read.
    """

    street: str = ""
    number: int | None = None
    letter: str = ""
    unit: str = ""
    postcode: str = ""
    place: str = ""
    extra: str = ""
    range_end: str = ""
    second: str = ""
    cut: bool = False

    @property
    def house(self) -> str:
        """The house number with its letter, "12B"; "" where there is none."""
        return "" if self.number is None else f"{self.number}{self.letter}"


def parse(text: str) -> tuple[Query, ...]:
    """Every reasonable reading of the text, the likeliest first; at most 10.

    Reads 200 characters; takes time bounded by that, for any text in any script.
    """
    whole = clean(_FRACTION.sub(" ", text[: 4 * LONGEST]))
    cut = len(whole) > LONGEST or len(text) > 4 * LONGEST
    line = _GLUED.sub(" ", _COUNTRY.sub("", whole[:LONGEST]))
    line = _GLUED_TOWN.sub(r"\1 ", line).strip(_SIDES)
    line, second = _first_of_two(line)
    found: dict[Query, None] = {}
    for query in _readings(line):
        if query.street or query.postcode or query.place:
            found[replace(query, second=second, cut=cut) if second or cut else query] = None
        if len(found) == _MOST_READINGS:
            break
    return tuple(found)


def _first_of_two(line: str) -> tuple[str, str]:
    """The first of two addresses in one line, and the other; "" where there is but one."""
    for match in _BETWEEN.finditer(line):
        sides = line[: match.start()], line[match.end() :]
        whole = all(_HOUSE.search(side) for side in sides)
        if whole and (match[0].strip() != "," or all(_has_postcode(side) for side in sides)):
            return sides
    return line, ""


def _has_postcode(text: str) -> bool:
    return any(match[1] in postcodes() for match in _POSTCODE.finditer(text))


def _readings(line: str) -> Iterator[Query]:
    match = _postcode(line)
    if not match:
        yield from _addresses(line)
        return
    code = match[1]
    before = line[: match.start()].strip(_SIDES)
    after = line[match.end() :].strip(_SIDES)
    if before and after and not any(c.isdigit() for c in before):
        for query in _addresses(after, more=before):
            if query.number is not None:
                yield replace(query, postcode=code, place=before)
    if before:
        place, _, extra = after.partition(",")
        for query in _addresses(before, more=place):
            known = query.place and not place
            yield replace(
                query,
                postcode=code,
                place=query.place if known else place.strip(_SIDES),
                extra=" ".join(filter(None, (query.extra, extra.strip(_SIDES)))),
            )
    elif not after:
        yield Query(postcode=code)
    else:
        yield from (replace(query, postcode=code) for query in _after_postcode(code, after))


def _postcode(line: str) -> re.Match[str] | None:
    """The postcode in the line; of several numbers a real postcode, then the last."""
    found = list(_POSTCODE.finditer(line))
    return max(found, key=lambda m: (m[1] in postcodes(), m.start()), default=None)


def _after_postcode(code: str, after: str) -> Iterator[Query]:
    """What follows a postcode that comes first: its town, or its town and then the street."""
    first, comma, rest = after.partition(",")
    if comma and not any(c.isdigit() for c in first):
        for query in _addresses(rest.strip(_SIDES), more=first):
            yield replace(query, place=first.strip(_SIDES))
        return
    words = after.split()
    official = fold(postcodes()[code].name) if code in postcodes() else ""
    for count in range(len(words), 0, -1):
        head, tail = " ".join(words[:count]), " ".join(words[count:])
        if fold(head) == official or key(head) in names():
            for query in _addresses(tail.strip(_SIDES), more=head) if tail else (Query(),):
                yield replace(query, place=head.strip(_SIDES))
    yield from _addresses(after, more=code)
    if not any(c.isdigit() for c in after):
        yield Query(place=after)


def _addresses(text: str, more: str = "") -> Iterator[Query]:
    """Readings of a text without its postcode.

    Args:
        more: what is known of the place already; words left over are then no place.
    """
    numbered = [m for m in _NUMBER.finditer(text) if any(c.isalpha() for c in text[: m.start()])]
    for match in numbered[:3]:
        yield from _numbered(text, match, more)
    first = _NUMBER_FIRST.match(text)
    if first and not numbered:
        house = Query(number=int(first[1]), letter=(first[2] or "").upper())
        for query in _streets(text[first.end() :].strip(_SIDES), more):
            yield replace(query, number=house.number, letter=house.letter)
    yield from _streets(text, more)


def _numbered(text: str, match: re.Match[str], more: str) -> Iterator[Query]:
    street = _NUMBER_WORD.sub("", text[: match.start()].strip(_SIDES))
    rest = text[match.end() :]
    letter = match[2] or ""
    if letter.lower() == "i" and rest.strip():  # "Nygade 3 i Aarhus"
        letter = ""
    unit = _UNIT.match(rest)
    left = (rest[unit.end() :] if unit else rest).strip(_SIDES)
    base = Query(
        number=int(match[1]),
        letter=letter.upper(),
        unit=unit[0].strip(" ,") if unit else "",
        range_end=(match[3] or "").strip(_SIDES),
    )
    segments = [s for s in (part.strip(_SIDES) for part in left.split(",")) if s]
    if more:
        yield replace(base, street=street, extra=" ".join(segments))
    elif segments:
        yield replace(base, street=street, place=segments[-1], extra=" ".join(segments[:-1]))
    for query in _streets(street, more or left):
        yield replace(
            query,
            number=base.number,
            letter=base.letter,
            unit=base.unit,
            range_end=base.range_end,
            extra=" ".join(filter(None, (query.extra, *segments))),
        )


def _streets(text: str, more: str = "") -> Iterator[Query]:
    """Readings of a text of words only: a street, a place, or both in either order."""
    segments = [s for s in (part.strip(_SIDES) for part in text.split(",")) if s]
    if not segments:
        return
    if len(segments) == 1:
        yield Query(street=segments[0])
    else:
        rest = " ".join(segments[1:-1])
        yield Query(street=segments[0], place="" if more else segments[-1], extra=rest)
        if more:
            yield Query(street=segments[-1], extra=" ".join(segments[:-1]))
        else:
            yield Query(street=segments[-1], place=segments[0], extra=rest)
    if not more:
        yield Query(place=text)
        yield from _split(text.split())


def _split(words: list[str]) -> Iterator[Query]:
    """A street and a town with no comma between them, in either order."""
    for at in range(1, len(words)):
        head, tail = " ".join(words[:at]).strip(_SIDES), " ".join(words[at:]).strip(_SIDES)
        if _is_place(tail):
            yield Query(street=head, place=tail)
        if _is_place(head) and key(tail.rstrip("0123456789 ")) not in ENDINGS:
            yield Query(street=tail, place=head)


def _is_place(name: str) -> bool:
    return key(name) in names() or bool(villages_named(name))
