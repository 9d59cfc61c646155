"""The page "Coverage": where people live far from help, and what one more place would change."""

import io
import tempfile
import zipfile
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import streamlit as st

from locator.answer import Note
from locator.categories import categories, category
from locator.coverage import mapped, scenario
from locator.coverage.embedded import embedded_demand
from locator.coverage.grid import FacilityGrid
from locator.coverage.measures import share_curve, summary
from locator.coverage.regions import by_group
from locator.coverage.request import Request, run, write_export
from locator.coverage.study import Coverage
from locator.errors import LocatorError
from locator.language import Language
from locator.nearest import distance_text
from locator.point import Point, in_denmark
from locator.settings import directory_path
from pages.parts import frame, map_view

LIMITS = (1_000, 2_000, 5_000, 10_000, 20_000, 50_000)  # metres
SIZES = {5: 253.0, 6: 36.0, 7: 5.2}  # H3 resolution: mean area of a cell in square kilometres
NEW = "coverage_new"  # key of the session: points of what-if places
LISTED = 20  # gaps in the table
CURVE = 200  # points of the chart


def main() -> None:
    """Draw the page."""
    t = frame.begin()
    st.title(t("Coverage"))
    st.markdown(t("How far people live from help, and where it is missing."))
    asked = _choose(t)
    if not asked:
        return
    try:
        with st.spinner(t("Measuring …")):
            today, notes = _study(asked, _stamp(asked))
            study = _what_if(today)
    except LocatorError as error:
        st.error(error.message(t))
        return
    limit = asked.within[-1]
    _figures(today, study, limit, t)
    _map(study, limit, t)
    _gaps(study, limit, t)
    _curve(study, t)
    _by_municipality(asked, study, limit, t)
    for note in notes:
        st.caption(note.text(t))
    st.caption(t("Distances are straight lines, not the way to walk or drive."))
    _downloads(asked, t)


def _choose(t: Language) -> Request | None:
    kinds = st.multiselect(
        t("Kind of help"),
        list(categories()),
        default=["food_bank"],
        format_func=lambda c: f"{category(c).icon} {category(c).name(t.code)}",
        placeholder=t("Choose one or more"),
        key="coverage_kinds",
        on_change=_forget_new,
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        limit = st.selectbox(
            t("Too far is more than"),
            LIMITS,
            index=2,
            format_func=lambda m: distance_text(m, t),
            key="coverage_limit",
        )
        size = st.selectbox(
            t("Size of cells"),
            list(SIZES),
            index=2,
            format_func=lambda r: t("about {km2} km²", km2=f"{SIZES[r]:g}"),
            key="coverage_size",
        )
    own, column = _own_demand(t)
    if not kinds:
        st.info(t("Choose at least one kind of help."))
        return None
    return Request(
        categories=list(kinds),
        demand=own,
        facilities="",
        population=column,
        demand_id=None,
        capacity=None,
        facility_id=None,
        crs=None,
        directory=str(directory_path().resolve()),
        within=[float(limit)],
        k=1,
        resolution=int(size),
        bom=True,
        day=date.today().isoformat(),
    )


def _own_demand(t: Language) -> tuple[str, str | None]:
    """A file of the analyst's own: its path on this machine, and the column of people."""
    with st.expander(t("Your own population")):
        given = st.file_uploader(
            t("CSV, GeoJSON, GeoPackage or GeoParquet"),
            type=["csv", "geojson", "json", "gpkg", "parquet"],
            key="coverage_file",
        )
        column = st.text_input(t("Column of people"), "population", key="coverage_column")
    if not given:
        return "", None
    folder = Path(st.session_state.setdefault("coverage_folder", tempfile.mkdtemp()))
    path = folder / f"demand{Path(given.name).suffix}"
    if not path.exists() or path.stat().st_size != given.size:
        path.write_bytes(given.getvalue())
    return str(path), column or None


def _stamp(asked: Request) -> tuple[int, ...]:
    files = [
        *Path(asked.directory).glob("*.jsonl"),
        *([Path(asked.demand)] if asked.demand else []),
    ]
    return tuple(file.stat().st_mtime_ns for file in sorted(files))


@st.cache_resource(
    max_entries=8,
    show_spinner=False,
    # Another limit, day or export option costs no new distances.
    hash_funcs={Request: lambda r: (tuple(r.categories), r.demand, r.population, r.resolution)},
)
def _study(asked: Request, stamp: tuple[int, ...]) -> tuple[Coverage, tuple[Note, ...]]:
    return run(asked)


def _forget_new() -> None:
    st.session_state[NEW] = []


def _what_if(today: Coverage) -> Coverage:
    points = st.session_state.get(NEW, [])
    if not points:
        return today
    return today.to(scenario.opened(today.facilities, points))


def _figures(today: Coverage, study: Coverage, limit: float, t: Language) -> None:
    share = study.shares(limit)[0]
    people = study.cells.weight.sum()
    figures = summary(study.metres, study.cells.weight)
    with st.container(horizontal=True):
        reach = distance_text(limit, t)
        st.metric(t("People within {distance}", distance=reach), f"{share.share_of_people:.1%}")
        st.metric(t("People farther away"), f"{people - share.people:,.0f}")
        st.metric(t("Half of all people live within"), distance_text(figures["median"], t))
        st.metric(t("Places counted"), len(study.facilities))
    if study is not today:
        change = scenario.compare(today, study, limit)
        st.success(
            t(
                "With the new places, {more} more people live within {distance}; {nearer} live "
                "nearer to help than today.",
                more=f"{change.after - change.before:,.0f}",
                distance=reach,
                nearer=f"{change.nearer:,.0f}",
            )
        )
        st.button(t("Remove the new places"), on_click=_forget_new)


def _map(study: Coverage, limit: float, t: Language) -> None:
    clicked = map_view.show(mapped.shown(study, limit, t), key="coverage_map", height=560)
    st.caption(
        t(
            "Orange areas are farther than the limit, dots are people (larger: more), pins are "
            "places. Click the map to try a new place there."
        )
    )
    if clicked and in_denmark(clicked):
        st.session_state[NEW] = [*st.session_state.get(NEW, []), Point(*clicked)][-5:]
        st.rerun()


def _gaps(study: Coverage, limit: float, t: Language) -> None:
    gaps = study.gaps(limit)
    st.subheader(t("Where help is missing"), anchor=False)
    if gaps.empty:
        st.success(t("No one lives farther away than that."))
        return
    top, called = gaps.head(LISTED), mapped.names(study.facilities, t)
    st.table(
        {
            t("Municipality"): top["municipality"].tolist(),
            t("People"): [f"{people:,.0f}" for people in top["people"]],
            t("Nearest place"): [called[one] for one in top["facility"]],
            t("Distance"): [distance_text(metres, t) for metres in top["distance_m"]],
        }
    )
    if len(gaps) > LISTED:
        rest = len(gaps) - LISTED
        st.caption(t.n("{count} more area in the files", "{count} more areas in the files", rest))


def _curve(study: Coverage, t: Language) -> None:
    st.subheader(t("Share of people by distance"), anchor=False)
    metres, shares = share_curve(study.metres, study.cells.weight)
    at = np.linspace(0, np.quantile(metres, 0.99) if len(metres) else 1, CURVE)
    rows = np.searchsorted(metres, at, side="right") - 1
    share = np.where(rows >= 0, shares[np.maximum(rows, 0)], 0.0)
    # Not st.line_chart: a screen reader gets no words for its line.
    st.vega_lite_chart(
        pd.DataFrame({"km": at / 1000, "share": 100 * share}),
        {
            "description": t("Share of people by distance"),
            "mark": {"type": "line", "description": t("Share of people by distance")},
            "encoding": {
                "x": {"field": "km", "type": "quantitative", "title": t("kilometres")},
                "y": {"field": "share", "type": "quantitative", "title": t("share of people, %")},
            },
        },
    )


def _by_municipality(asked: Request, study: Coverage, limit: float, t: Language) -> None:
    """Only the embedded demand tells municipalities; a file of one's own has its own columns."""
    if asked.demand:
        return
    demand = embedded_demand()
    metres = FacilityGrid(*study.facilities.points()).nearest(*demand.points()).metres
    found = by_group(demand, metres, limit, "municipality")
    with st.expander(t("By municipality")):
        st.table(
            {
                t("Municipality"): found["municipality"].tolist(),
                t("People"): [f"{people:,.0f}" for people in found["people"]],
                t("People within {distance}", distance=distance_text(limit, t)): [
                    f"{share:.1%}" for share in found["share"]
                ],
                t("Half of all people live within"): [
                    distance_text(metres, t) for metres in found["median"]
                ],
            }
        )


def _downloads(asked: Request, t: Language) -> None:
    study, notes = _study(asked, _stamp(asked))

    def packed() -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            files = write_export(asked, study, notes, Path(folder))
            into = io.BytesIO()
            with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
                for file in files:
                    archive.write(file, file.name)
            return into.getvalue()

    st.download_button(
        t("All files and the report (zip)"),
        packed,
        "naerved-coverage.zip",
        "application/zip",
        on_click="ignore",
    )
    st.caption(
        t(
            "Cells, gaps and places of today as GeoPackage, GeoParquet, GeoJSON and CSV, a report "
            "to print, and a sidecar that makes the same files again."
        )
    )


main()
