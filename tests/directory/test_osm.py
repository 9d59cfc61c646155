"""Community resources of a real OpenStreetMap extract, found, and found again."""

from collections import Counter

import osmium
import pytest
from click.testing import CliRunner

from locator.cli import main
from locator.directory.importing.conflation import conflate
from locator.directory.importing.openstreetmap import category_of, read_extract
from locator.directory.records import load
from locator.errors import DataError, InputError
from locator.settings import GEODATA


@pytest.fixture(scope="module")
def file(shared):
    return shared / "osm" / "inner_copenhagen_2025.osm.pbf"


@pytest.fixture(scope="module")
def extract(file):
    return read_extract(file)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("amenity", "library"),
        ("amenity", "community_centre"),
        ("amenity", "social_facility"),
        ("leisure", "sports_centre"),
        ("leisure", "swimming_pool"),
    ],
)
def test_every_one_of_a_kind_is_found(file, extract, key, value):
    tagged = osmium.FileProcessor(str(file)).with_filter(osmium.filter.TagFilter((key, value)))
    wanted = {f"osm-{type(thing).__name__.lower()}-{thing.id}" for thing in tagged}
    assert wanted
    assert wanted <= {record.id for record in extract.records}


def test_points_lie_in_the_extract(extract):
    assert all(55.64 < r.lat < 55.70 and 12.53 < r.lon < 12.63 for r in extract.records)


def test_each_record_carries_the_licence(extract):
    assert {r.sources[0].licence for r in extract.records} == {"ODbL-1.0"}


def test_the_curated_file_stays_as_it_is_and_what_is_there_is_not_added(file, tmp_path, extract):
    result = CliRunner().invoke(
        main, ["directory", "import-osm", str(file), "--out", str(tmp_path / "d")]
    )
    assert result.exit_code == 0, result.output
    before, after = load(), load(tmp_path / "d")
    curated = GEODATA / "directory" / "curated.jsonl"
    assert (tmp_path / "d" / curated.name).read_bytes() == curated.read_bytes()
    report = conflate(extract.records, before.records)
    assert len(after) == len(before) + len(report.new)
    assert {m.existing.id for m in report.conflicting} >= {"libr-christianshavns-bibliotek-1420"}
    again = conflate(extract.records, after.records)
    assert not again.new
    assert str(Counter(r.categories[0] for r in extract.records)["library"]) in result.output


def test_two_churches_beside_each_other_stay_two(extract):
    churches = [r for r in extract.records if r.categories == ("faith_community",)]
    one = churches[0]
    other = one.model_copy(update={"id": "x", "name": "Moskeen", "translations": ()})
    report = conflate([other.model_copy(update={"sources": churches[1].sources})], [one])
    assert [r.id for r in report.new] == ["x"]


@pytest.mark.parametrize(
    ("tags", "category"),
    [
        ({"amenity": "library"}, "library"),
        ({"amenity": "social_facility", "social_facility:for": "homeless"}, "homeless_service"),
        (
            {"amenity": "social_facility", "social_facility:for": "senior;disabled"},
            "senior_service",
        ),
        ({"leisure": "swimming_pool", "access": "private"}, ""),
        ({"office": "government", "name": "Udenrigsministeriet"}, ""),
        ({"office": "government", "name": "Borgerservice Nørrebro"}, "citizen_service_centre"),
        ({"amenity": "cafe"}, ""),
    ],
)
def test_tags_tell_the_category(tags, category):
    assert category_of(tags) == category


def test_no_map_data_is_said(tmp_path):
    (tmp_path / "a.osm.pbf").write_bytes(b"nonsense")
    with pytest.raises(DataError, match="Get the extract again"):
        read_extract(tmp_path / "a.osm.pbf")
    with pytest.raises(InputError):
        read_extract(tmp_path / "none.osm.pbf")
