"""Street names for the map: every street in its cell, as the source calls it."""

import math

from locator.geocoding.addresses.importer import build
from locator.geocoding.addresses.index import AddressIndex
from locator.geocoding.addresses.table import Mapping
from locator.map.street_names import CELL_LAT, CELL_LON, StreetNames

ROWS = """street,number,postcode,city,lat,lon
Solsikkevej,1,8000,Aarhus C,56.1501,10.2001
Solsikkevej,3,8000,Aarhus C,56.1503,10.2003
Nordvej,3,8000,Aarhus C,56.1501,10.3001
</script><b>Vej,1,5000,Odense C,55.4001,10.3801
"""


def test_each_street_is_in_its_cell_and_no_other(tmp_path):
    (tmp_path / "rows.csv").write_text(ROWS, encoding="utf-8")
    build([tmp_path / "rows.csv"], tmp_path / "index", Mapping(), lambda path, part: None)
    names = StreetNames(AddressIndex.open(tmp_path / "index"))

    def around(lat: float, lon: float) -> list[tuple[float, float, str]]:
        return names.cell(math.floor(lat / CELL_LAT), math.floor(lon / CELL_LON))

    ((lat, lon, name),) = around(56.1501, 10.2001)
    assert name == "Solsikkevej"
    assert (lat, lon) in [(56.1501, 10.2001), (56.1503, 10.2003)]
    assert around(56.1501, 10.3001) == [(56.1501, 10.3001, "Nordvej")]
    assert [name for *_, name in around(55.4001, 10.3801)] == ["</script><b>Vej"]
    assert around(55.0, 9.0) == []


def test_without_an_index_there_are_no_names():
    assert StreetNames(None).cell(1123, 102) == []
