"""How one travels, for the page "Coverage", where a street network is installed."""

from datetime import date, datetime, time, timedelta

import streamlit as st

from locator.coverage import Transport
from locator.errors import LocatorError
from locator.find import mode_text
from locator.language import Language
from locator.travel import TRANSIT
from pages.parts import resources

_MORNING = time(8)
_SATURDAY = 5


def choose_mode(t: Language) -> str:
    """One of the modes of the network, "" for straight lines; nothing is asked without one."""
    modes = resources.installed().modes
    if not modes:
        return ""
    return st.selectbox(
        t("How people travel"),
        ("", *modes),
        format_func=lambda mode: mode_text(mode, t) if mode else t("in a straight line"),
        key="coverage_travel",
    )


def transport(mode: str, t: Language) -> Transport | None:
    """All about it; asks when, where it goes by a timetable."""
    if not mode:
        return None
    network = str(resources.operator().network.resolve())
    if mode != TRANSIT:
        return Transport(mode, network)
    try:
        first, last = resources.installed().days()
    except LocatorError:
        return Transport(mode, network)  # measuring tells what is wrong
    with st.container(horizontal=True, vertical_alignment="bottom"):
        day = st.date_input(
            t("Day"),
            _working_day(first, last, date.today()),
            min_value=first,
            max_value=last,
            key="coverage_day",
        )
        clock = st.time_input(t("Departure, and each minute of the hour from then"), _MORNING)
    return Transport(mode, network, depart=datetime.combine(day, clock).isoformat(" ", "minutes"))


def _working_day(first: date, last: date, today: date) -> date:
    """The next from Monday to Friday that the timetable covers, else any such, else the first."""
    start = today + timedelta(days=1) if first <= today < last else first
    week = (start + timedelta(days=ahead) for ahead in range(7))
    return next((day for day in week if day.weekday() < _SATURDAY and day <= last), first)
