"""What the page "Coverage" answers: figures, map, gaps, curve, municipalities, files."""

import io
import tempfile
import zipfile
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import streamlit as st

from locator.coverage import (
    Coverage,
    Outcome,
    Request,
    by_group,
    changed,
    compare,
    counted,
    demand_heading,
    facility_names,
    is_left_out,
    municipality_at,
    overview,
    share_curve,
    shown_coverage,
    suggest,
    summary,
    write_export,
)
from locator.directory import category
from locator.earth import Point, in_denmark
from locator.errors import LocatorError
from locator.language import Language
from locator.travel import Limit, Unit, cost_name, cost_text
from pages.parts import map_view, pointing, resources
from pages.parts.coverage_inputs import NEW, forget_new

LISTED = 20  # gaps in the table
CURVE = 200  # points of the chart
MOST_NEW = 10  # what-if places
SUGGESTED = (1, 2, 3, 5)


def show(asked: Request, found: Outcome, t: Language) -> None:
    """Draw everything."""
    today = found.study
    assert today is not None  # the page asks for nothing that has no map
    limit = asked.parameters.limits(found.inputs.metric.unit)[-1]
    if (chosen := pointing.take("coverage")) and in_denmark(chosen):
        _add([chosen])
    study = _what_if(today)
    gaps = study.gaps(limit)
    for note in filter(is_left_out, found.notes):
        st.warning(note.text(t))
    _figures(today, study, limit, t)
    _map(study, gaps, limit, t)
    _suggestions(study, limit, t)
    _gaps(study, gaps, t)
    _curve(study, t)
    if asked.parameters.by and study is today:
        _by_municipality(found, limit, asked.parameters.by, t)
    _at_a_glance(found, Limit(limit, found.inputs.metric.unit), t)
    for note in (note for note in found.notes if not is_left_out(note)):
        st.caption(note.text(t))
    st.caption(found.inputs.metric.note.text(t))
    _downloads(asked, found, t)


def _what_if(today: Coverage) -> Coverage:
    points = st.session_state.get(NEW, [])
    return changed(today, points) if points else today


def _figures(today: Coverage, study: Coverage, limit: float, t: Language) -> None:
    share = study.shares(limit)[0]
    people = study.cells.weight.sum()
    figures = summary(study.cost, study.cells.weight)
    reach, half = _text(limit, study, t), _text(figures["median"], study, t)
    near, far = t.percent(share.share_of_people), t.number(people - share.people)
    with st.container(horizontal=True):
        if study.of_addresses:
            st.metric(t("Addresses within {distance}", distance=reach), near)
            st.metric(t("Addresses farther away"), far)
            st.metric(t("Half of all addresses lie within"), half)
        else:
            st.metric(t("People within {distance}", distance=reach), near)
            st.metric(t("People farther away"), far)
            st.metric(t("Half of all people live within"), half)
        st.metric(t("Places counted"), t.number(len(study.facilities)))
    if study is not today:
        change = compare(today, study, limit)
        st.success(
            t(
                "With the new places, {more} more live within {distance}; {nearer} live nearer to "
                "help than today.",
                more=counted(change.after - change.before, study, t),
                distance=reach,
                nearer=counted(change.nearer, study, t),
            )
        )
        lat, lon = zip(*st.session_state[NEW], strict=True)
        places = ", ".join(municipality_at(lon, lat))
        st.caption(t("New places (pink on the map) near: {places}", places=places))
        st.button(t("Remove the new places"), on_click=forget_new)


def _map(study: Coverage, gaps: gpd.GeoDataFrame, limit: float, t: Language) -> None:
    shown = shown_coverage(study, limit, t, gaps)
    shown["ask"] = {"what": "point", "map": "coverage", "text": t("Try a new place here")}
    map_view.show(shown, key="coverage_map", height=560)
    st.caption(
        t(
            "Orange areas are farther than the limit, dots are people (larger: more), dark points "
            "are places. Tap the map to try a new place there."
        )
    )


def _add(points: list[Point]) -> None:
    st.session_state[NEW] = [*st.session_state.get(NEW, []), *points][-MOST_NEW:]


def _suggestions(study: Coverage, limit: float, t: Language) -> None:
    """Where the next ones would help most."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        count = st.selectbox(t("New places"), SUGGESTED, key="coverage_count", width=160)
        if st.button(t("Show where they would help most"), key="coverage_suggest"):
            try:
                _add(suggest(study, count, limit))
            except LocatorError as error:
                st.info(error.message(t))
                return
            st.rerun()


def _gaps(study: Coverage, gaps: gpd.GeoDataFrame, t: Language) -> None:
    st.subheader(t("Where help is missing"), anchor=False)
    if gaps.empty:
        st.success(t("No one lives farther away than that."))
        return
    top, called = gaps.head(LISTED), facility_names(study.facilities, t)
    st.table(
        {
            t("Municipality"): top["municipality"].tolist(),
            demand_heading(study, t): [t.number(people) for people in top["people"]],
            t("Nearest place"): [called.get(one, "–") for one in top["facility"]],
            cost_name(study.metric.unit, t): [_text(cost, study, t) for cost in top["cost"]],
        }
    )
    if len(gaps) > LISTED:
        rest = len(gaps) - LISTED
        st.caption(t.n("{count} more area in the files", "{count} more areas in the files", rest))


def _curve(study: Coverage, t: Language) -> None:
    unit = study.metric.unit
    is_time = unit in (Unit.SECOND, Unit.MINUTE)
    title = t("Share of people by travel time") if is_time else t("Share of people by distance")
    st.subheader(title, anchor=False)
    costs, shares = share_curve(study.cost, study.cells.weight)
    at = np.linspace(0, np.quantile(costs, 0.99) if len(costs) else 1, CURVE)
    rows = np.searchsorted(costs, at, side="right") - 1
    share = np.where(rows >= 0, shares[np.maximum(rows, 0)], 0.0)
    far, name = {
        Unit.METRE: (at / 1000, t("kilometres")),
        Unit.SECOND: (at / 60, t("minutes")),
        Unit.MINUTE: (at, t("minutes")),
    }.get(unit, (at, cost_name(unit, t)))
    # Not st.line_chart: a screen reader gets no words for its line.
    st.vega_lite_chart(
        pd.DataFrame({"far": far, "share": 100 * share}),
        {
            "description": title,
            "mark": {"type": "line", "description": title},
            "encoding": {
                "x": {"field": "far", "type": "quantitative", "title": name},
                "y": {"field": "share", "type": "quantitative", "title": t("share of people, %")},
            },
        },
    )


def _text(cost: float, study: Coverage, t: Language) -> str:
    return cost_text(cost, study.metric.unit, t)


def _by_municipality(found: Outcome, limit: float, name: str, t: Language) -> None:
    values, unit = found.values, found.inputs.metric.unit
    rows = by_group(values.columns[name], values.people, values.places["nearest"], limit, name)
    with st.expander(t("By municipality")):
        st.table(
            {
                t("Municipality"): rows[name].tolist(),
                t("People"): [t.number(people) for people in rows["people"]],
                t("People within {distance}", distance=cost_text(limit, unit, t)): [
                    t.percent(share) for share in rows["share"]
                ],
                t("Half of all people live within"): [
                    cost_text(cost, unit, t) for cost in rows["median"]
                ],
            }
        )


def _at_a_glance(found: Outcome, limit: Limit, t: Language) -> None:
    """Every kind of help for the same demand, on request: many addresses take some seconds."""
    unit = found.inputs.metric.unit
    reach = cost_text(limit.under(unit), unit, t)
    with st.expander(t("Every kind of help at a glance")):
        if not st.checkbox(t("Compare all kinds of help within {distance}", distance=reach)):
            return
        with st.spinner(t("Measuring …")):
            rows = overview(found.inputs.parts, limit, resources.directory(), found.inputs.metric)
        st.table(
            {
                t("Kind of help"): [category(row.category).name(t) for row in rows],
                t("Places"): [t.number(row.places) for row in rows],
                t("Share within {distance}", distance=reach): [t.percent(r.share) for r in rows],
                t("Half within"): [cost_text(row.median, unit, t) for row in rows],
            }
        )


def _downloads(asked: Request, found: Outcome, t: Language) -> None:
    def packed() -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            into = io.BytesIO()
            with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
                for file in write_export(asked, found, Path(folder)):
                    archive.write(file, file.name)
            return into.getvalue()

    st.download_button(
        t("All files, the map and the report (zip)"),
        packed,
        "naerved-coverage.zip",
        "application/zip",
        on_click="ignore",
    )
    st.caption(
        t(
            "Cells, gaps and places of today, as GeoPackage, GeoParquet, GeoJSON and CSV. A map "
            "and a report to print. A small file with which the same can be made again."
        )
    )
