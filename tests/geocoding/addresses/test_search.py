"""Finding addresses in an index: as written, misspelt, half known, and by point."""

import csv
import random
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import numpy as np
import osmium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from locator.earth.geodesic import distance
from locator.earth.point import Point, Precision
from locator.errors import LocatorError
from locator.geocoding.addresses.importer import build
from locator.geocoding.addresses.index import AddressIndex
from locator.geocoding.addresses.table import Mapping
from locator.geocoding.answer import Answer, Confidence, Question
from locator.geocoding.finder import Finder
from locator.geocoding.offline import OfflineGeocoder
from tests.benchmarks.bench_addresses import misspelt

SAME_BUILDING = 60.0  # metres: where one address has two objects, one of them is kept


@pytest.fixture(scope="module")
def extracts(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("extracts") / "a.index"
    files = sorted((shared / "osm").glob("*.pbf"))
    build(files, out, Mapping(), lambda path, part: None)
    return out


@pytest.fixture(scope="module")
def geocoder(extracts: Path) -> OfflineGeocoder:
    return OfflineGeocoder(addresses=extracts)


@pytest.fixture(scope="module")
def register(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> OfflineGeocoder:
    out = tmp_path_factory.mktemp("register") / "a.index"
    sample = shared / "addresses" / "dar_access_addresses_sample.csv"
    build([sample], out, Mapping(), lambda path, part: None)
    return OfflineGeocoder(addresses=out)


@pytest.fixture
def town(tmp_path: Path) -> Callable[..., OfflineGeocoder]:
    """Makes a geocoder of rows "street,number,postcode,lat,lon"."""

    def make(*rows: str) -> OfflineGeocoder:
        source = tmp_path / "rows.csv"
        source.write_text("\n".join(("street,number,postcode,lat,lon", *rows)), encoding="utf-8")
        build([source], tmp_path / "a.index", Mapping(), lambda path, part: None)
        return OfflineGeocoder(addresses=tmp_path / "a.index")

    return make


def tagged(shared: Path) -> list[tuple[str, str, str, str, Point]]:
    """(street, number, postcode, city, point) of the address nodes of all extracts."""
    found = []
    wanted = osmium.filter.KeyFilter("addr:housenumber")
    for path in sorted((shared / "osm").glob("*.pbf")):
        for node in osmium.FileProcessor(str(path), osmium.osm.NODE).with_filter(wanted):
            names = ("addr:street", "addr:housenumber", "addr:postcode", "addr:city")
            parts = [node.tags.get(name, "").strip() for name in names]
            found.append((*parts, Point(node.location.lat, node.location.lon)))
    return found


def full_text(street: str, number: str, postcode: str, city: str) -> str:
    return f"{street} {number}, {postcode} {city}".strip(", ")


def metres(answer: Answer, points: list[Point]) -> float:
    return float(
        distance(
            answer.point.lon, answer.point.lat, [p.lon for p in points], [p.lat for p in points]
        ).min()
    )


def test_every_address_of_the_extracts_is_found_by_its_own_text(
    shared: Path, geocoder: OfflineGeocoder
):
    rows = tagged(shared)
    points = defaultdict(list)
    for street, number, _, _, point in rows:
        points[street.casefold(), number].append(point)
    missed = []
    for street, number, postcode, city, _ in rows:
        answer = geocoder.answer(full_text(street, number, postcode, city))
        if not postcode and answer.question:  # other towns may have the street too
            answer = min(answer.alternatives, key=lambda a: a.precision is not Precision.ADDRESS)
        off = metres(answer, points[street.casefold(), number])
        if answer.precision is not Precision.ADDRESS or off > SAME_BUILDING:
            missed.append((street, number, postcode, answer.address, off))
    assert len(rows) > 9000
    assert missed == []


@pytest.mark.parametrize(("postcode_given", "least"), [(True, 0.99), (False, 0.85)])
def test_one_typing_error_in_the_street_is_asked_about(
    shared: Path, geocoder: OfflineGeocoder, postcode_given: bool, least: float
):
    """Without a postcode the whole country's streets are as near, and five choices are shown."""
    rng = random.Random(1)
    rows = [row for row in tagged(shared) if row[2]]
    right, wrong_door = 0, 0
    asked = rng.sample(rows, 1500)
    for street, number, postcode, city, point in asked:
        wrong = misspelt(street, rng)
        known = (postcode, city) if postcode_given else ("", "")
        try:
            answer = geocoder.answer(full_text(wrong, number, *known))
        except LocatorError:
            continue
        choices = answer.alternatives or (answer,)
        right += any(metres(choice, [point]) < SAME_BUILDING for choice in choices)
        wrong_door += not answer.question and answer.street != street
    assert right / len(asked) >= least
    assert wrong_door / len(asked) <= 0.005


def test_the_registers_washing_cases(shared: Path, register: OfflineGeocoder):
    with (shared / "addresses" / "datavask_cases.csv").open(encoding="utf-8") as file:
        cases = list(csv.DictReader(file))
    for case in cases:
        answer = register.answer(case["query"])
        assert str(answer.confidence) == case["expected_kategori"], case
        if case["kind"] == "adgangsadresse":
            assert answer.id == case["expected_id"], case
    assert len(cases) == 12


@pytest.mark.parametrize(
    ("text", "address", "confidence"),
    [
        ("Istedgade 109, 1650 København V", "Istedgade 109, 1650 København V", "A"),
        ("istedgade 109 1650", "Istedgade 109, 1650 København V", "A"),
        ("1650 København V, Istedgade 109", "Istedgade 109, 1650 København V", "A"),
        ("København V, Istedgade 109", "Istedgade 109, 1650 København V", "B"),
        ("Istedgade 109 Købnhavn", "Istedgade 109, 1650 København V", "C"),
        ("Istedgade 109 København", "Istedgade 109, 1650 København V", "C"),
        ("Istedgade 109 Copenhagen", "Istedgade 109, 1650 København V", "C"),
        ("Istedgade 109, 2. th, 1650 København V", "Istedgade 109, 1650 København V", "A"),
        ("Istedgade nr. 109, 1650", "Istedgade 109, 1650 København V", "A"),
        ("København V 1650 Istedgade 109", "Istedgade 109, 1650 København V", "A"),
        ("c/o Hansen, Istedgade 109, 1650 København V", "Istedgade 109, 1650 København V", "C"),
        ("109 Istedgade, Copenhagen", "Istedgade 109, 1650 København V", "C"),
        ("istedgade109,1650", "Istedgade 109, 1650 København V", "A"),
        ("Istedg. 109, 1650", "Istedgade 109, 1650 København V", "B"),
        ("Islands Brygge 5 2300", "Islands Brygge 5, 2300 København S", "A"),
        ("islandsbrygge 5, kbh s", "Islands Brygge 5, 2300 København S", "C"),
        ("Sdr Boulevard 54, 1720", "Sønder Boulevard 54, 1720 København V", "B"),
        ("Soender Boulevard 54, 1720", "Sønder Boulevard 54, 1720 København V", "B"),
        ("Sønder Boullevard 54, 1720", "Sønder Boulevard 54, 1720 København V", "B"),
        ("HC Andersens Blvd 35, 1553", "H.C. Andersens Boulevard 35, 1553 København V", "B"),
    ],
)
def test_danish_ways_of_writing(
    geocoder: OfflineGeocoder, text: str, address: str, confidence: str
):
    answer = geocoder.answer(text)
    assert (answer.address, answer.precision) == (address, Precision.ADDRESS)
    assert str(answer.confidence) == confidence


@pytest.mark.parametrize(
    ("text", "postcode", "first"),
    [
        ("Isdetgade 109, 1650 Købnhavn V", "1650", "Istedgade 109, 1650 København V"),
        ("Soender Boulvard 54, 1720", "1720", "Sønder Boulevard 54, 1720 København V"),
    ],
)
def test_a_misspelt_street_is_never_taken_unasked(
    geocoder: OfflineGeocoder, text: str, postcode: str, first: str
):
    answer = geocoder.answer(text)
    assert (answer.postcode, answer.precision, answer.street) == (postcode, Precision.POSTCODE, "")
    assert (answer.question, answer.confidence) == (Question.DID_YOU_MEAN, Confidence.C)
    assert answer.alternatives[0].address == first
    assert len(answer.alternatives) <= 5


def test_a_postcode_binds_and_the_street_elsewhere_is_offered(town: Callable[..., OfflineGeocoder]):
    geocoder = town(
        "Skovvej,3,8000,56.150,10.208", "Skovvej,3,9000,57.05,9.92", "Byvej,1,8200,56.18,10.2"
    )
    answer = geocoder.answer("Skovvej 3, 8200 Aarhus N")
    assert (answer.address, answer.precision) == ("8200 Aarhus N", Precision.POSTCODE)
    assert answer.question is Question.DID_YOU_MEAN
    assert "Skovvej 3, 8000 Aarhus C" in [a.address for a in answer.alternatives]


def test_a_street_that_is_far_from_its_postcode_is_not_taken(town: Callable[..., OfflineGeocoder]):
    geocoder = town("Skovvej,3,9000,57.05,9.92")
    answer = geocoder.answer("Skovvej 3, 5000 Odense C")
    assert (answer.postcode, answer.precision) == ("5000", Precision.POSTCODE)


def test_a_street_of_several_towns_is_asked_about(town: Callable[..., OfflineGeocoder]):
    geocoder = town("Skovvej,3,8000,56.150,10.208", "Skovvej,3,9000,57.05,9.92")
    answer = geocoder.answer("Skovvej 3")
    assert {"8000", "9000"} <= {a.postcode for a in answer.alternatives}
    assert (answer.question, answer.precision) == (Question.WHICH, Precision.COUNTRY)
    assert all(a.number == "3" for a in answer.alternatives)
    assert geocoder.answer("Skovvej 3, Aalborg").postcode == "9000"


@pytest.mark.parametrize(
    ("asked", "found", "precision"),
    [
        ("12", ["12A", "12B"], Precision.ADDRESS),
        ("14B", ["14"], Precision.ADDRESS),
        ("15", ["15"], Precision.STREET),  # the point is number 17's, and a note says so
    ],
)
def test_a_changed_house_number_leads_to_the_nearest_door(
    town: Callable[..., OfflineGeocoder], asked: str, found: list[str], precision: Precision
):
    rows = [f"Skovvej,{n},8000,56.15,10.20{i}" for i, n in enumerate(["12A", "12B", "14", "17"])]
    answer = town(*rows).answer(f"Skovvej {asked}, 8000 Aarhus C")
    assert [a.number for a in (answer, *answer.alternatives)] == found
    assert (answer.precision, answer.confidence) == (precision, Confidence.C)
    assert any(asked in note.text() for note in answer.notes)


def test_a_village_name_is_known_or_set_aside_and_said(town: Callable[..., OfflineGeocoder]):
    answer = town("Nygade,3,8464,56.11,9.95").answer("Nygade 3, Skovby, 8464 Galten")
    assert (answer.address, answer.confidence) == ("Nygade 3, 8464 Galten", Confidence.A)
    unknown = town("Nygade,3,8464,56.11,9.95").answer("Nygade 3, Xyzby, 8464 Galten")
    assert (unknown.address, unknown.confidence) == (answer.address, Confidence.C)
    assert any("Xyzby" in note.text() for note in unknown.notes)


def test_letters_with_and_without_a_ring_stay_two_streets(town: Callable[..., OfflineGeocoder]):
    geocoder = town("Åvej,3,8000,56.15,10.20", "Avej,3,8000,56.16,10.21")
    assert geocoder.answer("Åvej 3, 8000 Aarhus C").street == "Åvej"
    assert geocoder.answer("Avej 3, 8000 Aarhus C").street == "Avej"


def test_suggestions_while_typing(geocoder: OfflineGeocoder):
    text = "Vesterfælledvej 73, 1750 København V"
    for end in range(8, len(text) + 1):
        shown = [answer.address for answer in geocoder.suggest(text[:end])]
        assert any(address.startswith("Vesterfælledvej") for address in shown), text[:end]
    assert geocoder.suggest(text)[0].address == text
    assert "Vesterfælledvej" in [answer.street for answer in geocoder.suggest("vesterfelled")]
    assert all(answer.number.startswith("10") for answer in geocoder.suggest("istedgade 10"))
    assert geocoder.suggest("istedgade 109, køb")[0].postcode == "1650"
    assert geocoder.suggest("1650")[0].postcode == "1650"


@settings(deadline=None, max_examples=100)
@given(data=st.data())
def test_any_indexed_address_finds_itself(extracts: Path, data: st.DataObject):
    index = AddressIndex.open(extracts)
    door = index.door(data.draw(st.integers(0, len(index) - 1)))
    pair = index.pair_of(door.at)
    text = f"{index.street(pair)} {door.house}, {index.postcode(pair)}"
    answer = OfflineGeocoder(addresses=extracts).answer(text)
    every = (answer, *answer.alternatives)
    assert door.point in [a.point for a in every]
    assert answer.precision is Precision.ADDRESS


@settings(deadline=2000, max_examples=150)
@given(text=st.text(max_size=250))
def test_any_text_is_answered_or_refused_in_time(geocoder: OfflineGeocoder, text: str):
    try:
        answer = geocoder.answer(text)
    except LocatorError:
        answer = None
    assert answer is None or answer.address
    assert len(geocoder.suggest(text)) <= 8


@settings(deadline=None, max_examples=60)
@given(lat=st.floats(54.5, 57.8), lon=st.floats(8.0, 15.3))
def test_the_nearest_door_is_the_nearest(extracts: Path, lat: float, lon: float):
    index = AddressIndex.open(extracts)
    metres = distance(lon, lat, index.columns["door_lon"] / 1e7, index.columns["door_lat"] / 1e7)
    found = index.nearest(Point(lat, lon))
    assert found is not None
    assert found[1] == pytest.approx(float(metres.min()), abs=1e-6)


def test_the_nearest_address_is_named_with_its_distance(geocoder: OfflineGeocoder):
    answer = geocoder.answer("Istedgade 109, 1650 København V")
    off = Point(answer.point.lat + 0.00002, answer.point.lon)
    nearest, far = geocoder.nearest_address(off)
    assert nearest.address == answer.address
    assert far == pytest.approx(2.2, abs=0.1)
    assert np.isfinite(far)


def test_an_index_knows_which_areas_it_covers_and_how_far(extracts: Path):
    areas = Finder(extracts).areas()
    assert areas["postcodes"]["8799"] == 0.8  # all of Tunø where there are houses
    assert 0 < areas["postcodes"]["3700"] < 1.0  # Rønne, but not the villages of its postcode
    assert "5000" not in areas["postcodes"]
    assert 0 < areas["municipalities"]["0400"] < 1.0


def test_outside_of_its_area_the_embedded_streets_answer(geocoder: OfflineGeocoder):
    answer = geocoder.answer("Skolegade 10 Esbjerg")
    assert (answer.street, answer.postcode) == ("Skolegade", "6700")
    assert answer.precision is Precision.PLACE


def test_a_number_that_a_partial_index_lacks_may_exist(geocoder: OfflineGeocoder):
    answer = geocoder.answer("Amagerbrogade 250, 2300 København S")
    assert (answer.street, answer.number, answer.precision) == (
        "Amagerbrogade",
        "250",
        Precision.STREET,
    )
    assert not any("is not known; the nearest" in note.text() for note in answer.notes)
