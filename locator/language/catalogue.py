"""The languages of the interface: gettext catalogues, read straight from their .po files.

A catalogue is read when it is first asked for something; the source language has none to read.
"""

import gettext
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel import Locale
from babel.numbers import format_decimal, format_percent

from locator.language.pseudo import PSEUDO, Pseudo
from locator.language.tags import best, locale_of

CATALOGUES = Path(__file__).parent / "locales"
SOURCE = "en"  # the language of the msgids
CODES = (SOURCE, *sorted(p.name for p in CATALOGUES.iterdir() if (p / "naerved.po").exists()))

TEXTS = "naerved"  # the domain of all that the program says
MACHINE = "machine"  # comment of a text that nobody who speaks the language has read yet
TERMS = "categories"  # the domain of the kinds of help, each in the context of its id


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the interface; call it to translate: `t("Find help")`.

    Attributes:
        code: BCP 47 tag, also `<html lang>`.
        locale: how it writes dates, numbers and names of languages (CLDR).
    """

    code: str
    locale: Locale

    @property
    def name(self) -> str:
        """The language's own name for itself, in its own script."""
        if self.code in PSEUDO:
            return PSEUDO[self.code].name
        name = self.locale.get_display_name(self.locale) or self.code
        return name[:1].upper() + name[1:]

    @property
    def is_reviewed(self) -> bool:
        """Whether people who speak it have read all that is said in it."""
        return self.code in PSEUDO or _is_reviewed(self.code)

    @property
    def direction(self) -> str:
        """ "ltr" or "rtl"."""
        return str(self.locale.text_direction)

    def __call__(self, template: str, **values: object) -> str:
        """The template in this language, filled in with `values`."""
        text = _catalogue(self.code, TEXTS).gettext(template)
        return text.format(**values) if values else text

    def n(self, singular: str, plural: str, count: int, **values: object) -> str:
        """The right plural form for `count`, which also fills the field `{count}`."""
        text = _catalogue(self.code, TEXTS).ngettext(singular, plural, count)
        return text.format(count=count, **values)

    def term(self, of: str, text: str) -> str:
        """A name or sentence of the kind of help `of` (its id), given in the source language."""
        return _catalogue(self.code, TERMS).pgettext(of, text)

    def number(self, value: float, decimals: int = 0) -> str:
        """The number with so many decimals, as this language writes it."""
        form = "#,##0" + ("." + "0" * decimals if decimals else "")
        return str(format_decimal(round(value, decimals), format=form, locale=self.locale))

    def percent(self, share: float, decimals: int = 1) -> str:
        """A share of 1 as per cent, as this language writes it."""
        form = "#,##0" + ("." + "0" * decimals if decimals else "") + "%"
        return str(format_percent(share, format=form, locale=self.locale))

    def language_name(self, tag: str) -> str:
        """The name, in this language, of the language with this tag; the tag where it has none."""
        return str(self.locale.languages.get(tag.replace("-", "_"), tag))


@cache
def language(code: str) -> Language:
    """The language with this tag; English where there is no such catalogue.

    The pseudo-languages of `locator.language.pseudo` are known here too.
    """
    if code in PSEUDO:
        return Language(code, Locale.parse(PSEUDO[code].locale))
    known = code if code in CODES else SOURCE
    return Language(known, locale_of(known) or Locale.parse(SOURCE))


def offered(*, pseudo: bool = False) -> tuple[str, ...]:
    """The tags that a person may choose among; with `pseudo`, a tester's languages too."""
    return (*CODES, *PSEUDO) if pseudo else CODES


def negotiated(wanted: Iterable[str | None], among: Sequence[str] = CODES) -> Language:
    """The language to speak to someone who wants these tags, the most wanted first.

    A tag may be any text, as it comes out of a link or a header; where none of them is met it is
    the source language.
    """
    return language(best(filter(None, wanted), among) or SOURCE)


@cache
def _is_reviewed(code: str) -> bool:
    files = (CATALOGUES / code).glob("*.po")
    return not any(f"\n# {MACHINE}\n" in file.read_text(encoding="utf-8") for file in files)


@cache
def _catalogue(code: str, domain: str) -> gettext.NullTranslations:
    if code in PSEUDO:
        return Pseudo(PSEUDO[code])
    path = CATALOGUES / code / f"{domain}.po"
    if code == SOURCE or not path.exists():
        return gettext.NullTranslations()
    # Reading a catalogue takes time that the command line, which speaks English, need not spend.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with path.open("rb") as po:
        catalogue = read_po(po, locale=locale_of(code))
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
