"""What an import is taken for, and that it stays so whatever the interface learns to speak."""

import json
import shutil
from itertools import product

import pytest
from babel.messages.pofile import read_po, write_po

import locator.language.catalogue as catalogues
from locator.directory.importing import intake
from locator.directory.taxonomy import categories
from locator.language.catalogue import CODES, language
from locator.language.translating import update
from locator.settings import GEODATA


def forget():
    for cached in (catalogues.language, catalogues._catalogue, intake._by_name):
        cached.cache_clear()


@pytest.fixture
def speak_another(tmp_path, monkeypatch):
    """Adds an interface language in which each kind of help bears the next one's Danish name."""
    shutil.copytree(catalogues.CATALOGUES, tmp_path / "locales")
    update(["pl"], tmp_path / "locales")
    kinds = list(categories().values())
    names = {kinds[at - 1].msgid: kind.name(language("da")) for at, kind in enumerate(kinds)}
    path = tmp_path / "locales" / "pl" / "categories.po"
    with path.open("rb") as file:
        polish = read_po(file)
    for message in polish:
        message.string = names.get(message.id, message.string)
    with path.open("wb") as file:
        write_po(file, polish)

    def switch_on():
        monkeypatch.setattr(catalogues, "CATALOGUES", tmp_path / "locales")
        monkeypatch.setattr(catalogues, "CODES", (*CODES, "pl"))
        forget()

    yield switch_on
    monkeypatch.undo()
    forget()


def test_another_language_of_the_interface_changes_no_import(speak_another):
    rules = json.loads((GEODATA / "category_words.json").read_text(encoding="utf-8"))
    said = [word for rule in rules for word in rule["words"]]
    said += [one.name(t) for one in categories().values() for t in map(language, CODES)]
    said += [*categories(), "Tivoli", ""]
    cells = [[text] for text in said] + [list(pair) for pair in product(said[::9], said[::7])]
    before = [intake.category_in(texts) for texts in cells]
    speak_another()
    food, meal = categories()["food_bank"], categories()["community_meal"]
    assert food.name(language("pl")) == meal.name(language("da"))
    assert [intake.category_in(texts) for texts in cells] == before


@pytest.mark.parametrize(
    ("texts", "category"),
    [
        (["library"], "library"),
        (["Fødevarehjælp"], "food_bank"),
        (["", "Hovedbiblioteket"], "library"),
        (["Tivoli", "Food banks"], "food_bank"),
        (["Tivoli"], None),
    ],
)
def test_the_first_text_that_tells_a_category_does(texts, category):
    assert intake.category_in(texts) == category
