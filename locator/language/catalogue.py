"""The languages of the interface: gettext catalogues, read straight from their .po files."""

import gettext
import io
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

CATALOGUES = Path(__file__).parent / "locales"
SOURCE = "en"  # the language of the msgids
CODES = (SOURCE, *sorted(p.name for p in CATALOGUES.iterdir() if (p / "naerved.po").exists()))


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the interface; call it to translate: `t("Find help")`.

    Attributes:
        code: BCP 47 tag, also `<html lang>`.
        name: the language's own name for itself.
        direction: "ltr" or "rtl".
    """

    code: str
    name: str
    direction: str
    catalogue: gettext.NullTranslations

    def __call__(self, template: str, **values: object) -> str:
        """The template in this language, filled in with `values`."""
        text = self.catalogue.gettext(template)
        return text.format(**values) if values else text

    def n(self, singular: str, plural: str, count: int, **values: object) -> str:
        """The right plural form for `count`, which also fills the field `{count}`."""
        text = self.catalogue.ngettext(singular, plural, count)
        return text.format(count=count, **values)

    def number(self, value: float, decimals: int = 0) -> str:
        """The number with so many decimals, as this language writes it."""
        form = "#,##0" + ("." + "0" * decimals if decimals else "")
        return str(format_decimal(round(value, decimals), format=form, locale=self.code))

    def percent(self, share: float, decimals: int = 1) -> str:
        """A share of 1 as per cent, as this language writes it."""
        form = "#,##0" + ("." + "0" * decimals if decimals else "") + "%"
        return str(format_percent(share, format=form, locale=self.code))

    def language_name(self, code: str) -> str:
        """The name, in this language, of the language with ISO 639-1 code `code`."""
        return str(Locale.parse(self.code).languages.get(code, code))


@cache
def language(code: str) -> Language:
    """The language with this code; English where there is no such catalogue."""
    if code not in CODES:
        code = SOURCE
    locale = Locale.parse(code)
    name = locale.get_display_name(locale) or code
    return Language(code, name[:1].upper() + name[1:], locale.text_direction, _catalogue(code))


def _catalogue(code: str) -> gettext.NullTranslations:
    if code == SOURCE:
        return gettext.NullTranslations()
    with (CATALOGUES / code / "naerved.po").open("rb") as po:
        catalogue = read_po(po, locale=code)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
