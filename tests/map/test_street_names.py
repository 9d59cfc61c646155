"""Street names for the map: every street in its cell, harmless whatever a source calls it."""

import json
import math

from locator.geocoding.addresses.importer import build
from locator.geocoding.addresses.index import AddressIndex
from locator.geocoding.addresses.table import Mapping
from locator.map.street_names import CELL_LAT, CELL_LON, write_street_names

ROWS = """street,number,postcode,city,lat,lon
Solsikkevej,1,8000,Aarhus C,56.1501,10.2001
Solsikkevej,3,8000,Aarhus C,56.1503,10.2003
</script><b>Vej,1,5000,Odense C,55.4001,10.3801
"""


def test_each_street_is_in_the_file_of_its_cell(tmp_path):
    (tmp_path / "rows.csv").write_text(ROWS, encoding="utf-8")
    build([tmp_path / "rows.csv"], tmp_path / "index", Mapping(), lambda path, part: None)
    write_street_names(AddressIndex.open(tmp_path / "index"), tmp_path / "streets")
    found = {}
    for file in (tmp_path / "streets").iterdir():
        text = file.read_text(encoding="utf-8")
        assert "<" not in text
        row, column = map(int, file.stem.split("_"))
        for lat, lon, name in json.loads(text):
            assert (math.floor(lat / CELL_LAT), math.floor(lon / CELL_LON)) == (row, column)
            found[name] = (lat, lon)
    assert sorted(found) == ["</script><b>Vej", "Solsikkevej"]
    assert found["Solsikkevej"] in [(56.1501, 10.2001), (56.1503, 10.2003)]


def test_without_an_index_there_are_no_names(tmp_path):
    (tmp_path / "streets").mkdir()
    (tmp_path / "streets" / "1_1.json").write_text("[]")
    write_street_names(None, tmp_path / "streets")
    assert list((tmp_path / "streets").iterdir()) == []
