"""What to mend and what to collect next: lists for those who keep the directory right."""

from collections.abc import Callable
from datetime import date, datetime, time
from itertools import groupby

import streamlit as st

from locator.coverage import REACH, Missing, missing_csv, what_to_collect
from locator.directory import DENMARK, Finding, Harm, Level, category, check, worst_first
from locator.language import Language
from locator.travel import limit_text
from pages.parts import field_words, resources
from pages.parts.assets import escape

AT_ONCE = 10  # records of one harm, before more are asked for
MOST = 100  # lines of what to collect


@st.cache_data(show_spinner=False, max_entries=2)
def _findings(version: str, day: date) -> list[Finding]:
    """Of the directory of this version, on this day."""
    found = check(resources.directory().whole, datetime.combine(day, time(), DENMARK))
    return worst_first((*found, *resources.store().findings()))


def mend(now: datetime, t: Language, show: Callable[[str], None]) -> None:
    """Findings by harm, the worst first; each leads to its record.

    Args:
        show: opens the record with this id.
    """
    findings = _findings(resources.store().version(), now.date())
    errors = sum(one.level is Level.ERROR for one in findings)
    st.markdown(t.n("{count} error", "{count} errors", errors))
    warnings = len(findings) - errors
    st.markdown(t.n("{count} thing to look at", "{count} things to look at", warnings))
    st.caption(t("The same as: python -m locator directory check"))
    for harm, group in groupby(findings, key=lambda one: one.harm):
        _of_one_harm(harm, list(group), t, show)


def _of_one_harm(
    harm: Harm, findings: list[Finding], t: Language, show: Callable[[str], None]
) -> None:
    by_record: dict[str, list[Finding]] = {}
    for one in findings:
        by_record.setdefault(one.record, []).append(one)
    st.subheader(f"{_harm_text(harm, t)} ({t.number(len(by_record))})", anchor=False)
    many = st.session_state.setdefault(f"mend_{harm}", AT_ONCE)
    records, read = resources.directory().by_id, resources.directory().reader(t)
    for name, those in list(by_record.items())[:many]:
        record = records.get(name)
        called = f"{read.name(record)} · {record.city}" if record else name
        st.button(
            f"**{escape(called.removesuffix(' · '))}** →",
            key=f"mend_{harm}_{name}",
            type="tertiary",
            on_click=show,
            args=(name,),
            disabled=record is None,
        )
        for one in those:
            field = field_words.label(one.field, t)
            st.markdown(f"- {escape(field)}: {escape(one.problem.text(t))}")
    if len(by_record) > many and st.button(
        t.n("Show {count} more", "Show {count} more", min(len(by_record) - many, 5 * AT_ONCE)),
        key=f"mend_more_{harm}",
    ):
        st.session_state[f"mend_{harm}"] = many + 5 * AT_ONCE
        st.rerun()


def _harm_text(harm: Harm, t: Language) -> str:
    return {
        Harm.NO_WAY: t("Nobody can act on it"),
        Harm.CONTRADICTION: t("It contradicts itself"),
        Harm.DOUBLE: t("Listed twice"),
        Harm.PLACELESS: t("A place that we do not know"),
        Harm.WORDING: t("Words for maintainers, and translations that are behind"),
        Harm.STALE: t("Checked too long ago, or nobody knows when"),
    }[harm]


@st.cache_data(show_spinner=False, max_entries=2)
def _missing(version: str) -> list[Missing]:
    """Of the directory of this version."""
    return what_to_collect(resources.directory())


def collect(t: Language) -> None:
    """Kinds of help by municipality that are not known where people live, and the table of all."""
    found = _missing(resources.store().version())
    st.markdown(
        t(
            "People who live farther than {limit} from any record of a kind, in municipalities "
            "that none is known to serve. It tells what we do not know, not what there is not.",
            limit=limit_text(REACH, t),
        )
    )
    st.caption(t("The same as: python -m locator directory collect-next"))
    st.download_button(
        t("Table (CSV)"),
        lambda: missing_csv(found, t).encode("utf-8-sig"),
        "naerved-collect-next.csv",
        "text/csv",
        on_click="ignore",
    )
    kinds = dict.fromkeys(one.category for one in found)
    kind = st.selectbox(
        t("Kind of help"),
        ["", *kinds],
        format_func=lambda c: category(c).name(t) if c else t("any kind"),
        key="collect_kind",
    )
    rows = [one for one in found if kind in ("", one.category)]
    st.markdown(t.n("{count} line", "{count} lines", len(rows)))
    st.table(
        {
            t("Kind of help"): [category(one.category).name(t) for one in rows[:MOST]],
            t("Municipality"): [one.where for one in rows[:MOST]],
            t("People without one in reach"): [t.number(one.people) for one in rows[:MOST]],
            t("Residents"): [t.number(one.residents) for one in rows[:MOST]],
            t("Known in all of Denmark"): [one.known for one in rows[:MOST]],
        }
    )
