"""Lengths, durations and directions in words."""

from dataclasses import replace

import pytest

from locator.language.catalogue import language
from locator.language.lengths import (
    direction_text,
    distance_text,
    duration_text,
    rough_distance_text,
)
from locator.language.tags import locale_of


@pytest.mark.parametrize(
    ("bearing", "words"), [(0, "north"), (22.4, "north"), (22.6, "north-east"), (359.9, "north")]
)
def test_compass_words(bearing, words):
    assert direction_text(bearing, language("en")) == words


@pytest.mark.parametrize(
    ("metres", "text"),
    [
        (0, "0 m"),
        (4.4, "4 m"),
        (347, "350 m"),
        (994, "990 m"),
        (996, "1 km"),
        (1234, "1.2 km"),
        (9960, "10 km"),
        (12_345, "12 km"),
        (300_123, "300 km"),
    ],
)
def test_distance_text(metres, text):
    assert distance_text(metres, language("en")) == text


def test_distance_text_in_other_languages():
    assert "1,2" in distance_text(1234, language("da"))
    ukrainian = replace(language("en"), code="uk", locale=locale_of("uk"))
    assert distance_text(350, ukrainian) == "350 м"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0 min"),
        (40, "40 sec"),
        (58, "1 min"),
        (450, "7.5 min"),
        (1490, "25 min"),
        (5990, "1 hr 40 min"),
        (7200, "2 hr"),
    ],
)
def test_duration_text(seconds, text):
    assert duration_text(seconds, language("en")) == text


@pytest.mark.parametrize(
    ("metres", "off", "said"),
    [
        (350, 10, "350 m"),
        (2_000, 150, "2 km"),
        (2_000, 700, "about 2 km"),
        (2_000, 1_200, "1 to 3 km"),
        (600, 500, "100 m to 1 km"),
        (20, 3_000, "up to 3 km"),
        (40_000, 30_000, "10 to 70 km"),
    ],
)
def test_a_distance_is_said_as_roughly_as_it_is_known(metres, off, said):
    assert rough_distance_text(metres, off, language("en")) == said
