"""One record of the directory: one service, at one place or at none.

Names follow the Human Services Data Specification (HSDS 3.0, https://docs.openreferral.org/)
where it has a word for the thing; a record is what HSDS calls a service at a location, with its
organisation, phones, languages, cost and schedule beside it.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from locator.directory.taxonomy import categories
from locator.directory.translation import LanguageTag, Text, Translation
from locator.earth import Point, Precision

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=120)]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
PartialDate = Annotated[str, StringConstraints(pattern=r"^(\d{4}(-\d\d(-\d\d)?)?)?$")]
Postcode = Annotated[str, StringConstraints(pattern=r"^(\d{4})?$")]
MunicipalityCode = Annotated[str, StringConstraints(pattern=r"^(\d{4})?$")]


def _known_category(category: str) -> str:
    if category not in categories():
        raise ValueError(
            f"there is no category {category!r}: see `python -m locator categories` for all"
        )
    return category


CategoryId = Annotated[str, AfterValidator(_known_category)]


class Status(StrEnum):
    """Whether the service exists today (the values of HSDS `service.status`)."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    DEFUNCT = "defunct"
    TEMPORARILY_CLOSED = "temporarily closed"


class Cost(StrEnum):
    """What it costs a person."""

    FREE = "free"
    FEE = "fee"
    MIXED = "mixed"
    UNKNOWN = "unknown"


class PlaceKind(StrEnum):
    """What there is to visit, as far as it is known: three different things to tell a person."""

    PLACE = "place"  # go there: its address or its point is known
    UNKNOWN = "unknown_place"  # it has a place, which we do not know: call, or ask the municipality
    SECRET = "secret_place"  # it has a place that nobody may be told: call
    NONE = "no_place"  # it needs none: a line, a website


class Wheelchair(StrEnum):
    """Access with a wheelchair (the values of OSM `wheelchair`)."""

    YES = "yes"
    LIMITED = "limited"
    NO = "no"
    UNKNOWN = "unknown"


# Names of refuges: a place that bears one is protected whatever kind it is said to be.
_REFUGE = re.compile(r"krisecent|kvindehjem|men['’]?s (?:shelter|refuge|crisis cent)")

# Points that somebody can be sent to.
_FOUND = {Precision.POINT, Precision.ADDRESS, Precision.STREET}

# What tells where a protected place is; the last may hold any of them.
_PLACE = {"address", "lat", "lon", "precision", "point_source", "postcode", "hsds"}
_SHORT = 4  # characters: a text as short as that is no address, and occurs in other words


def names_refuge(name: str) -> bool:
    """Whether a name, in English or Danish, is that of a place for people who flee violence."""
    return bool(_REFUGE.search(name.lower()))


def without(address: str, value: Any) -> Any:  # noqa: ANN401 (JSON)
    """`value` with the address taken out of every text in it."""
    if len(address) <= _SHORT:
        return value
    if isinstance(value, str):
        return re.sub(re.escape(address), "…", value, flags=re.IGNORECASE)
    if isinstance(value, dict):
        return {key: without(address, one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [without(address, one) for one in value]
    if isinstance(value, BaseModel):
        return without(address, value.model_dump(mode="json"))
    return value


def _is_secret(values: dict[str, Any]) -> bool:
    """Whether nobody may be told where the place of these fields of a record is."""
    if values.get("place_kind") == PlaceKind.SECRET:
        return True
    if values.get("address_published") is True:
        return False
    known = categories()
    kinds = values.get("categories") or ()
    return any(map(names_refuge, _names(values))) or any(
        k in known and known[k].protected for k in kinds if isinstance(k, str)
    )


def _names(values: dict[str, Any]) -> Iterator[str]:
    """What fields call the record, in whatever language."""
    yield str(values.get("name"))
    others = values.get("translations")
    for one in others if isinstance(others, list | tuple) else ():
        fields = one.model_dump() if isinstance(one, Translation) else one
        if isinstance(fields, dict) and fields.get("field") == "name":
            yield str(fields.get("text"))


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Phone(_Part):
    """A telephone number: "+45 33 66 33 66", or a short one such as "1813"."""

    number: Annotated[str, StringConstraints(pattern=r"^\+?[0-9][0-9 ]{1,19}$")]
    note: Text = ""
    languages: tuple[Language, ...] = ()


class Source(_Part):
    """Where a record comes from.

    Attributes:
        url: the page or file that says so.
        date: what the source dates from, YYYY, YYYY-MM or YYYY-MM-DD; "" where it does not say.
        read: when it was read for the directory, in the same form.
        evidence: how it was read ("page", "two-pages").
        licence: of the source, where the facts are under one (ODbL for OpenStreetMap).
    """

    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$", max_length=2000)]
    date: PartialDate = ""
    read: PartialDate = ""
    evidence: Text = ""
    licence: Text = ""


class Organization(_Part):
    """Who runs the service; all empty where it is not known."""

    id: Text = ""
    name: Text = ""
    website: Text = ""


class Record(_Part):
    """A service as the directory holds it.

    Attributes:
        name_language, text_language: which language `name` is in, and which the description and
            the notes are in; BCP 47, "und" where it is not known.
        translations: what they are in other languages, where that does not lie beside the record
            in its directory (see `locator.directory.texts`).
        categories: kinds of service, the main one first.
        audience: target groups by code ("newcomers", "women", ...), apart from the kind of service;
            empty where everyone is meant. `audience_note` says it in words.
        place_kind: whether there is a place to visit, and whether it is known. As the address tells
            where nothing is said; a place of which neither address nor point is known is unknown.
        address, postcode, city, municipality_code: the place to visit; "" where there is none.
        lat, lon: degrees WGS84 (EPSG:4326); None where there is no point.
        precision: what the point stands for; None without a point.
        point_source: where the point comes from.
        address_published: a protected place whose operator itself publishes the address.
        opening_hours: OSM syntax, Danish time; "" where unknown.
        scope: whom it serves: people who come there, a municipality, a region or the whole nation.
        service_area: codes of the municipalities served, where it is not the nation.
        editor_note: what maintainers tell each other; never shown to the public, never exported.
        assured_date: when the record was last checked; "" where only the sources' dates are known.
        hsds: fields of HSDS that Nærved does not use itself, kept for the round trip.
    """

    id: Identifier
    status: Status = Status.ACTIVE
    name: Annotated[Text, Field(min_length=1)]
    name_language: LanguageTag = "da"
    description: Text = ""
    text_language: LanguageTag = "en"
    translations: tuple[Translation, ...] = ()
    categories: Annotated[tuple[CategoryId, ...], Field(min_length=1)]
    audience: tuple[Identifier, ...] = ()
    audience_note: Text = ""
    organization: Organization = Organization()
    place_kind: PlaceKind = PlaceKind.PLACE
    address: Text = ""
    postcode: Postcode = ""
    city: Text = ""
    municipality_code: MunicipalityCode = ""
    lat: Annotated[float, Field(ge=-90, le=90)] | None = None
    lon: Annotated[float, Field(ge=-180, le=180)] | None = None
    precision: Precision | None = None
    point_source: Text = ""
    address_published: bool = False
    phones: tuple[Phone, ...] = ()
    emails: tuple[Text, ...] = ()
    website: Text = ""
    languages: tuple[Language, ...] = ()
    opening_hours: Text = ""
    hours_note: Text = ""
    cost: Cost = Cost.UNKNOWN
    cost_note: Text = ""
    booking: Literal["yes", "no", "unknown"] = "unknown"
    eligibility: Text = ""
    minimum_age: Annotated[float, Field(ge=0)] | None = None
    maximum_age: Annotated[float, Field(ge=0)] | None = None
    wheelchair: Wheelchair = Wheelchair.UNKNOWN
    accessibility_note: Text = ""
    required_documents: tuple[Text, ...] = ()
    scope: Literal["local", "municipal", "regional", "national"] = "local"
    service_area: tuple[MunicipalityCode, ...] = ()
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]
    assured_date: PartialDate = ""
    editor_note: Text = ""
    hsds: dict[str, Any] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _tell_what_there_is_to_visit(cls, values: Any) -> Any:  # noqa: ANN401 (pydantic's own)
        """Say the kind of place; a secret one is dropped first, whatever the import says."""
        if not isinstance(values, dict):
            return values
        said = values.get("place_kind")
        if _is_secret(values):
            kind = said if said == PlaceKind.NONE else PlaceKind.SECRET
            address = str(values.get("address") or "").strip()
            kept = {key: value for key, value in values.items() if key not in _PLACE}
            return without(address, kept) | {"place_kind": kind}
        known = bool(values.get("address")) or values.get("precision") in _FOUND
        if said in (None, "", PlaceKind.PLACE, PlaceKind.UNKNOWN):
            national = values.get("scope") == "national"
            none = PlaceKind.NONE if national and not said else PlaceKind.UNKNOWN
            return values | {"place_kind": PlaceKind.PLACE if known else none}
        return values

    @model_validator(mode="after")
    def _point_is_whole(self) -> Self:
        if (self.lat is None) != (self.lon is None) or (self.lat is None) != (
            self.precision is None
        ):
            raise ValueError("lat, lon and precision go together: give all three, or none")
        return self

    @cached_property
    def point(self) -> Point | None:
        """Latitude, longitude (degrees, WGS84), or None."""
        return None if self.lat is None or self.lon is None else Point(self.lat, self.lon)

    @property
    def names(self) -> tuple[str, ...]:
        """All that it is called: its own name, then those that it carries in other languages."""
        others = (one.text for one in self.translations if one.field == "name" and one.text)
        return tuple(dict.fromkeys((self.name, *others)))

    @property
    def place(self) -> str:
        """The place to visit in one line, "Nyropsgade 1, 1602 København V"; "" without one."""
        town = " ".join(part for part in (self.postcode, self.city) if part)
        return ", ".join(part for part in (self.address, town) if part)

    def language_of(self, field: str) -> str:
        """Which language a field that people read as text is in (a BCP 47 tag)."""
        return self.name_language if field == "name" else self.text_language

    @property
    def checked(self) -> str:
        """When the record was last checked, else its newest source's date; "" where unknown."""
        return self.assured_date or max((source.date for source in self.sources), default="")
