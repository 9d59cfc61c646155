"""The municipality's own line: whom to ask where nothing else is known."""

from collections.abc import Iterable, Mapping
from weakref import WeakKeyDictionary

from locator.directory import Directory, Record, Status

_KIND = "municipality"
_KEPT: "WeakKeyDictionary[Directory, Mapping[str, Record]]" = WeakKeyDictionary()


def contacts(directory: Directory) -> Mapping[str, Record]:
    """The municipalities' own lines and desks, by the code of each municipality they serve."""
    known = _KEPT.get(directory)
    if known is None:
        own = [
            record
            for record in directory
            if _KIND in record.categories and record.status is Status.ACTIVE
        ]
        known = _KEPT[directory] = {code: record for record in own for code in _served(record)}
    return known


def contact_of(record: Record, known: Mapping[str, Record]) -> Record | None:
    """Whom to ask about a record: the line of the municipality that it lies in, or serves alone."""
    codes = [record.municipality_code] if record.municipality_code else record.service_area
    if len(codes) != 1 or _KIND in record.categories:
        return None
    return known.get(codes[0])


def _served(record: Record) -> Iterable[str]:
    return record.service_area or filter(None, (record.municipality_code,))
