"""The streets of inner Copenhagen as an index: each has a postcode of its own, so a point."""

from functools import cache

from locator.geocoding.addresses.build import Table, columns
from locator.geocoding.addresses.index import AddressIndex
from locator.places import POSTCODES_SOURCE, inner_street_parts, postcodes


@cache
def embedded_index() -> AddressIndex:
    """The embedded streets, all doors at the postcode's point."""
    table = Table()
    for street in inner_street_parts():
        postcode = postcodes().get(street.postcode)
        if postcode:
            for number in street.numbers or (0,):
                table.add(street.name, int(postcode.code), number, "", *postcode.point)
    found, _ = columns(table)
    return AddressIndex(found, {"sources": [{"name": POSTCODES_SOURCE}]}, complete=False)
