"""Languages that nobody speaks: every text made long, or turned to run from right to left.

They show in a test, before there is any translation, where a text is not translated, where a longer
one overflows, and where a page is wrong when it runs the other way. Named as CLDR names its own:
https://cldr.unicode.org/development/development-process/design-proposals/pseudolocales
"""

import gettext
import re
from collections.abc import Callable
from dataclasses import dataclass

# What a text must keep as it is: fields, web addresses, code and HTML.
_KEPT = re.compile(r"(\{[^}]*\}|https?://\S+|`[^`]*`|<[^>]*>|&\w+;)")

_ACCENTED = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "áƀçđéƒĝĥíĵķļɱñóþɋřšţúṽŵẋýžÁƁÇĐÉƑĜĤÍĴĶĻṀÑÓÞɊŘŠŢÚṼŴẊÝŽ",
)
_ARABIC = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "ابسدعفغهيجكلمنوبقرستوفوخيزابسدعفغهيجكلمنوبقرستوفوخيز",
)
_WORD = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True, slots=True)
class PseudoLanguage:
    """How one is made: its name, the locale whose dates and numbers it has, and its words."""

    name: str
    locale: str
    write: Callable[[str], str]


def _long(text: str) -> str:
    """Accents on every letter, and every word of four letters or more as long again by half."""
    longer = _WORD.sub(lambda word: word[0] + word[0][-(len(word[0]) // 2) :].lower(), text)
    return longer.translate(_ACCENTED)


PSEUDO = {
    "en-XA": PseudoLanguage("Ṗšéúđó", "en", _long),
    "ar-XB": PseudoLanguage("بسعودو", "ar", lambda text: text.translate(_ARABIC)),
}


class Pseudo(gettext.NullTranslations):
    """A catalogue that has every text."""

    def __init__(self, made: PseudoLanguage) -> None:
        super().__init__()
        self._write = made.write

    def gettext(self, message: str) -> str:
        """The text between marks, so that what is not translated, or pieced together, shows."""
        parts = _KEPT.split(message)
        return "⟦" + "".join(p if at % 2 else self._write(p) for at, p in enumerate(parts)) + "⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """As English counts."""
        return self.gettext(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        """Whatever the context."""
        return self.gettext(message)
