"""From files to an index: what is kept, cleaned, merged and refused."""

import bz2
import gzip
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import osmium
import pytest
import shapely
from click.testing import CliRunner
from pyproj import Transformer

from locator.cli.addresses import command
from locator.earth.point import Precision
from locator.errors import DataError, InputError, LocatorError
from locator.geocoding.addresses.importer import build
from locator.geocoding.addresses.index import AddressIndex
from locator.geocoding.addresses.osm import read_osm
from locator.geocoding.addresses.rows import Report, house_numbers
from locator.geocoding.addresses.table import Mapping
from locator.geocoding.offline import OfflineGeocoder

OSM = """<?xml version='1.0' encoding='UTF-8'?>
<osm version="0.6">
 <node id="1" lat="55.6800" lon="12.5800" version="1"><tag k="addr:street" v="Nyhavn"/>
  <tag k="addr:housenumber" v="12 a"/><tag k="addr:postcode" v="1051 "/></node>
 <node id="2" lat="55.6801" lon="12.5801" version="1"><tag k="addr:street" v="Nyhavn"/>
  <tag k="addr:housenumber" v="2-4"/></node>
 <node id="3" lat="52.5" lon="13.4" version="1"><tag k="addr:street" v="Unter den Linden"/>
  <tag k="addr:housenumber" v="1"/><tag k="addr:postcode" v="1051"/></node>
 <node id="4" lat="55.6800" lon="12.5800" version="1"><tag k="addr:street" v="Nyhavn"/>
  <tag k="addr:housenumber" v="vinkelbygningen"/><tag k="addr:postcode" v="1051"/></node>
 <node id="5" lat="55.6800" lon="12.5800" version="1"><tag k="addr:street" v="nyhavn"/>
  <tag k="addr:housenumber" v="12A"/><tag k="addr:postcode" v="1051"/></node>
 %s
 <way id="9" version="1">%s<tag k="building" v="yes"/><tag k="addr:street" v="Toldbodgade"/>
  <tag k="addr:housenumber" v="7"/><tag k="addr:postcode" v="1253"/></way>
 <way id="10" version="1">%s</way>
 <way id="11" version="1">%s</way>
 <relation id="20" version="1"><member type="way" ref="10" role="outer"/>
  <member type="way" ref="11" role="inner"/><tag k="type" v="multipolygon"/>
  <tag k="addr:street" v="Amaliegade"/><tag k="addr:housenumber" v="18"/>
  <tag k="addr:postcode" v="1256"/></relation>
</osm>
"""
# A building in the shape of a U, whose centre lies in its yard, and one around a closed yard.
U_SHAPE = [(0, 0), (3, 0), (3, 3), (2, 3), (2, 1), (1, 1), (1, 3), (0, 3), (0, 0)]
OUTER = [(10, 0), (14, 0), (14, 4), (10, 4), (10, 0)]
INNER = [(11, 1), (13, 1), (13, 3), (11, 3), (11, 1)]


def at(shape: list[tuple[int, int]]) -> list[tuple[float, float]]:
    """The shape in degrees, (lon, lat)."""
    return [(12.59 + x * 1e-4, 55.68 + y * 1e-4) for x, y in shape]


@pytest.fixture
def osm_file(tmp_path: Path) -> Path:
    nodes, ways, number = [], [], 100
    for shape in (U_SHAPE, OUTER, INNER):
        refs = []
        for lon, lat in at(shape)[:-1]:
            number += 1
            refs.append(number)
            nodes.append(f'<node id="{number}" lat="{lat}" lon="{lon}" version="1"/>')
        ways.append("".join(f'<nd ref="{ref}"/>' for ref in (*refs, refs[0])))
    path = tmp_path / "harbour.osm"
    path.write_text(OSM % ("".join(nodes), *ways), encoding="utf-8")
    return path


def make(files: list[Path], out: Path, mapping: Mapping | None = None) -> Report:
    return build(files, out, mapping or Mapping(), lambda path, part: None)


def test_addresses_of_nodes_ways_and_relations(osm_file: Path, tmp_path: Path):
    out = tmp_path / "a.index"
    report = make([osm_file], out)
    assert (report.read, report.kept, report.merged) == (7, 5, 1)
    assert report.rejected == {"position outside Denmark": 1, "house number not understood": 1}
    assert "node/3" in report.examples[0]
    geocoder = OfflineGeocoder(addresses=out)
    assert geocoder.answer("Nyhavn 12A, 1051").id == "node/1"
    # No postcode of its own: its street's nearby.
    assert geocoder.answer("Nyhavn 4, 1051 København K").precision is Precision.ADDRESS
    assert geocoder.answer("Toldbodgade 7, 1253").id == "way/9"
    assert geocoder.answer("Amaliegade 18, 1256").id == "relation/20"


def test_the_point_of_a_building_is_inside_it(osm_file: Path, tmp_path: Path):
    out = tmp_path / "a.index"
    make([osm_file], out)
    geocoder = OfflineGeocoder(addresses=out)
    way = geocoder.answer("Toldbodgade 7, 1253").point
    relation = geocoder.answer("Amaliegade 18, 1256").point
    assert shapely.Polygon(at(U_SHAPE)).contains(shapely.Point(way.lon, way.lat))
    ring = shapely.Polygon(at(OUTER), [at(INNER)])
    assert ring.contains(shapely.Point(relation.lon, relation.lat))


@pytest.mark.parametrize(("suffix", "pack"), [(".gz", gzip.compress), (".bz2", bz2.compress)])
def test_packed_extracts_are_read(osm_file: Path, tmp_path: Path, suffix: str, pack):
    packed = osm_file.with_name(osm_file.name + suffix)
    packed.write_bytes(pack(osm_file.read_bytes()))
    assert make([packed], tmp_path / "a.index").kept == 5


def test_a_building_tagged_in_a_real_extract_contains_its_point(shared: Path):
    source = shared / "osm" / "inner_copenhagen_2025.osm.pbf"
    points = {row.where: row.point for row in read_osm(source, lambda part: None)}
    checked = 0
    wanted = osmium.filter.KeyFilter("addr:housenumber")
    for way in osmium.FileProcessor(str(source)).with_locations().with_filter(wanted):
        name = f"way/{way.id}"
        if way.is_way() and way.is_closed() and name in points:
            checked += 1
            shape = shapely.Polygon([(node.lon, node.lat) for node in way.nodes])
            assert shape.contains(shapely.Point(points[name].lon, points[name].lat)), name
    assert checked > 10


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("12 A", [(12, "A")]),
        ("012b", [(12, "B")]),
        ("2-4", [(2, ""), (4, "")]),
        ("1-7", [(1, ""), (3, ""), (5, ""), (7, "")]),
        ("2;4", [(2, ""), (4, "")]),
        ("72 A-D", [(72, "A"), (72, "B"), (72, "C"), (72, "D")]),
        ("28A, 1.th", [(28, "A")]),
        ("18-2", [(18, "")]),
        ("1200 m", []),
        ("", []),
        ("0", [(0, "")]),
    ],
)
def test_dirty_house_numbers(text: str, numbers: list[tuple[int, str]]):
    assert list(house_numbers(text)) == numbers


def test_the_register_is_known_by_its_columns(shared: Path, tmp_path: Path):
    out = tmp_path / "a.index"
    report = make([shared / "addresses" / "dar_access_addresses_sample.csv"], out)
    assert (report.read, report.kept, report.rejected) == (1327, 1327, {})
    found = OfflineGeocoder(addresses=out).answer("Havnevej 7B, 2670 Greve")
    lon, lat = Transformer.from_crs(25832, 4326, always_xy=True).transform(706992.89, 6162904.49)
    assert (found.point.lat, found.point.lon) == pytest.approx((lat, lon), abs=1e-6)
    assert len(found.id) == 36
    assert "Klimadatastyrelsen" in found.source


TABLE = "Gade;Nr;Post;Breddegrad;Længdegrad\nÅvej;3 b;8000;56,15;10,2\nÅvej;x;8000;56,15;10,2\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1"])
def test_any_table_with_its_columns_named(tmp_path: Path, encoding: str):
    source, out = tmp_path / "table.csv", tmp_path / "a.index"
    source.write_bytes(TABLE.encode(encoding))
    report = make([source], out, Mapping(number="nr", postcode="Post"))
    assert (report.kept, report.rejected) == (1, {"house number not understood": 1})
    assert "line 3" in report.examples[0]
    answer = OfflineGeocoder(addresses=out).answer("Aavej 3B, 8000")
    assert (answer.address, answer.precision) == ("Åvej 3B, 8000 Aarhus C", Precision.ADDRESS)


def test_a_table_in_another_coordinate_system(tmp_path: Path):
    source, out = tmp_path / "table.csv", tmp_path / "a.index"
    east, north = Transformer.from_crs(4326, 3857, always_xy=True).transform(10.2, 56.15)
    source.write_text(f"street,number,postcode,x,y\nÅvej,3,8000,{east},{north}\n")
    make([source], out, Mapping(crs="EPSG:3857"))
    assert OfflineGeocoder(addresses=out).answer("Åvej 3, 8000").point == pytest.approx(
        (56.15, 10.2), abs=1e-6
    )


def test_what_cannot_be_read_says_what_to_do(tmp_path: Path):
    source, out = tmp_path / "table.csv", tmp_path / "a.index"
    source.write_text("a,b\n1,2\n")
    with pytest.raises(DataError, match="--street-column"):
        make([source], out)
    with pytest.raises(InputError, match="no column 'kode'"):
        make([source], out, Mapping(street="kode"))
    source.write_text("street,number,postcode,x,y\nÅvej,3,8000,1,1\n")
    with pytest.raises(InputError, match="EPSG:25832"):
        make([source], out, Mapping(crs="EPSG:nonsense"))
    broken = tmp_path / "broken.osm.pbf"
    broken.write_bytes(b"\x00\x01garbage" * 100)
    with pytest.raises(LocatorError, match="broken"):
        make([broken], out)
    assert not out.exists()


def test_several_files_are_one_index(shared: Path, tmp_path: Path):
    files = sorted((shared / "osm").glob("*.pbf"))
    out = tmp_path / "a.index"
    report = make(files, out)
    apart = sum(make([path], tmp_path / "one.index").kept for path in files)
    assert report.merged > 400
    assert len(AddressIndex.open(out)) == report.kept < apart


def test_a_new_index_is_taken_up_without_a_restart(osm_file: Path, tmp_path: Path):
    source, out = tmp_path / "table.csv", tmp_path / "a.index"
    source.write_text("street,number,postcode,lat,lon\nÅvej,3,8000,56.15,10.2\n")
    make([source], out)
    geocoder = OfflineGeocoder(addresses=out)
    assert geocoder.answer("Åvej 3, 8000").precision is Precision.ADDRESS
    make([osm_file], out)
    assert geocoder.answer("Åvej 3, 8000").precision is Precision.POSTCODE
    assert geocoder.answer("Amaliegade 18, 1256").precision is Precision.ADDRESS


def test_a_build_that_fails_or_is_killed_leaves_the_index(shared: Path, tmp_path: Path):
    out = tmp_path / "a.index"
    make([shared / "osm" / "tunoe_2024.osm.pbf"], out)
    before = out.read_bytes()
    empty = tmp_path / "empty.csv"
    empty.write_text("street,number,postcode,lat,lon\n")
    with pytest.raises(DataError, match=r"empty\.csv"):
        make([empty], out)
    files = [str(path) for path in (shared / "osm").glob("*.pbf")] * 20
    arguments = [sys.executable, "-m", "locator", "addresses", "build", *files, "--out", str(out)]
    process = subprocess.Popen(
        arguments,
        cwd=Path(__file__).parents[3],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    time.sleep(2.5)
    assert process.poll() is None
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert out.read_bytes() == before


def test_a_damaged_index_says_how_to_mend_it(tmp_path: Path):
    out = tmp_path / "a.index"
    for damage in (b"", b"NAERVED1", b"NAERVED1" + b"\xff" * 100, os.urandom(500)):
        out.write_bytes(damage)
        with pytest.raises(DataError, match="Build it again"):
            AddressIndex.open(out)


def test_a_cut_index_is_damaged(osm_file: Path, tmp_path: Path):
    out = tmp_path / "a.index"
    make([osm_file], out)
    whole = out.read_bytes()
    out.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(DataError):
        AddressIndex.open(out)


def test_the_commands(osm_file: Path, tmp_path: Path):
    out = tmp_path / "a.index"
    built = CliRunner().invoke(command, ["build", str(osm_file), "--out", str(out)])
    assert built.exit_code == 0, built.output
    assert "7 rows read, 2 rejected, 1 duplicates merged, 5 addresses kept" in built.output
    info = CliRunner().invoke(command, ["info", "--addresses", str(out), "--format", "json"])
    about = json.loads(info.output)
    assert (about["rows"], about["sources"][0]["licence"]) == (5, "ODbL 1.0")
    assert "OpenStreetMap" in CliRunner().invoke(command, ["info", "--addresses", str(out)]).output
