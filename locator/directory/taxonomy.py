"""The kinds of help, grouped as a person in need looks for them (geodata/categories.json)."""

import json
from dataclasses import dataclass
from functools import cache

from rapidfuzz import process

from locator.errors import InputError
from locator.language import Language
from locator.settings import GEODATA


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of service.

    Attributes:
        id: as in records and links, "food_bank".
        group: id of the group it stands in.
        msgid, sentence_msgid: its name, and a plain sentence for newcomers, in the language of the
            source; `name` and `sentence` say them in the language of a page.
        icon: an emoji.
        colour: #rrggbb, at least 4.5:1 against white (WCAG 1.4.3).
        protected: places of this kind never show an address or a point.
        call_first: ids of kinds whose telephones are shown before these places.
    """

    id: str
    group: str
    msgid: str
    sentence_msgid: str
    icon: str
    colour: str
    protected: bool = False
    call_first: tuple[str, ...] = ()

    def name(self, t: Language) -> str:
        """The name in the language of `t`, else in English."""
        return t.term(self.id, self.msgid)

    def sentence(self, t: Language) -> str:
        """The sentence in the language of `t`, else in English."""
        return t.term(self.id, self.sentence_msgid)


@dataclass(frozen=True, slots=True)
class Group:
    """Categories that belong together for the person who looks.

    Attributes:
        crisis: a telephone that is answered now comes before any place.
    """

    id: str
    msgid: str
    icon: str
    categories: tuple[Category, ...]
    crisis: bool = False

    def name(self, t: Language) -> str:
        """The name in the language of `t`, else in English."""
        return t.term(f"group:{self.id}", self.msgid)


@cache
def groups() -> tuple[Group, ...]:
    """All groups, most urgent first."""
    described = json.loads((GEODATA / "categories.json").read_text(encoding="utf-8"))
    return tuple(
        Group(
            id=group["id"],
            msgid=group["name"],
            icon=group["icon"],
            categories=tuple(
                Category(
                    id=one["id"],
                    group=group["id"],
                    msgid=one["name"],
                    sentence_msgid=one["sentence"],
                    icon=one["icon"],
                    colour=one["colour"],
                    protected=one.get("protected", False),
                    call_first=tuple(one.get("call_first", ())),
                )
                for one in group["categories"]
            ),
            crisis=group.get("crisis", False),
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
