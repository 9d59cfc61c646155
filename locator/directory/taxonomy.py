"""The kinds of help, grouped as a person in need looks for them (geodata/categories.json)."""

import json
from dataclasses import dataclass
from functools import cache

from rapidfuzz import process

from locator.errors import InputError
from locator.settings import GEODATA


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of service.

    Attributes:
        id: as in records and links, "food_bank".
        group: id of the group it stands in.
        names, sentences: by language code; a plain sentence for newcomers.
        icon: an emoji.
        colour: #rrggbb, at least 4.5:1 against white (WCAG 1.4.3).
        protected: places of this kind never show an address or a point.
    """

    id: str
    group: str
    names: dict[str, str]
    sentences: dict[str, str]
    icon: str
    colour: str
    protected: bool = False

    def name(self, lang: str) -> str:
        """The name in language `lang`, else in English."""
        return self.names.get(lang, self.names["en"])

    def sentence(self, lang: str) -> str:
        """The sentence in language `lang`, else in English."""
        return self.sentences.get(lang, self.sentences["en"])


@dataclass(frozen=True, slots=True)
class Group:
    """Categories that belong together for the person who looks."""

    id: str
    names: dict[str, str]
    icon: str
    categories: tuple[Category, ...]

    def name(self, lang: str) -> str:
        """The name in language `lang`, else in English."""
        return self.names.get(lang, self.names["en"])


@cache
def groups() -> tuple[Group, ...]:
    """All groups, most urgent first."""
    described = json.loads((GEODATA / "categories.json").read_text(encoding="utf-8"))
    return tuple(
        Group(
            id=group["id"],
            names=group["name"],
            icon=group["icon"],
            categories=tuple(
                Category(
                    id=one["id"],
                    group=group["id"],
                    names=one["name"],
                    sentences=one["sentence"],
                    icon=one["icon"],
                    colour=one["colour"],
                    protected=one.get("protected", False),
                )
                for one in group["categories"]
            ),
        )
        for group in described
    )


@cache
def categories() -> dict[str, Category]:
    """All categories by id, in the order of their groups."""
    return {one.id: one for group in groups() for one in group.categories}


def category(name: str) -> Category:
    """The category with id `name`.

    Raises:
        InputError: there is none; the message offers the nearest ids.
    """
    known = categories()
    if name not in known:
        near = [match[0] for match in process.extract(name[:100], list(known), limit=3)]
        raise InputError(
            "There is no category {name}. Did you mean {near}? "
            "See all with: python -m locator categories",
            name=repr(name[:100]),
            near=", ".join(near),
        )
    return known[name]
