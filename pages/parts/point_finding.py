"""The point of an address, found while a form is filled in."""

import streamlit as st

from locator.earth import Precision
from locator.errors import LocatorError
from locator.find import precision_text
from locator.language import Language
from pages.parts import record_fields, resources
from pages.parts.assets import escape

_TOLD = "edit_point_"  # of the session; the id of the record follows: (kind, text)


def find(record: str, t: Language) -> None:
    """Fill in the point of the address that the form has now; called before it is drawn again.

    Nothing is filled in where the address may mean several places. No service is asked.
    """
    typed = {
        field: str(st.session_state.get(record_fields.key(record, field), "")).strip()
        for field in ("address", "postcode", "city")
    }
    town = " ".join(filter(None, (typed["postcode"], typed["city"])))
    text = ", ".join(filter(None, (typed["address"], town)))
    told = _TOLD + record
    if not text:
        st.session_state[told] = ("error", t("Write the address first."))
        return
    try:
        found = resources.geocoders().answer(text)
    except LocatorError as error:
        st.session_state[told] = ("error", error.message(t))
        return
    notes = " ".join(note.text(t) for note in found.notes)
    if found.question or found.precision is Precision.COUNTRY:
        choices = "; ".join(one.address for one in found.alternatives[:5])
        said = t("The address may mean several places. Which one? {places}", places=choices)
        st.session_state[told] = ("error", " ".join(filter(None, (notes, said))))
        return
    values = {
        "lat": f"{found.point.lat:.6f}",
        "lon": f"{found.point.lon:.6f}",
        "precision": found.precision.value,
        "point_source": found.source,
    }
    for field, value in values.items():
        st.session_state[record_fields.key(record, field)] = value
    said = t(
        "Found: {address}. How good the point is: {precision}.",
        address=found.address,
        precision=precision_text(found.precision, t),
    )
    st.session_state[told] = ("success", " ".join(filter(None, (said, notes))))


def tell(record: str) -> None:
    """Say what was found just now."""
    kind, text = st.session_state.pop(_TOLD + record, ("", ""))
    if kind:
        (st.success if kind == "success" else st.error)(escape(text))
