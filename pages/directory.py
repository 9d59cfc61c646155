"""The page "Directory": how good the records are, each one of them, and keeping them right."""

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from locator.directory import DENMARK, Kind, categories, category, quality
from locator.find import to_csv, to_geojson
from locator.language import Language
from pages.parts import frame, mending, record_add, record_view, resources

MOST = 50  # records listed for a search

# Keys of the session.
_VIEW = "directory_view"
_OPEN = "record_open"
_TO_OPEN = "record_to_open"  # what was added just now: it is opened when the page is drawn anew
_PICKED = "record_picked"  # what another view led to: it is listed whatever was searched for


def main() -> None:
    """Draw the page."""
    t = frame.in_use()
    st.title(t("Directory"))
    views = {
        "records": t("Records"),
        "quality": t("Quality"),
        "findings": t("What to mend"),
        "collect": t("What to collect next"),
        "review": t("Suggestions and history"),
    }
    st.session_state.setdefault(_VIEW, "records")
    view = st.segmented_control(
        t("Show"), list(views), format_func=views.__getitem__, required=True, key=_VIEW
    )
    if view == "quality":
        _quality(t)
    elif view == "findings":
        mending.mend(_now(), t, _open)
    elif view == "collect":
        mending.collect(t)
    elif view == "review":
        record_view.review(_now(), t, _open)
    else:
        _records(t)


def _open(record: str) -> None:
    """Show this record when the page is drawn again."""
    st.session_state[_VIEW] = "records"
    _pick(record)


def _pick(record: str) -> None:
    st.session_state[_PICKED] = st.session_state[_OPEN] = record
    st.session_state["record_search"], st.session_state["record_kind"] = "", ""


def _now() -> datetime:
    return datetime.now(DENMARK)


def _records(t: Language) -> None:
    directory = resources.directory()
    read = directory.reader(t)
    if opening := st.session_state.pop(_TO_OPEN, ""):
        _pick(opening)
    wanted = st.text_input(t("Name or town"), key="record_search", max_chars=100)
    kind = st.selectbox(
        t("Kind of help"),
        ["", *categories()],
        format_func=lambda c: category(c).name(t) if c else t("any kind"),
        key="record_kind",
    )
    chosen = directory.filter(categories=(kind,) if kind else ())
    words = wanted.casefold().split()
    found = [
        r
        for r in chosen
        if all(word in f"{r.id} {r.name} {read.name(r)} {r.place}".casefold() for word in words)
    ]
    st.markdown(t.n("{count} record", "{count} records", len(found)))
    _downloads(t)
    listed = {record.id: record for record in found[:MOST]}
    if st.session_state.get(_PICKED) in directory.by_id:
        listed[st.session_state[_PICKED]] = directory.by_id[st.session_state[_PICKED]]
    picked = st.selectbox(
        t("Open a record"),
        list(listed),
        index=None,
        format_func=lambda i: f"{read.name(listed[i])} · {listed[i].city or i}",
        placeholder=t("Choose one of the records found"),
        key=_OPEN,
    )
    if picked:
        record_view.show(listed[picked], _now(), t)
    record_view.ask_secret(t)
    if who := record_view.editor():
        record_add.show(who, _now(), t, _added)


def _added(record: str) -> None:
    """Open the record when the page is drawn again: its widgets are drawn by now."""
    st.session_state[_TO_OPEN] = record


def _downloads(t: Language) -> None:
    directory = resources.directory()
    with st.container(horizontal=True):
        st.download_button(
            t("Table (CSV)"),
            lambda: to_csv((), directory.records, directory.reader(t), bom=True),
            "naerved-directory.csv",
            "text/csv",
            on_click="ignore",
        )
        st.download_button(
            t("Map data (GeoJSON)"),
            lambda: to_geojson((), directory.records, directory.reader(t)),
            "naerved-directory.geojson",
            "application/geo+json",
            on_click="ignore",
        )


def _quality(t: Language) -> None:
    found = quality(resources.directory(), _now())
    with st.container(horizontal=True):
        st.metric(t("Records"), found.total)
        st.metric(t("Older than two years"), found.stale)
        st.metric(t("Date of check unknown"), found.by_age.get("", 0))
        st.metric(t("With a point"), found.total - found.by_precision.get("", 0))
    missing = {field: sum(counts.values()) for field, counts in found.missing.items()}
    _table(t("What is missing"), t("Field"), missing, t)
    _table(t("By how good the point is"), t("Precision"), found.by_precision, t)
    _table(t("By year of the last check"), t("Year"), found.by_age, t)
    _kinds(found.kinds, t)
    _table(t("By municipality"), t("Municipality"), found.by_municipality, t)


def _kinds(kinds: Sequence[Kind], t: Language) -> None:
    st.subheader(t("By kind of help"), anchor=False)
    rows = sorted(kinds, key=lambda kind: -kind.records)
    st.table(
        {
            t("Kind of help"): [category(kind.category).name(t) for kind in rows],
            t("Records"): [kind.records for kind in rows],
            t("With a point"): [kind.located for kind in rows],
            t("With opening hours"): [kind.timed for kind in rows],
            t("With a telephone"): [kind.phoned for kind in rows],
            t("Checked in the last two years"): [kind.fresh for kind in rows],
            t("Municipalities with one"): [len(kind.there) for kind in rows],
            t("Municipalities served"): [len(kind.covered) for kind in rows],
        }
    )


def _table(title: str, what: str, counts: dict[str, int], t: Language) -> None:
    st.subheader(title, anchor=False)
    rows = sorted(counts.items(), key=lambda item: -item[1])
    st.table({what: [k or t("unknown") for k, _ in rows], t("Records"): [v for _, v in rows]})


main()
