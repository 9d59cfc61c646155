"""One spelling for what people write of their needs, in the twelve languages.

Both sides of a comparison are folded, so what is lost is lost on both. It goes further than
`locator.language.fold`, which keeps the names of Danish streets apart: here marks, doubled
letters, and letters that one keyboard has for another's all go.
"""

import re
import unicodedata
from functools import lru_cache

from locator.language import clean

_JOINED = re.compile("(?<=\\w)['’ʼ`´‘\u200c\u200d](?=\\w)")  # apostrophes, half-spaces
_WORDS = re.compile(r"[^\W_]+")
_DOUBLE = re.compile(r"([^\W\d])\1+")
# The Persian signs of the present tense and its denial stand alone, joined or half joined.
_SIGN = re.compile(r"\b(ن?مي) (?=\w\w)")
_LATIN = str.maketrans(
    {"æ": "ae", "ø": "o", "å": "a", "ł": "l", "ß": "ss", "ı": "i", "đ": "d", "y": "i", "j": "i"}
    | {"w": "v", "q": "k"}
)
_ARABIC = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ے": "ي", "ئ": "ي"}
    | {"ؤ": "و", "ۆ": "و", "ة": "ه", "ۀ": "ه", "ہ": "ه", "ھ": "ه", "ە": "ه", "ک": "ك", "ں": "ن"}
    | {"ء": "", "ـ": ""}
)
# Ukrainian and Russian letter by letter, as they are typed on a telephone without Cyrillic.
_CYRILLIC = str.maketrans(
    {"а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "з": "z", "и": "i"}
    | {"й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s"}
    | {"т": "t", "у": "u", "ф": "f", "х": "h", "ц": "c", "ч": "ch", "ш": "sh", "щ": "sch"}
    | {"ъ": "", "ы": "i", "ь": "", "э": "e", "є": "ie", "ё": "e", "ж": "zh", "і": "i", "ї": "i"}
    | {"ю": "iu", "я": "ia"}
)
_SOUNDS = (("kh", "h"), ("ts", "c"), ("shch", "sch"), ("szcz", "sch"))


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """The words of a text in lower case without marks, single spaces between; "" for no words.

    "Łóżko" and "lozko" are one, as are "шукаю" and "shukaiu". Idempotent.
    """
    text = _JOINED.sub("", clean(text.replace("\u200c", "’"))).casefold()
    text = unicodedata.normalize("NFKD", text.translate(_LATIN).translate(_ARABIC))
    text = "".join(c for c in text if not unicodedata.combining(c))
    text = text.translate(_CYRILLIC).translate(_LATIN).translate(_ARABIC)
    text = _DOUBLE.sub(r"\1", " ".join(_WORDS.findall(text)))
    for written, heard in _SOUNDS:
        text = text.replace(written, heard)
    return _SIGN.sub(r"\1", _DOUBLE.sub(r"\1", text))
