"""Bring the catalogues up to date with the code: `python -m locator.language.translating [TAG...]`.

Run in a checkout. Every catalogue there is gets the texts that are new, without a translation, and
loses those that are gone; a TAG ("uk", "pt-BR") adds a language. Two domains, a file each:
naerved.po has what pages can show (the command line's own texts stay English), categories.po has
the kinds of help, in the context of their ids. Danish has the texts of all pages; other languages
those that a person who looks for help can see. A text with the comment "machine" has not been read
by anybody who speaks the language: whoever has read it takes the comment away.
"""

import ast
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from locator.errors import InputError
from locator.files import replace_file
from locator.language.catalogue import CATALOGUES, SOURCE, TERMS, TEXTS
from locator.language.tags import locale_of
from locator.settings import GEODATA

ROOT = Path(__file__).resolve().parents[2]
WIDTH = 100
WHOLE = ("da",)  # spoken by the pages of professionals too
_PROFESSIONAL = (
    "pages/directory.py",
    "pages/missing_help.py",
    "locator/coverage/",
    "locator/map/tiles/archive.py",
    "locator/openstreetmap.py",
    "locator/sheets/",
    # What stands in the way of making a street network or a timetable is the operator's to mend.
    *(f"locator/travel/streets/{name}.py" for name in ("building", "network")),
    *(
        f"locator/travel/timetable/{name}.py"
        for name in ("calendars", "feed", "feed_arrays", "frequencies", "schedule")
    ),
)

# How texts are marked in the code.
KEYWORDS: dict[str, tuple[int, ...]] = {
    "t": (1,),
    "n": (1, 2),
    "Note": (1,),
    "InputError": (1,),
    "NotFoundError": (1,),
    "UnknownStreetError": (1,),
    "ConflictError": (1,),
    "DataError": (1,),
    "RefusedError": (1,),
    "OutageError": (1,),
}


def shown_by_pages(*, professional: bool = True) -> set[Path]:
    """The files that pages can show texts of: themselves, all that they import, and templates.

    Args:
        professional: the pages "Coverage" and "Directory" too, and what only they or an operator
            need.
    """
    waiting = [ROOT / "app.py", *(ROOT / "pages").glob("*.py")]
    found: set[Path] = set()
    while waiting:
        path = waiting.pop()
        where = path.relative_to(ROOT).as_posix()
        if path in found or (not professional and where.startswith(_PROFESSIONAL)):
            continue
        found.add(path)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                files = [f for a in node.names for f in _sources(node.module or "", a.name)]
                waiting += [file for file in files if file.is_file()]
    templates = set((ROOT / "locator").rglob("templates/*.html"))
    return found | {t for t in templates if professional or "coverage" not in t.parts}


def _sources(module: str, name: str) -> Iterator[Path]:
    """The files that `from module import name` may read, through the faces of packages."""
    path = ROOT.joinpath(*module.split("."))
    yield from (one.with_suffix(".py") for one in (path, path / name))
    if (face := path / "__init__.pyi").exists():
        for node in ast.parse(face.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ImportFrom) and name in {a.name for a in node.names}:
                yield from _sources(f"{module}.{node.module}", name)


def texts(*, professional: bool = True) -> Catalog:
    """Every text that a page can show, without translations (see `shown_by_pages`)."""
    found = Catalog()
    for path in sorted(shown_by_pages(professional=professional)):
        method = "jinja2" if path.suffix == ".html" else "python"
        with path.open("rb") as file:
            for _, message, _, _ in extract(method, file, KEYWORDS):
                found.add(message)
    return found


def terms() -> Catalog:
    """The names and sentences of the kinds of help, without translations."""
    found = Catalog()
    for group in json.loads((GEODATA / "categories.json").read_text(encoding="utf-8")):
        found.add(group["name"], context=f"group:{group['id']}")
        for kind in group["categories"]:
            found.add(kind["name"], context=kind["id"])
            found.add(kind["sentence"], context=kind["id"])
    return found


def update(added: Iterable[str] = (), folder: Path = CATALOGUES) -> list[str]:
    """Bring all catalogues in `folder` up to date, and add those of the tags `added`.

    Returns, for each catalogue, what is left to translate, as a line for a person.

    Raises:
        InputError: a tag names no language that CLDR knows.
    """
    whole, people = texts(), texts(professional=False)
    there = {path.name for path in folder.iterdir() if path.is_dir()}
    told = []
    for tag in sorted(there | set(added)):
        locale = locale_of(tag)
        if locale is None or tag == SOURCE:
            raise InputError("{tag} is no language to translate to: write uk or pt-BR.", tag=tag)
        for domain, template in (
            (TEXTS, whole if tag in WHOLE else people),
            (TERMS, terms()),
        ):
            path = folder / tag / f"{domain}.po"
            path.parent.mkdir(exist_ok=True)
            catalogue = Catalog(locale, project="Nærved", version="1", fuzzy=False)
            if path.exists():
                with path.open("rb") as file:
                    catalogue = read_po(file, locale=locale)
            template.creation_date = catalogue.creation_date
            catalogue.update(template, no_fuzzy_matching=True)
            with replace_file(path) as temporary, temporary.open("wb") as file:
                write_po(
                    file,
                    catalogue,
                    width=WIDTH,
                    no_location=True,
                    sort_output=domain == TEXTS,
                    ignore_obsolete=True,
                )
            left = sum(not is_translated(message) for message in catalogue if message.id)
            told.append(f"{tag}, {domain}: {left} of {len(catalogue)} to translate")
    return told


def is_translated(message: Message) -> bool:
    """Whether it is said in every form that the language counts in, and nobody doubts it."""
    forms = [message.string] if isinstance(message.string, str) else list(message.string or [""])
    return all(forms) and not message.fuzzy


if __name__ == "__main__":
    print("\n".join(update(sys.argv[1:])))  # noqa: T201 (a tool for translators)
