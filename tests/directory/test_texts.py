"""What a record says in other languages lies beside it, and says so when it is out of date."""

import json
from datetime import datetime

import pytest
from click.testing import CliRunner

from locator.cli import main
from locator.directory.checks import check
from locator.directory.fields import validated
from locator.directory.form import from_form, to_form
from locator.directory.importing.openstreetmap import read_extract
from locator.directory.importing.spreadsheet import map_columns, read_csv
from locator.directory.record import Record
from locator.directory.records import load, write_records
from locator.directory.store.folder import FolderStore
from locator.directory.texts import Reader, Texts, read_texts
from locator.directory.translation import Origin, digest, translated
from locator.errors import DataError
from locator.geocoding.offline import OfflineGeocoder
from locator.language.catalogue import Language, language
from locator.language.tags import locale_of

NOW = datetime(2026, 11, 23)
ENGLISH, DANISH = language("en"), language("da")
LIBRARY = {
    "id": "a",
    "name": "Biblioteket",
    "description": "Books for all.",
    "categories": ["library"],
    "sources": [{"url": "https://example.dk/", "date": "2026-10"}],
}


def line(field, text, of, *records, origin="person"):
    return {
        "field": field,
        "text": text,
        "of": digest(of),
        "origin": origin,
        "records": records or ["a"],
    }


def folder_of(path, records, **texts):
    """A directory folder of these records, and these lines of texts by language."""
    (path / "a.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    for code, lines in texts.items():
        beside = path / "texts" / code / "a.jsonl"
        beside.parent.mkdir(parents=True)
        beside.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return path


def said(directory, field="description", t=DANISH):
    return directory.reader(t).said(directory.by_id["a"], field)


def test_a_text_is_said_in_the_language_asked_for(tmp_path):
    texts = {
        "da": [line("description", "Bøger til alle.", "Books for all.")],
        "en": [line("name", "The library", "Biblioteket")],
    }
    directory = load(folder_of(tmp_path, [LIBRARY], **texts))
    assert said(directory).text == "Bøger til alle."
    assert said(directory, t=ENGLISH).text == "Books for all."
    assert said(directory, "name", ENGLISH).text == "The library"
    assert said(directory, "name").text == "Biblioteket"
    assert said(directory, "hours_note").text == ""


def test_what_is_not_there_is_said_in_english_then_in_danish(tmp_path):
    other = language("ar-XB")  # of which there is no text
    texts = {"da": [line("description", "Bøger til alle.", "Books for all.")]}
    directory = load(folder_of(tmp_path, [LIBRARY], **texts))
    assert (said(directory, t=other).text, said(directory, t=other).language) == (
        "Books for all.",
        "en",
    )
    greenlandic = folder_of(tmp_path, [LIBRARY | {"text_language": "kl"}])
    assert said(load(greenlandic), t=other).text == "Bøger til alle."


def test_a_text_of_no_known_language_is_not_taken_for_any(tmp_path):
    unknown = LIBRARY | {"name_language": "und", "text_language": "und"}
    directory = load(folder_of(tmp_path, [unknown]))
    assert said(directory, "name").language == "und"
    assert said(directory, "name", ENGLISH).text == "Biblioteket"


def test_a_changed_original_shows_its_translation_as_stale(tmp_path):
    texts = {"da": [line("description", "Bøger til alle.", "Books for some.")]}
    directory = load(folder_of(tmp_path, [LIBRARY], **texts))
    assert said(directory).text == "Bøger til alle."
    assert said(directory).stale
    found = [f for f in check(directory.whole, NOW) if f.field == "description:da"]
    assert [f.level.value for f in found] == ["warning"]
    output = CliRunner().invoke(main, ["directory", "check", "--directory", str(tmp_path)]).output
    assert "a, description:da" in output


def test_a_text_of_a_record_that_is_gone_is_found(tmp_path):
    texts = {"da": [line("description", "Bøger til alle.", "Books for all.", "a", "gone")]}
    folder_of(tmp_path, [LIBRARY], **texts)
    output = CliRunner().invoke(main, ["directory", "check", "--directory", str(tmp_path)]).output
    assert "gone, description:da" in output
    assert "a, description:da" not in output


def test_a_language_is_read_when_it_is_asked_for(tmp_path):
    texts = {"da": [line("description", "Bøger til alle.", "Books for all.")]}
    folder_of(tmp_path, [LIBRARY], **texts, so=[{"field": "no"}])
    directory = load(tmp_path)
    assert said(directory).text == "Bøger til alle."
    with pytest.raises(DataError, match=r"texts/so/a\.jsonl, line 1, field"):
        list(directory.texts.in_files())


def test_two_texts_of_one_thing_are_refused(tmp_path):
    twice = [line("name", "A", "Biblioteket"), line("name", "B", "Biblioteket")]
    with pytest.raises(DataError, match="two texts in en"):
        said(load(folder_of(tmp_path, [LIBRARY], en=twice)), "name", ENGLISH)


def test_what_a_record_carries_goes_before_the_files():
    own = Record.model_validate(LIBRARY)
    carried = translated("description", own.description, "da", "Læs!", Origin.PERSON)
    edited = own.model_copy(update={"translations": (carried,)})
    filed = translated("description", own.description, "da", "Bøger til alle.", Origin.MACHINE)
    texts = Texts(["da"], lambda code: {("a", "description"): filed})
    assert Reader(texts, DANISH).said(own, "description").text == "Bøger til alle."
    assert Reader(texts, DANISH).said(edited, "description").text == "Læs!"
    withdrawn = carried.model_copy(update={"text": ""})
    without = own.model_copy(update={"translations": (withdrawn,)})
    assert Reader(texts, DANISH).said(without, "description").text == "Books for all."
    assert texts.of(without) == ()


def test_texts_are_written_beside_their_records_and_go_with_them(tmp_path):
    records = [Record.model_validate(LIBRARY | {"id": name}) for name in ("a", "b", "c")]
    carried = [
        r.model_copy(
            update={
                "translations": (
                    translated("description", r.description, "da", "Bøger.", Origin.PERSON),
                )
            }
        )
        for r in records
    ]
    write_records(tmp_path / "a.jsonl", carried)
    assert "Bøger" not in (tmp_path / "a.jsonl").read_text(encoding="utf-8")
    lines = (tmp_path / "texts" / "da" / "a.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 1  # said once for all three
    assert list(load(tmp_path).whole) == carried
    write_records(tmp_path / "a.jsonl", records[:2])  # as they are read again: they carry nothing
    assert list(load(tmp_path).whole) == carried[:2]
    assert [record for record, _ in load(tmp_path).texts.in_files()] == ["a", "b"]


REFUGE = LIBRARY | {
    "name": "Huset",
    "address": "Hemmelighedsvej 77",
    "lat": 55.9,
    "lon": 12.3,
    "precision": "address",
}


def test_a_refuge_that_only_a_translation_names_has_no_place(tmp_path):
    texts = {"en": [line("name", "Women's shelter House", "Huset")]}
    record = load(folder_of(tmp_path, [REFUGE], **texts)).by_id["a"]
    assert record.point is None
    assert record.address == ""
    carried = translated("name", "Huset", "en", "Women's shelter House", Origin.PERSON)
    for also in (carried, carried.model_dump()):
        one = Record.model_validate(REFUGE | {"translations": [also]})
        assert one.point is None
        assert one.address == ""
    published = [REFUGE | {"address_published": True}]
    (tmp_path / "a.jsonl").write_text(json.dumps(published[0]), encoding="utf-8")
    assert load(tmp_path).by_id["a"].point


def test_no_translation_tells_where_a_refuge_is(tmp_path):
    secret = REFUGE | {"categories": ["domestic_violence_help"]}
    texts = {"da": [line("description", "Vi bor på HEMMELIGHEDSVEJ 77.", "Books for all.")]}
    directory = load(folder_of(tmp_path, [secret], **texts))
    assert said(directory).text == "Vi bor på …."
    write_records(tmp_path / "a.jsonl", directory.records)  # the line tells it no more
    everything = [file.read_text(encoding="utf-8") for file in tmp_path.rglob("*.jsonl")]
    assert "77" not in "".join(everything)
    carried = translated("description", "", "da", "Hemmelighedsvej 77", Origin.PERSON)
    one = Record.model_validate(secret | {"translations": [carried]})
    assert "77" not in one.model_dump_json()


def test_a_line_of_the_old_form_is_refused_by_its_field(tmp_path):
    with pytest.raises(DataError, match=r"a\.jsonl, line 1, field name_da"):
        load(folder_of(tmp_path, [LIBRARY | {"name_da": "Biblioteket"}]))


def test_columns_of_a_spreadsheet_may_name_their_language():
    header = ("Navn", "Dansk navn", "name_uk", "Beskrivelse (engelsk)", "description:ar", "name xx")
    assert map_columns(header) == {
        "name": 0,
        "name:da": 1,
        "name:uk": 2,
        "description:en": 3,
        "description:ar": 4,
    }


def rows(tmp_path, text):
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    given = {"source": "https://example.dk/", "category": "library"}
    table = read_csv(tmp_path / "a.csv", OfflineGeocoder().answer, now=NOW, **given)
    return [row.record for row in table.rows]


def test_a_spreadsheet_brings_its_translations(tmp_path):
    (both,) = rows(tmp_path, "name_da,name_en,beskrivelse_da\nHuset,The house,Et hus\n")
    assert (both.name, both.name_language) == ("Huset", "da")
    assert (both.description, both.text_language) == ("Et hus", "da")
    assert Reader(Texts(), ENGLISH).name(both) == "The house"
    (plain,) = rows(tmp_path, "name,dansk navn\nThe house,Huset\n")
    assert (plain.name, plain.name_language) == ("The house", "und")
    assert Reader(Texts(), DANISH).name(plain) == "Huset"
    assert Reader(Texts(), ENGLISH).name(plain) == "The house"
    (refuge,) = rows(tmp_path, "navn,name_en,adresse\nHuset,Women's shelter,Krystalgade 15\n")
    assert refuge.address == ""
    assert refuge.point is None


def test_openstreetmap_names_its_places_in_danish_and_english(tmp_path):
    (tmp_path / "a.osm").write_text(
        """<?xml version="1.0"?><osm version="0.6">
        <node id="1" lat="55.7" lon="12.5" version="1"><tag k="amenity" v="library"/>
        <tag k="name" v="Biblioteket"/><tag k="name:en" v="The library"/></node>
        <node id="2" lat="55.7" lon="12.5" version="1"><tag k="amenity" v="library"/>
        <tag k="name:en" v="Reading room"/></node>
        <node id="3" lat="55.7" lon="12.5" version="1"><tag k="amenity" v="library"/></node>
        </osm>"""
    )
    both, english, none = read_extract(tmp_path / "a.osm").records
    reader, danish = Reader(Texts(), ENGLISH), Reader(Texts(), DANISH)
    assert (reader.name(both), danish.name(both)) == ("The library", "Biblioteket")
    assert (english.name, english.name_language) == ("Reading room", "en")
    assert (reader.name(none), danish.name(none)) == ("Libraries", "Biblioteker")


def test_a_countrys_form_of_a_language_reads_the_texts_of_another(tmp_path):
    brazilian = Language("pt-BR", locale_of("pt-BR"))
    texts = {"pt": [line("description", "Livros para todos.", "Books for all.")]}
    found = said(load(folder_of(tmp_path, [LIBRARY], **texts)), t=brazilian)
    assert (found.text, found.language) == ("Livros para todos.", "pt")


def test_the_texts_of_several_folders_lie_over_each_other(tmp_path):
    for name, text in (("below", "Bøger."), ("over", "Læs!")):
        (tmp_path / name).mkdir()
        folder_of(
            tmp_path / name, [LIBRARY], da=[line("description", text, LIBRARY["description"])]
        )
    texts = read_texts([tmp_path / "below", tmp_path / "over"])
    assert Reader(texts, DANISH).said(Record.model_validate(LIBRARY), "description").text == "Læs!"


def test_an_edited_translation_is_kept_shown_and_taken_back(tmp_path):
    (tmp_path / "d").mkdir()
    texts = {"da": [line("description", "Bøger til alle.", LIBRARY["description"])]}
    store = FolderStore(folder_of(tmp_path / "d", [LIBRARY], **texts), tmp_path / "data")
    before = store.directory()
    record = before.by_id["a"]
    values = to_form(record, before.texts)
    values["translations"] = values["translations"].replace("Bøger til alle.", "Læs her!")
    edited = validated(from_form(record, values, before.texts))
    store.save(edited, "Ann", record)
    assert said(store.directory()).text == "Læs her!"
    assert said(before).text == "Bøger til alle."  # a snapshot stays as it was
    (change,) = store.history("a")
    assert change.after["translations"][0]["origin"] == Origin.PERSON
    store.save(edited.model_copy(update={"description": "Books."}), "Bo", edited)
    assert said(store.directory()).stale
    store.undo(2, "Bo")
    assert not said(store.directory()).stale
    store.undo(1, "Ann")
    assert said(store.directory()).text == "Bøger til alle."


def test_a_new_text_in_a_file_is_seen_by_a_running_store(tmp_path):
    (tmp_path / "d").mkdir()
    store = FolderStore(folder_of(tmp_path / "d", [LIBRARY]), tmp_path / "data")
    assert said(store.directory()).language == "en"
    version = store.version()
    beside = tmp_path / "d" / "texts" / "da" / "a.jsonl"
    beside.parent.mkdir(parents=True)
    beside.write_text(json.dumps(line("description", "Læs!", LIBRARY["description"])))
    assert store.version() != version
    assert said(store.directory()).text == "Læs!"
