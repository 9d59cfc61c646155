"""The page "Directory": anyone may look and suggest, only the secret may change."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from locator.directory.records import load
from locator.directory.store import FolderStore
from locator.settings import EMBEDDED

ROOT = Path(__file__).resolve().parents[2]
ICS = "ics-odense"


@pytest.fixture
def secret():
    """What the operator has set; overridden where that is nothing."""
    return "correct horse"


@pytest.fixture
def store(secret, tmp_path, monkeypatch):
    """The embedded records, with a data folder of their own over them."""
    monkeypatch.setenv("NAERVED_DATA", str(tmp_path))
    monkeypatch.setenv("NAERVED_EDIT_SECRET", secret)
    st.cache_resource.clear()
    yield FolderStore(EMBEDDED, tmp_path)
    st.cache_resource.clear()


def visit():
    app = AppTest.from_file(ROOT / "pages" / "main.py", default_timeout=60)
    app.query_params["lang"] = "en"
    app.run()
    app.switch_page("directory.py").run()
    assert not app.exception
    return app


@pytest.fixture
def page(store):
    return visit()


def open_record(page, record=ICS):
    page.text_input(key="record_search").set_value(record).run()
    page.selectbox(key="record_open").set_value(record).run()
    assert not page.exception
    return page


def button(page, label):
    return next(one for one in page.button if one.label == label)


def labels(page):
    return [one.label for one in page.button]


def plain(text):
    """Without what keeps Markdown from reading it."""
    return text.replace("\\", "")


def log_in(page, who="Ida", secret="correct horse"):
    fields = {one.label: one for one in page.text_input}
    fields["Your name, for the history"].set_value(who)
    fields["Secret"].set_value(secret)
    button(page, "Start editing").click().run()
    assert not page.exception
    return page


@pytest.fixture
def editor(page):
    return log_in(open_record(page))


def edit(page, field, text):
    boxes = [*page.text_input, *page.text_area]
    next(one for one in boxes if one.key == f"edit_{ICS}_{field}").set_value(text)


def save(page):
    button(page, "Save").click().run()
    assert not page.exception


def now(store):
    return store.directory().by_id[ICS]


@pytest.mark.parametrize("secret", [""])
def test_anyone_can_find_a_record_and_suggest_a_correction(page, store):
    open_record(page)
    assert not [one for one in page.text_input if one.label == "Secret"]
    page.text_area[0].set_value("The office has moved")
    button(page, "Send the suggestion").click().run()
    assert page.success
    assert [(s.record, s.text) for s in store.suggestions()] == [(ICS, "The office has moved")]


def test_one_session_cannot_send_suggestions_without_end(page, store, monkeypatch):
    monkeypatch.setattr("locator.directory.store.contract.MOST_OF_ONE_SENDER", 2)
    open_record(page)
    for _ in range(3):
        page.text_area[0].set_value("spam")
        button(page, "Send the suggestion").click().run()
    assert "Your earlier suggestions wait" in page.error[0].value
    other = open_record(visit())
    other.text_area[0].set_value("The phone is wrong")
    button(other, "Send the suggestion").click().run()
    assert other.success
    assert [s.text for s in store.suggestions()] == ["spam", "spam", "The phone is wrong"]


def test_a_wrong_secret_changes_nothing_and_the_next_one_waits(page):
    log_in(open_record(page), secret="another")
    assert "not the secret" in page.error[0].value
    assert "Save" not in labels(page)
    log_in(page)  # right, but too soon
    assert "Wait 1 s" in page.error[0].value
    assert "Save" not in labels(page)
    log_in(open_record(visit()))  # somebody else is not made to wait


def test_a_maintainer_edits_sees_the_history_and_undoes(editor, store):
    before = now(store)
    edit(editor, "hours_note", "Ask by phone")
    save(editor)
    assert [one.value for one in editor.success] == ["Saved."]
    assert now(store).hours_note == "Ask by phone"
    assert any("Ida" in one.value for one in editor.markdown)
    button(editor, "Undo").click().run()
    assert now(store) == before
    assert editor.text_input(key=f"edit_{ICS}_hours_note").value == before.hours_note


def test_an_edit_never_touches_the_programs_own_files(editor, store):
    file = EMBEDDED / "curated.jsonl"
    before = file.read_bytes()
    edit(editor, "hours_note", "Ask by phone")
    save(editor)
    assert file.read_bytes() == before
    assert load().by_id[ICS].hours_note != "Ask by phone"


def test_a_broken_edit_names_the_field_and_saves_nothing(editor, store):
    edit(editor, "postcode", "12345")
    save(editor)
    assert "Postcode: a postcode has four figures" in plain(editor.error[0].value)
    assert now(store).postcode == "5000"


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("hours_tu", "hver anden uge", "Tuesday: “hver anden uge” is not understood"),
        ("postcode", "5001", "there is no postcode 5001"),
        ("website", "www.odense.dk", "no web address"),
    ],
)
def test_what_the_check_calls_wrong_is_not_saved(editor, store, field, text, said):
    before = now(store)
    edit(editor, field, text)
    for name in ("Save", "Check and preview"):
        button(editor, name).click().run()
        assert said in plain(editor.error[0].value)
        assert not editor.success
    assert now(store) == before


def test_the_preview_saves_nothing(editor, store):
    before = now(store)
    edit(editor, "hours_note", "Ask by phone")
    button(editor, "Check and preview").click().run()
    assert not editor.exception
    assert editor.success[0].value == "It can be saved."
    assert now(store) == before


def test_two_editors_at_once_see_both_versions_and_merge(editor, store):
    """The second save erased the first without a word."""
    other = log_in(open_record(visit()), who="Bo")
    edit(editor, "hours_note", "Ida's hours")
    edit(editor, "city", "Odense V")
    save(editor)
    edit(other, "hours_note", "Bo's hours")
    edit(other, "eligibility", "Everyone")
    save(other)
    assert now(store).hours_note == "Ida's hours"
    assert "Somebody else changed this record" in other.warning[0].value
    choices = {one.label: one for one in other.radio}
    assert set(choices) == {"Opening hours in words", "Town", "Who may use it"}
    assert choices["Town"].value is False  # only Ida changed it
    assert choices["Who may use it"].value is True  # only Bo did
    assert choices["Opening hours in words"].value is False  # both: what is saved, unless Bo says
    choices["Opening hours in words"].set_value(True)
    button(other, "Save what is chosen").click().run()
    assert not other.exception
    assert [one.value for one in other.success] == ["Saved."]
    saved = now(store)
    assert (saved.hours_note, saved.city) == ("Bo's hours", "Odense V")
    assert saved.eligibility == "Everyone"
    assert [change.who for change in store.history()] == ["Bo", "Ida"]


def test_what_another_wrote_does_nothing_but_stand_there(editor, store):
    other = log_in(open_record(visit()), who="Bo")
    edit(editor, "hours_note", "![x](https://evil.example/x.png) [y](https://evil.example)")
    save(editor)
    edit(other, "hours_note", "Bo's hours")
    save(other)
    (choice,) = other.radio
    assert r"\!\[x\]\(" in choice.proto.captions[0]


def test_a_third_editor_meanwhile_is_not_erased_either(editor, store):
    other = log_in(open_record(visit()), who="Bo")
    edit(editor, "hours_note", "1")
    save(editor)
    edit(other, "hours_note", "2")
    save(other)
    edit(editor, "eligibility", "3")
    save(editor)
    button(other, "Save what is chosen").click().run()
    assert now(store).eligibility == "3"
    assert {one.label for one in other.radio} == {"Who may use it"}
    button(other, "Drop my changes").click().run()
    assert not other.exception
    assert other.text_area(key=f"edit_{ICS}_eligibility").value == "3"
    assert [change.who for change in store.history()] == ["Ida", "Ida"]


def test_a_form_that_is_opened_again_shows_what_is_saved_now(editor, store):
    before = now(store)
    store.save(before.model_copy(update={"hours_note": "new"}), "Bo", before)
    editor.selectbox(key="record_open").set_value(None).run()
    open_record(editor)
    assert editor.text_input(key=f"edit_{ICS}_hours_note").value == "new"


def test_hours_are_filled_in_by_day_and_told_in_words(editor, store):
    edit(editor, "hours_mo", "10-12 og 13-16")
    edit(editor, "hours_tu", "closed")
    edit(editor, "hours_we", "by appointment")
    save(editor)
    assert now(store).opening_hours.startswith('Mo 10:00-12:00,13:00-16:00; We "by appointment"')
    said = plain(" ".join(one.value for one in editor.markdown))
    assert "Opening hours: " in said
    assert "→ Monday: 10:00–12:00, 13:00–16:00; Tuesday: closed; Wednesday: by appointment" in said


def test_one_click_says_that_it_is_still_right(editor, store):
    before = now(store)
    button(editor, "Still right today").click().run()
    assert [one.value for one in editor.success] == ["Thank you: checked today."]
    today = datetime.now(ZoneInfo("Europe/Copenhagen")).date().isoformat()
    assert now(store) == before.model_copy(update={"assured_date": today})


def test_a_service_is_closed_and_opened_again(editor, store):
    button(editor, "Closed for good").click().run()
    assert now(store).status == "defunct"
    assert "Does it exist today?: yes, it exists → no, it is closed for good" in plain(
        " ".join(one.value for one in editor.markdown)
    )
    button(editor, "Open again").click().run()
    assert now(store).status == "active"


def test_the_point_is_found_from_the_address_and_its_precision_said(editor, store):
    edit(editor, "address", "Krystalgade 15")
    edit(editor, "postcode", "1172")
    edit(editor, "city", "København K")
    button(editor, "Find the point of the address").click().run()
    assert not editor.exception
    said = plain(editor.success[0].value)
    assert "Found: Krystalgade 15, 1172 København K" in said
    assert "Exact address" in said
    save(editor)
    assert now(store).precision == "address"
    assert now(store).lat == pytest.approx(55.681, abs=0.01)


def test_a_point_is_not_guessed(editor, store):
    before = now(store)
    edit(editor, "address", "Hovedgaden 1")
    edit(editor, "postcode", "")
    edit(editor, "city", "")
    button(editor, "Find the point of the address").click().run()
    assert "may mean several places" in plain(editor.error[0].value)
    assert editor.text_input(key=f"edit_{ICS}_lat").value == str(before.lat)


def test_what_no_longer_fits_stands_among_what_to_mend(page, store):
    before = now(store)
    store.save(before.model_copy(update={"hours_note": "edited"}), "Bo", before)
    history = store.data / "history.jsonl"
    history.write_text(history.read_text().replace('"status":', '"status_":'))
    history.write_text(history.read_text().replace('"name"', '"nome"'))
    page.button_group[0].set_value("findings").run()
    assert not page.exception
    assert any("cannot be read" in one.value for one in page.markdown)


def test_what_to_mend_comes_by_harm_and_leads_to_the_record(page):
    page.button_group[0].set_value("findings").run()
    heads = [one.value for one in page.subheader]
    order = ["Nobody can act on it", "It contradicts itself", "Listed twice"]
    order += ["A place that we do not know", "Words for maintainers", "Checked too long ago"]
    ranks = [next(n for n, one in enumerate(order) if head.startswith(one)) for head in heads]
    assert len(ranks) >= 3
    assert ranks == sorted(set(ranks))
    first = next(one for one in page.button if str(one.key).startswith("mend_"))
    first.click().run()
    assert not page.exception
    assert page.button_group[0].value == "records"
    assert page.selectbox(key="record_open").value == str(first.key).split("_", 2)[2]


def test_a_suggestion_leads_to_its_record(page, store):
    store.suggest(ICS, "The office has moved")
    page.button_group[0].set_value("review").run()
    log_in(page)
    button(page, "Open the record").click().run()
    assert not page.exception
    assert page.selectbox(key="record_open").value == ICS


def test_what_to_collect_next_tells_how_many_people_have_none(page):
    page.button_group[0].set_value("collect").run()
    assert not page.exception
    page.selectbox(key="collect_kind").set_value("debt_advice").run()
    (table,) = page.table
    assert set(table.value["Kind of help"]) == {"Debt and money advice"}
    people = [int(str(n).replace(",", "")) for n in table.value["People without one in reach"]]
    assert people == sorted(people, reverse=True)
    assert people[0] > 50_000


def add(page, **fields):
    for name, value in fields.items():
        box = [*page.text_input, *page.selectbox]
        next(one for one in box if one.key == f"add_{name}").set_value(value)
    button(page, "Add it").click().run()
    assert not page.exception


def test_a_service_is_added_and_then_filled_in(page, store):
    log_in(page)
    add(page, name="Ny sprogcafé", source="example.dk")
    assert "Kinds of help: choose a kind of help" in plain(page.error[0].value)
    add(page, kind="language_cafe", municipality="0461", source="https://example.dk/")
    assert page.selectbox(key="record_open").value == "ny-sprogcafe"
    added = store.directory().by_id["ny-sprogcafe"]
    assert (added.name, added.municipality_code) == ("Ny sprogcafé", "0461")
    assert added.checked == datetime.now(ZoneInfo("Europe/Copenhagen")).date().isoformat()
    assert "Still right today" in labels(page)


@pytest.mark.parametrize("view", ["quality", "findings", "collect", "review"])
def test_every_view_opens(page, view):
    page.button_group[0].set_value(view).run()
    assert not page.exception
    assert len(page.main) > 2
