"""Which column is what: the one table of what people call columns, in English and Danish."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

from locator.errors import InputError
from locator.language import fold

# The likeliest name first. A reader asks for the fields it knows; two fields may share a name.
_NAMES = {
    "id": "id, identifier, nummer",
    "address_id": "adgangsadresseid, husnummerid, id",
    # Where it is. The address register, DAWA and OpenStreetMap have names of their own.
    "lat": "lat, latitude, breddegrad, wgs84koordinat_bredde",
    "lon": "lon, lng, long, longitude, længdegrad, wgs84koordinat_længde",
    "x": "x, etrs89koordinat_øst, easting, east",
    "y": "y, etrs89koordinat_nord, northing, north",
    "address": "address, adresse, street address, street, vejnavn, vej, gade",
    "street": "vejnavn, street, addr:street, gade, vej, gadenavn",
    "alias": "adresseringsvejnavn",
    "number": "husnr, house number, housenumber, number, husnummer, addr:housenumber",
    "municipality": "municipality, kommune, kommunenavn, kommunekode, municipality code",
    "postcode": "postcode, postnr, postnummer, zip, zip code, postal code, addr:postcode, "
    "postnr by, postnr og by, postnummer og by",
    "city": "city, postnrnavn, by, bynavn, town, postal town, postdistrikt, addr:city",
    # How many.
    "population": "population, people, befolkning, indbyggere, indbyggertal, folketal, personer, "
    "antal indbyggere, antal personer, residents, inhabitants",
    "capacity": "capacity, supply, kapacitet, pladser, antal pladser",
    # What it is.
    "name": "name, navn, title, titel, place name, stednavn, tilbud",
    "description": "description, beskrivelse, about, om, text, tekst",
    "category": "category, categories, kategori, type, kind, slags",
    "audience_note": "audience, target group, målgruppe, for whom",
    "organization": "organization, organisation, operator, udbyder, forening",
    "phone": "phone, telephone, telefon, tlf, telefonnummer, phone number, phone no, mobil, tlfnr, "
    "tlf nr",
    "email": "email, e-mail, mail, e-post",
    "website": "website, web, url, hjemmeside, link, homepage, webside",
    "languages": "languages, language, sprog",
    "opening_hours": "opening hours, åbningstider, åbningstid, hours",
    "cost": "cost, price, pris, fee",
    "wheelchair": "wheelchair, kørestol, kørestolsadgang, accessible",
    "source": "source, kilde, source url, kilde url",
    "source_date": "source date, date, dato, checked, tjekket, kontrolleret, last updated, "
    "updated, opdateret, senest opdateret, sidst opdateret",
}
SYNONYMS = {field: tuple(names.split(", ")) for field, names in _NAMES.items()}
_LIKE = 82.0  # of 100: "Telefonnr." is phone, "Åbningstider i ferien" is nothing


def find_columns(header: Sequence[str], fields: Iterable[str]) -> dict[str, int]:
    """Which column is which of the fields (keys of `SYNONYMS`), those found only.

    Letter case, accents and punctuation apart. Each column is one field at most; of several that
    may be a field, the one with the likeliest name.
    """
    folded = [fold(title) for title in header]
    found: dict[str, int] = {}
    for field in fields:
        columns = (
            at for name in _folded(field) for at, title in enumerate(folded) if title == name
        )
        column = next((at for at in columns if at not in found.values()), None)
        if column is not None:
            found[field] = column
    return found


def likely_columns(header: Sequence[str], fields: Sequence[str]) -> dict[str, int]:
    """As `find_columns`, and then the likest names too ("Telefonnr.", "Street adress")."""
    from rapidfuzz import fuzz, process

    found = find_columns(header, fields)
    names = {name: field for field in reversed(fields) for name in _folded(field)}
    for at, title in enumerate(header):
        if at in found.values():
            continue
        best = process.extractOne(fold(title), list(names), scorer=fuzz.ratio, score_cutoff=_LIKE)
        if best:
            found.setdefault(names[best[0]], at)
    return found


def place_of(header: Sequence[str], name: str, path: Path | str) -> int:
    """Where the column is that a person calls so.

    The very name, else letter case and spaces apart, else a name that means the same: "address"
    finds "Adresse".

    Args:
        path: for messages.

    Raises:
        InputError: there is none, or it cannot be told which one; says which there are.
    """
    wanted = name.strip().casefold()
    found = (
        [at for at, title in enumerate(header) if title == name]
        or [at for at, title in enumerate(header) if title.strip().casefold() == wanted]
        or next(_same(header, fold(name)), [])
    )
    if len(found) == 1:
        return found[0]
    template = "{path} has {count} columns {name}; it has: {columns}. Rename all but one of them."
    if not found:
        template = "{path} has no column {name}; it has: {columns}."
    raise InputError(
        template, path=path, count=len(found), name=repr(name), columns=", ".join(header)
    )


def known(title: str) -> bool:
    """Whether this is what some column is often called."""
    return bool(title) and fold(title) in _every()


def _same(header: Sequence[str], name: str) -> Iterator[list[int]]:
    """For each name that means the same, the likeliest first, the columns called so."""
    folded = [fold(title) for title in header]
    for field in SYNONYMS:
        if name in _folded(field):
            for other in _folded(field):
                if columns := [at for at, title in enumerate(folded) if title == other]:
                    yield columns


@cache
def _folded(field: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(fold, SYNONYMS[field])))


@cache
def _every() -> frozenset[str]:
    return frozenset(name for field in SYNONYMS for name in _folded(field))
