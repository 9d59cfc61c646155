"""Whatever "near" means, find orders, limits, shows and exports by it, with the line beside it."""

import csv
import io
import json
from datetime import UTC, datetime

import numpy as np
import pytest

from locator.directory import Reader, Record, Texts, load
from locator.directory.records import Directory
from locator.earth import Point, Precision
from locator.errors import InputError
from locator.find import Search, card, find, nearest, to_csv, to_geojson, to_json
from locator.geocoding import Answer, Confidence
from locator.language import language
from locator.notes import Note
from locator.travel import Limit, Nearest, StraightLine, Unit

HERE = Point(55.0, 12.0)
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
ENGLISH = Reader(Texts(), language("en"))


class ByFerry(StraightLine):
    """A bay lies between: what is east of it takes an hour more, wherever it is; in minutes."""

    unit = Unit.MINUTE
    note = Note("Minutes by an invented ferry.")

    def nearest(self, origins, facilities, k=1, within=None):
        limit = np.inf if within is None else within.under(self.unit)
        lines = StraightLine().nearest(origins, facilities, None)
        minutes = lines.cost / 80 + np.where(facilities.points()[0][lines.facility] > 12, 60, 0)
        order = np.argsort(minutes, axis=1, kind="stable")[:, :k]
        cost = np.take_along_axis(minutes, order, axis=1)
        facility = np.take_along_axis(lines.facility, order, axis=1)
        near = cost <= limit
        return Nearest(np.where(near, cost, np.inf), np.where(near, facility, -1))


def record(id, lon):
    place = {"lat": 55.0, "lon": lon, "precision": "address"}
    sources = ({"url": "https://example.dk/"},)
    return Record(id=id, name=id, categories=("library",), sources=sources, **place)


@pytest.fixture(scope="module")
def directory():
    return Directory([record("east", 12.01), record("west", 11.96)])


def ids(hits):
    return [hit.record.id for hit in hits]


def test_the_order_is_that_of_the_metric(directory):
    assert ids(nearest(directory, HERE)) == ["east", "west"]
    hits = nearest(directory, HERE, metric=ByFerry())
    assert ids(hits) == ["west", "east"]
    assert [hit.unit for hit in hits] == [Unit.MINUTE] * 2
    assert hits[0].cost == pytest.approx(hits[0].distance_m / 80)
    assert hits[1].distance_m == pytest.approx(640, abs=1)


def test_so_is_the_limit(directory):
    near = nearest(directory, HERE, metric=ByFerry(), within=Limit(45.0, Unit.MINUTE))
    assert ids(near) == ["west"]
    with pytest.raises(InputError, match="is a length"):
        nearest(directory, HERE, metric=ByFerry(), within=Limit(500.0, Unit.METRE))
    with pytest.raises(InputError, match="is a time"):
        nearest(directory, HERE, within=Limit(30.0, Unit.MINUTE))


def test_a_search_counts_and_looks_beyond_by_it(directory):
    origin = Answer("Here", HERE, Precision.ADDRESS, Confidence.A)
    search = Search(within=Limit(45.0, Unit.MINUTE))
    found = find(directory, origin, search, NOW, ByFerry())
    assert ids(found.hits) == ["west"]
    assert found.note.text() == "Minutes by an invented ferry."
    none = find(directory, origin, Search(within=Limit(1.0, Unit.MINUTE)), NOW, ByFerry())
    assert (none.hits, none.beyond.record.id) == ((), "west")


def test_a_card_says_both(directory):
    (hit, _), (line, _) = (
        nearest(directory, HERE, metric=metric) for metric in (ByFerry(), StraightLine())
    )
    shown = card(hit.record, ENGLISH, NOW, hit)["distance"]
    assert shown == "32 min (2.6 km west in a straight line)"
    assert card(line.record, ENGLISH, NOW, line)["distance"] == "640 m east"


def test_exports_keep_the_line_and_add_the_cost(directory):
    hits = nearest(directory, HERE, metric=ByFerry())
    lines = [one for one in load() if one.point is None][:1]
    (west, east, line) = csv.DictReader(io.StringIO(to_csv(hits, lines, ENGLISH)))
    assert float(west["distance_m"]) == pytest.approx(hits[0].distance_m, abs=1e-3)
    assert [float(row["travel_min"]) for row in (west, east)] == [hit.cost for hit in hits]
    assert line["travel_min"] == ""
    assert json.loads(to_json(hits, lines, ENGLISH))[1]["travel_min"] == hits[1].cost
    (first, *_) = json.loads(to_geojson(hits, lines, ENGLISH))["features"]
    assert first["properties"]["travel_min"] == hits[0].cost
    straight = to_csv(nearest(directory, HERE), lines, ENGLISH)
    assert "travel_min" not in straight
    assert "distance_m" in straight
