"""The page "Coverage": where people live far from help, and what one more place would change."""

import streamlit as st

from locator.coverage import Outcome, Request, ask
from locator.errors import LocatorError
from locator.language import Language
from pages.parts import coverage_inputs, coverage_results, frame, resources

STOPPED = "coverage_stopped"  # key of the session: the question that the person stopped


def main() -> None:
    """Draw the page."""
    t = frame.in_use()
    st.title(t("Coverage"))
    st.markdown(t("How far people live from help, and where it is missing."))
    asked = coverage_inputs.choose(t)
    if not asked:
        return
    try:
        found = _outcome(asked, t)
    except LocatorError as error:
        st.error(error.message(t))
        return
    if found:
        coverage_results.show(asked, found, t)


def _outcome(asked: Request, t: Language) -> Outcome | None:
    """What was measured before, else measured now, with progress, unless the person stops it."""
    key = (asked.measuring, coverage_inputs.stamp(asked))
    kept = resources.outcomes()
    if found := kept.get(key):
        return found
    if st.session_state.get(STOPPED) == key:
        st.info(t("Stopped."))
        st.button(t("Measure again"), on_click=_stop, args=(None,))
        return None
    place = st.empty()
    with place.container():
        st.button(t("Stop"), on_click=_stop, args=(key,), key="coverage_stop")
        bar = st.progress(0.0, t("Measuring …"))
    # Telling the bar is where Streamlit ends this run when the person presses "Stop".
    found = ask(asked, tell=lambda done: bar.progress(done, t("Measuring …")))
    kept.keep(key, found)
    place.empty()
    return found


def _stop(key: object) -> None:
    st.session_state[STOPPED] = key


main()
