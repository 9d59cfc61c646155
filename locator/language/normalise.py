"""One spelling for the many spellings of a Danish name.

Danish letters are folded as people without a Danish keyboard write them (æ as ae, ø as oe or o,
å as aa or a), and the abbreviations of Danish street names (Gl, Ndr, Skt, Boulevard as Blvd) are
written out. Both sides of a comparison are folded, so what is lost is lost on both.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import product

LONGEST = 200  # characters of a query that are read; no Danish address is longer

# Invisible characters that change how a text is shown or compared, not what it says.
_HIDDEN = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})
_DANISH = str.maketrans(
    {"å": "aa", "ä": "ae", "ö": "oe", "æ": "ae", "ø": "oe", "ð": "d", "þ": "th"}
)
# Persian and Urdu write two letters of Arabic otherwise.
_ARABIC = str.maketrans({"ک": "ك", "ی": "ي", "ى": "ي"})
_DOTTED = re.compile(r"\b(\w)\.\s*(?=\w\b)")  # H.C. and H. C. are HC
_WORD = re.compile(r"[^\W_]+")
_EDGES = re.compile(r"([a-zæøåäö])'s\b")  # Christian 4's, King's

_FULL: dict[str, tuple[str, ...]] = {
    "gl": ("gammel",),
    "gml": ("gammel",),
    "ndr": ("nordre",),
    "sdr": ("sondre", "sonder"),
    "nr": ("norre", "nordre"),
    "vr": ("vester", "vestre"),
    "st": ("store", "sankt"),
    "ll": ("lille",),
    "kgs": ("kongens",),
    "chr": ("christian", "christians"),
    "fr": ("frederik", "frederiks"),
    "frd": ("frederik", "frederiks"),
    "frb": ("frederiksberg",),
    "kbh": ("kobenhavn",),
    "cph": ("kobenhavn",),
    "copenhagen": ("kobenhavn",),  # Copenhagen N is København N
    "skt": ("sankt",),
    "sct": ("sankt",),
    "sankte": ("sankt",),
    "borgm": ("borgmester",),
    "dr": ("doktor", "dronning"),
    "drn": ("dronning",),
    "prof": ("professor",),
    "gd": ("gade",),
    "blvd": ("boulevard",),
    "bvd": ("boulevard",),
    "boul": ("boulevard",),
    "blv": ("boulevard",),
    "pl": ("plads",),
    "al": ("alle",),
    "str": ("straede",),
    "sj": ("sjaelland",),
    "stationsbyen": ("stationsby",),
}
_KINGS = frozenset({"christian", "chr", "frederik", "frederick", "fr", "knud", "valdemar", "erik"})
_ROMAN = {
    "i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5",
    "vi": "6", "vii": "7", "viii": "8", "ix": "9", "x": "10",
}  # fmt: skip
# An ending that is cut off, as on street signs and in the register's 20-character names.
_CUT = (("g", "gade"), ("gd", "gade"), ("v", "vej"), ("str", "straede"), ("pl", "plads"))
_MOST_SPELLINGS = 8


def clean(text: str) -> str:
    """The text with invisible and direction-changing characters dropped and spaces made single.

    Idempotent.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())  # nothing in it has another form
    kept = (
        " " if c.isspace() else c
        for c in unicodedata.normalize("NFKC", text)
        if c.isspace() or unicodedata.category(c) not in _HIDDEN
    )
    return unicodedata.normalize("NFKC", " ".join("".join(kept).split()))


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """The text in lower case without accents or punctuation, Danish letters folded, words spaced.

    "Søndre Allé" and "Soendre  alle" give "sondre alle". Idempotent.
    """
    text = _letters(clean(text))
    text = _DOTTED.sub(r"\1", _EDGES.sub(r"\1s", text))
    return " ".join(_runs(" ".join(_WORD.findall(text))).split())


def _letters(text: str) -> str:
    """Lower case with æ, ø and å written out, other marks taken off their letters."""
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFC", text).casefold().translate(_DANISH).translate(_ARABIC)
    bare = (c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return unicodedata.normalize("NFKC", "".join(bare).casefold().translate(_DANISH))


def _runs(text: str) -> str:
    """å, aa and a are one; ø, oe and o are one (a search for "Norrebro" means Nørrebro)."""
    return re.sub(r"oe+", "o", re.sub(r"aa+", "a", text))


def _words(text: str) -> list[str]:
    """The folded words; the number of a king ("Christian IX's") in figures."""
    words = fold(text).split()
    for at, word in enumerate(words[1:], 1):
        if words[at - 1] in _KINGS and (number := _ROMAN.get(word.removesuffix("s"))):
            words[at] = f"{number}s" if word.endswith("s") else number
    return words


@lru_cache(maxsize=16_384)
def key(text: str) -> str:
    """The name folded, abbreviations written out, and the words run together.

    "Ny Carlsberg Vej" and "Ny Carlsbergvej" have one key, as have "H.C. Andersens Blvd." and
    "HC Andersens Boulevard".
    """
    return "".join(_FULL.get(word, (word,))[0] for word in _words(text))


@lru_cache(maxsize=65_536)
def sound(key: str) -> str:
    """The key without the letters that are written double or not heard (th, ds).

    "Margretheplassen" and "Margrethepladsen" are one by sound, as are "Møllevej" and "Mølevej".
    """
    return re.sub(r"(.)\1+", r"\1", key.replace("th", "t").replace("ds", "s"))


@lru_cache(maxsize=16_384)
def spellings(name: str) -> tuple[str, ...]:
    """Every key that a name's abbreviations may stand for, the likeliest first; at most 8."""
    return _combined([_FULL.get(word, (word,)) for word in _words(name)])


@lru_cache(maxsize=16_384)
def keys(text: str) -> tuple[str, ...]:
    """Every key that a typed text may stand for, the likeliest first (St is Store or Sankt).

    Besides `spellings` those of an ending cut off ("Istedg."). At most 8.
    """
    words = _words(text)
    choices = [_FULL.get(word, (word,)) for word in words]
    if words:
        cut = tuple(
            words[-1].removesuffix(end) + full
            for end, full in _CUT
            if words[-1].endswith(end) and len(words[-1]) > len(end) + 3
        )
        choices[-1] = (*choices[-1], *cut)
    return _combined(choices)


def _combined(choices: list[tuple[str, ...]]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for combination in product(*choices):
        found["".join(combination)] = None
        if len(found) == _MOST_SPELLINGS:
            break
    return tuple(found)
