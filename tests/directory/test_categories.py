"""Every subject of the brief has a kind of help, every kind says what it is, and has a record."""

import json
import re
from pathlib import Path

import pytest

from locator.directory.records import load
from locator.directory.taxonomy import categories, category, groups
from locator.errors import InputError
from locator.language import CODES, fold, language

SUBJECTS = json.loads(
    (Path(__file__).parent / "brief_subjects.json").read_text(encoding="utf-8")
)  # heading of the brief -> its bullet -> categories that answer it


def subjects_of(brief):
    """Each ### heading of the brief with its bullets."""
    found, heading = {}, None
    for line in brief.splitlines():
        if line.startswith("## "):
            heading = None
        elif line.startswith("### "):
            heading = found.setdefault(line[4:].strip(), [])
        elif line.startswith("- ") and heading is not None:
            heading.append(line[2:].replace("**", "").strip())
    return found


def luminance(colour):
    """Relative luminance of #rrggbb (WCAG 2.2)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_every_heading_and_bullet_of_the_brief_is_answered(shared):
    brief = (shared / "brief" / "community_resources.md").read_text(encoding="utf-8")
    assert {heading: list(bullets) for heading, bullets in SUBJECTS.items()} == subjects_of(brief)


def test_every_subject_leads_to_a_record():
    kinds = {kind for record in load() for kind in record.categories}
    empty = [
        (heading, bullet)
        for heading, bullets in SUBJECTS.items()
        for bullet, answers in bullets.items()
        if not answers or not kinds.issuperset(answers)
    ]
    assert empty == []


def test_every_category_has_a_record():
    kinds = {kind for record in load() for kind in record.categories}
    assert set(categories()) - kinds == set()


@pytest.mark.parametrize("one", categories().values(), ids=lambda one: one.id)
def test_a_category_is_said_in_every_language_and_seen(one):
    assert re.fullmatch(r"#[0-9a-f]{6}", one.colour)
    assert 1.05 / (luminance(one.colour) + 0.05) >= 4.5
    assert one.icon
    for t in map(language, CODES):
        assert one.name(t)
        assert one.sentence(t).endswith((".", "?", "۔", "؟"))


def test_no_two_kinds_of_help_have_one_name():
    for t in map(language, CODES):
        assert len({fold(one.name(t)) for one in categories().values()}) == len(categories())


def test_a_category_is_named_in_danish():
    assert category("food_bank").name(language("da")) == "Fødevarehjælp"
    assert category("food_bank").name(language("en")) == "Food banks"
    food = next(group for group in groups() if group.id == "food")
    assert (food.name(language("da")), food.name(language("en"))) == (
        "Mad og husly",
        "Food and shelter",
    )


def test_each_category_stands_in_one_group():
    listed = [one.id for group in groups() for one in group.categories]
    assert len(listed) == len(set(listed)) == len(categories())
    for group in groups():
        assert group.categories
        assert {one.group for one in group.categories} == {group.id}
        assert all(group.name(language(code)) for code in CODES)


def test_shelters_are_protected():
    assert category("domestic_violence_help").protected


def test_a_misspelt_category_is_answered_with_the_near_ones():
    with pytest.raises(InputError, match="food_bank"):
        category("foodbank")
    with pytest.raises(InputError):
        category("x" * 100_000)
