"""A place for people who flee violence has no address and no point, whatever an import says."""

import json
import logging
import zipfile
from datetime import datetime

import pytest
from click.testing import CliRunner

from locator.cli import main
from locator.directory.hsds import exchange as hsds
from locator.directory.importing.openstreetmap import read_extract
from locator.directory.record import Record
from locator.directory.records import Directory, load, write_records
from locator.directory.store import FolderStore
from locator.earth.point import Point
from locator.find.cards import card
from locator.find.nearby import nearest
from locator.language.catalogue import language
from locator.map.webmap import dot, numbered_pin

STREET = "Hemmelighedsvej 77"
LAT, LON = "55.987654", "12.123456"
TELLTALES = (STREET, LAT, LON, "987654", "77770000001")
NOW = datetime(2026, 11, 23, 12, 0)


def values(**fields):
    return {
        "id": "secret",
        "name": "Kvindekrisecenter Havnen",
        "description": f"We live at {STREET.upper()}.",
        "categories": ["domestic_violence_help"],
        "address": STREET,
        "postcode": "3400",
        "city": "Hillerød",
        "lat": float(LAT),
        "lon": float(LON),
        "precision": "address",
        "point_source": f"geocoded {STREET}",
        "hsds": {"location": [{"id": "1", "latitude": LAT, "longitude": LON}]},
        "sources": [{"url": "https://example.dk/"}],
    } | fields


def jsonl(folder):
    lines = (
        values(),
        values(id="b", categories=["library", "domestic_violence_help"]),
        values(id="c", categories=["community_centre"]),
        values(id="d", address_published="true"),
    )
    (folder / "a.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return folder


def tables():
    attribute = "id,link_id,taxonomy_term_id,link_entity,value\n"
    return {
        "services.csv": "id,name,organization_id,status,description\n"
        f"s1,Women's shelter,o1,active,We live at {STREET}\n"
        "s2,Community house,o1,active,Next door\n",
        "organizations.csv": "id,name,description\no1,Org,Org\n",
        # Another service at the same location, and a location of no service.
        "service_at_location.csv": "id,service_id,location_id\na1,s1,l1\na2,s2,l1\n",
        "locations.csv": "id,location_type,latitude,longitude\n"
        f"l1,physical,{LAT},{LON}\nl2,physical,{LAT},{LON}\n",
        "addresses.csv": "id,location_id,address_1,city,state_province,postal_code,country,"
        "address_type\n"
        + "".join(
            f"{i},{at},{STREET},Hillerød,H,3400,DK,physical\n"
            for i, at in (("d1", "l1"), ("d2", ""))
        ),
        "taxonomy_terms.csv": "id,code,name,description\nt1,field:lat,lat,lat\n",
        "attributes.csv": f"{attribute}x1,s1,t1,service,{LAT}\n",
    }


def hsds_csv(tmp_path):
    package = tmp_path / "p.zip"
    with zipfile.ZipFile(package, "w") as archive:
        for name, text in tables().items():
            archive.writestr(name, text)
    hsds.import_package(package, tmp_path / "d", "community_centre")


def hsds_json(tmp_path):
    place = {
        "id": "l1",
        "latitude": float(LAT),
        "longitude": float(LON),
        "location_type": "physical",
        "addresses": [{"id": "d", "address_1": STREET, "address_type": "physical"}],
    }
    service = {
        "id": "s1",
        "name": "Women's shelter",
        "status": "active",
        "description": STREET,
        "service_at_locations": [{"id": "a", "location": place}],
    }
    (tmp_path / "p.json").write_text(json.dumps([service]))
    hsds.import_package(tmp_path / "p.json", tmp_path / "d")


def spreadsheet(tmp_path):
    (tmp_path / "a.csv").write_text(
        "navn,adresse,postnr,lat,lon,kategori,beskrivelse,telefon\n"
        f"Krisecenter,{STREET},3400,{LAT},{LON},bibliotek,Vi bor {STREET},70 20 30 82\n"
        f"Huset,{STREET},3400,,,domestic_violence_help,,70 20 30 82\n"
    )
    run(
        "import-csv",
        tmp_path / "a.csv",
        "--write",
        "--source",
        "https://example.dk/",
        "--out",
        tmp_path / "d",
    )


def run(*arguments):
    result = CliRunner().invoke(main, ["directory", *map(str, arguments)], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


IMPORTS = {
    "jsonl": lambda tmp_path: jsonl(tmp_path / "d"),
    "hsds_csv": hsds_csv,
    "hsds_json": hsds_json,
    "csv": spreadsheet,
}


@pytest.mark.parametrize("way", IMPORTS)
def test_no_way_out_tells_where_it_is(way, tmp_path, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    if way == "jsonl":
        (tmp_path / "d").mkdir()
    IMPORTS[way](tmp_path)
    directory = load(tmp_path / "d")
    assert len(directory) >= 1
    assert all(r.point is None and not r.address and not r.postcode for r in directory)
    said = [r.model_dump_json() for r in directory] if way != "jsonl" else []
    for t in (language("en"), language("da")):
        reader = directory.reader(t)
        said += [json.dumps(card(record, reader, NOW), default=str) for record in directory]
    for form, name in (
        ("hsds", "o"),
        ("hsds", "o.json"),
        ("geojson", "g"),
        ("csv", "c"),
        ("gpkg", "k.gpkg"),
    ):
        out = tmp_path / name
        run("export", "--format", form, "--out", out, "--directory", tmp_path / "d")
        files = out.iterdir() if out.is_dir() else [out]
        said += [file.read_bytes().decode("utf-8", "replace") for file in files]
    if way != "jsonl":  # where the hostile file itself is the directory, it holds what it holds
        said += [f.read_text("utf-8") for f in (tmp_path / "d").iterdir()]
    said += [caplog.text, *capfd.readouterr()]
    for text in said:
        for telltale in TELLTALES:
            assert telltale.casefold() not in text.casefold()


def test_the_map_never_gets_it():
    directory = Directory([Record.model_validate(values()), Record.model_validate(OPEN)])
    hits = nearest(directory, Point(float(LAT), float(LON)))
    assert [hit.record.id for hit in hits] == ["open"]
    reader = directory.reader(language("en"))
    shown = [dot(hit, reader) for hit in hits]
    shown.append(numbered_pin(card(hits[0].record, reader, NOW, hits[0], 1)))
    assert "secret" not in json.dumps(shown, default=str)


OPEN = values(id="open", name="A library", categories=["library"], description="", lat=55.9)


def test_a_published_address_is_shown():
    shown = Record.model_validate(values(address_published=True))
    assert shown.address == STREET
    assert shown.point


OSM = f"""<?xml version="1.0"?><osm version="0.6">
<node id="77770000001" lat="{LAT}" lon="{LON}" version="1"><tag k="amenity" v="social_facility"/>
<tag k="social_facility" v="shelter"/><tag k="social_facility:for" v="abused"/>
<tag k="name" v="Huset"/></node>
<node id="77770000002" lat="{LAT}" lon="{LON}" version="1"><tag k="amenity" v="library"/>
<tag k="name" v="Kvindekrisecenter"/></node>
<node id="3" lat="55.7" lon="12.5" version="1"><tag k="amenity" v="library"/>
<tag k="name" v="Bibliotek"/></node></osm>"""


def test_openstreetmap_gives_none(tmp_path):
    (tmp_path / "a.osm").write_text(OSM)
    extract = read_extract(tmp_path / "a.osm")
    assert [record.id for record in extract.records] == ["osm-node-3"]
    assert extract.withheld == 2
    said = run("import-osm", tmp_path / "a.osm", "--out", tmp_path / "d")
    said += (tmp_path / "d" / "openstreetmap.jsonl").read_text("utf-8")
    assert "7777000000" not in said
    assert LAT not in said


def test_the_data_folder_forgets_where_a_place_was(tmp_path):
    """All that was made here; the program's own records are not ours to write to."""
    write_records(tmp_path / "d" / "a.jsonl", [Record.model_validate(values(id="other"))])
    store = FolderStore(tmp_path / "d", tmp_path / "data")
    was = Record.model_validate(OPEN)
    write_records(store.import_folder("mine") / "a.jsonl", [was])
    described = Record.model_validate(OPEN | {"description": "A library"})
    store.save(described, "Ann", was)
    store.save(
        Record.model_validate(OPEN | {"categories": ["domestic_violence_help"]}), "Ann", described
    )
    said = "".join(f.read_text("utf-8") for f in tmp_path.rglob("*.jsonl"))
    assert STREET not in said
    assert LON not in said
