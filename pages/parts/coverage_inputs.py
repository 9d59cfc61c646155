"""What the page "Coverage" asks: which help, for whom, how far, in cells of what size."""

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import streamlit as st

from locator.coverage import ADDRESSES, Parameters, Request, Sources, naming
from locator.directory import categories, category
from locator.language import Language, distance_text, duration_text
from locator.travel import Limit, Unit
from pages.parts import coverage_travel, resources

LIMITS = (1_000, 2_000, 5_000, 10_000, 20_000, 50_000)  # metres
MINUTES = (5, 10, 15, 20, 30, 45, 60, 90)
SIZES = {5: 253.0, 6: 36.0, 7: 5.2, 8: 0.74}  # H3 resolution: mean area of a cell in square km
NEW = "coverage_new"  # key of the session: points of what-if places

TOWNS, OWN = "", "own"


def choose(t: Language) -> Request | None:
    """Draw the choices; None while something is missing."""
    kinds = st.multiselect(
        t("Kind of help"),
        list(categories()),
        default=["food_bank"],
        format_func=lambda c: f"{category(c).icon} {category(c).name(t)}",
        placeholder=t("Choose one or more"),
        key="coverage_kinds",
        on_change=forget_new,
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        mode = coverage_travel.choose_mode(t)
        limit = _time_limit(t) if mode else _limit(t)
        size = _size(t)
        demand = _demand(t)
    travel = coverage_travel.transport(mode, t)
    facets = _facets(t)
    own, column = _own(t) if demand == OWN else (demand, None)
    if not kinds:
        st.info(t("Choose at least one kind of help."))
        return None
    if demand == OWN and not own:
        st.info(t("Choose a file: one row for each place, with its people and its coordinates."))
        return None
    operator = resources.operator()
    directory, overlay = naming(resources.store())
    sources = Sources(
        demand=own,
        population=column,
        addresses=str(operator.addresses) if demand == ADDRESSES else "",
        categories=tuple(kinds),
        directory=directory,
        overlay=overlay,
        travel=travel,
        **facets,
    )
    # Only the embedded demand tells municipalities; other files have columns of their own.
    by = "municipality" if demand == TOWNS else None
    return Request(
        sources=sources,
        parameters=Parameters(within=(limit,), by=by),
        resolution=int(size),
        bom=True,
        day=date.today().isoformat(),
        lang=t.code,
    )


def forget_new() -> None:
    """Drop the what-if places."""
    st.session_state[NEW] = []


def stamp(asked: Request) -> tuple[tuple[str, int, int, int], ...]:
    """Changes when a file changes that the figures depend on."""
    stats = [(str(file), file.stat()) for file in asked.sources.files() if file.exists()]
    return tuple((name, stat.st_mtime_ns, stat.st_ino, stat.st_size) for name, stat in stats)


def _limit(t: Language) -> Limit:
    """By straight line."""
    metres = st.selectbox(
        t("Too far is more than"),
        LIMITS,
        index=2,
        format_func=lambda m: distance_text(m, t),
        key="coverage_limit",
    )
    return Limit(float(metres), Unit.METRE)


def _time_limit(t: Language) -> Limit:
    minutes = st.selectbox(
        t("Too far is more than"),
        MINUTES,
        index=4,
        format_func=lambda minutes: duration_text(60 * minutes, t),
        key="coverage_minutes",
    )
    return Limit(float(minutes), Unit.MINUTE)


def _size(t: Language) -> int:
    """H3 resolution."""
    return st.selectbox(
        t("Size of cells"),
        list(SIZES),
        index=2,
        format_func=lambda r: t("about {km2} km²", km2=f"{SIZES[r]:g}"),
        key="coverage_size",
    )


def _facets(t: Language) -> dict[str, Any]:
    """Those of `Sources` that choose among the places."""
    with st.expander(t("Only some of these places")):
        languages = st.multiselect(
            t("Language spoken"),
            resources.directory().languages,
            format_func=t.language_name,
            placeholder=t("Choose one or more"),
            key="coverage_languages",
        )
        return {
            "languages": tuple(languages),
            "free": st.checkbox(t("Free only"), key="coverage_free"),
            "wheelchair": st.checkbox(t("Wheelchair can enter"), key="coverage_wheelchair"),
        }


def _demand(t: Language) -> str:
    known = {TOWNS: t("Towns and postcodes (2020)"), OWN: t("A file of your own")}
    if resources.operator().addresses.is_file():
        known[ADDRESSES] = t("Every address")
    return str(
        st.selectbox(t("People"), list(known), format_func=known.__getitem__, key="coverage_demand")
    )


def _own(t: Language) -> tuple[str, str | None]:
    """A file of the analyst's own: its path on this machine, and the column of people."""
    given = st.file_uploader(
        t("CSV, GeoJSON, GeoPackage or GeoParquet"),
        type=["csv", "geojson", "json", "gpkg", "parquet"],
        key="coverage_file",
    )
    column = st.text_input(t("Column of people"), "population", key="coverage_column")
    if not given:
        return "", None
    # Goes with the session, so that nobody's data stay behind.
    if "coverage_folder" not in st.session_state:
        st.session_state["coverage_folder"] = tempfile.TemporaryDirectory()
    folder = st.session_state["coverage_folder"]
    path = Path(folder.name) / f"{given.file_id}{Path(given.name).suffix}"
    if not path.exists():
        path.write_bytes(given.getvalue())
    return str(path), column or None
