"""Text from data, made harmless for where it goes: a page, a script, a link, a spreadsheet."""

import json
import re
from urllib.parse import urlsplit

# Embeddings, overrides and isolates turn text round, so that what is read is not what is there.
# The mere marks (U+200E, U+200F, U+061C) stay: Arabic text may need them.
_BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"

_SPACES = "\t\n\v\f\r\x85\u2028\u2029"

_CONTROLS = (range(0x20), range(0x7F, 0xA0))
_SURROGATES = range(0xD800, 0xE000)  # halves of pairs, which cannot be written as UTF-8

_PLAIN = {code: None for codes in (*_CONTROLS, _SURROGATES, map(ord, _BIDI)) for code in codes} | {
    ord(c): " " for c in _SPACES
}

_UNSAFE_IN_SCRIPT = {ord(c): f"\\u{ord(c):04x}" for c in "<>&"}

_SCHEMES = ("http", "https", "tel", "mailto")

# What no address may hold (RFC 3986), and what a browser takes for a slash.
_NOT_IN_URL = re.compile(r"[\s<>\"'`{}|^\\]")

# What a spreadsheet runs as a formula, its full-width twins too, and quotes put before it here.
_FORMULA = re.compile(r"'*(?:[\t\r\n]|\s*[=+\-@＝＋－＠])")

# "+45 33 66 33 66" or "-5": a sign and figures compute nothing.
_SIGNED_FIGURES = re.compile(r"[+\-]\d[\d .,]*")


def plain(text: str) -> str:
    """`text` on one line, without control, bidirectional override and surrogate characters."""
    return text.translate(_PLAIN)


def script_json(value: object) -> str:
    """`value` as JSON in ASCII that may stand inside a <script> element.

    Raises:
        TypeError, ValueError: `value` is not JSON-able (NaN is not).
    """
    text = json.dumps(value, separators=(",", ":"), allow_nan=False)
    return text.translate(_UNSAFE_IN_SCRIPT)


def safe_url(url: str) -> str | None:
    """`url` if a link may lead there: http, https, tel or mailto, and nothing hidden in it.

    None for every other scheme, for a web address without host or with a user name before it
    (which reads like a host), and for characters that no address may hold.
    """
    url = url.strip()
    if plain(url) != url or _NOT_IN_URL.search(url):
        return None
    try:
        parts = urlsplit(url)
        has_host = bool(parts.hostname)
    except ValueError:
        return None
    if parts.scheme not in _SCHEMES:
        return None
    if parts.scheme in ("http", "https"):
        return url if has_host and "@" not in parts.netloc else None
    return url if parts.path and not parts.netloc else None


def spreadsheet_cell(text: str) -> str:
    """`text` so that no spreadsheet runs it: a quote before what would be a formula.

    A sign and figures, such as an international telephone number, stay as they are.
    `from_spreadsheet_cell` gives the text back.
    """
    if _FORMULA.match(text) and not _SIGNED_FIGURES.fullmatch(text):
        return f"'{text}"
    return text


def from_spreadsheet_cell(cell: str) -> str:
    """The text that `spreadsheet_cell` made `cell` of."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
