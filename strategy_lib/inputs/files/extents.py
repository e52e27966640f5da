"""How far a sheet of an .xlsx file reaches, told from its XML before anything is made of it.

The answer is never less than what the reader (calamine) would find: it takes memory for every cell
up to the last one, so a single cell in the far corner would end the whole process.
"""

from __future__ import annotations

import html
import re

ATTRIBUTES = rb"""(?:[^<>"']|"[^"<]*"|'[^'<]*')*"""
# A cell as spreadsheet programs write it; a second `r`, which the reader would take, does not fit.
_OTHERS = rb'"(?: (?:s|t|cm|vm|ph)="\w*")* ?/?>'
_PLAIN_COLUMN = re.compile(rb'<c r="([A-Z]{1,3})\d{1,7}' + _OTHERS)
_PLAIN_ROW = re.compile(rb'<c r="[A-Z]{1,3}(\d{1,7})"')
_CELL_STARTS = (b"<c ", b"<c>", b"<c/", b"<c\t", b"<c\n", b"<c\r", b"<c\x0b", b"<c\x0c")
_START = re.compile(rb"<(?:[^\s<>/:]*:)?(?:row|c)(?=[\s/>])")
_TOKEN = re.compile(
    rb"<(?:[^\s<>/:]*:)?(row|c)(?=[\s/>])(" + ATTRIBUTES + rb")>(?=(</)?)", re.DOTALL
)
_ATTRIBUTE = re.compile(rb"""([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_REFERENCE = re.compile(rb"\s*([A-Za-z]*)(\d+)\s*")
_DECLARATION = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml\s[^<>]*\?>")
_ASIDE = re.compile(rb"<!--.*?-->|<!\[CDATA\[(.*?)\]\]>|<\?.*?\?>", re.DOTALL)
_MOST_DIGITS = 12


def cleaned(content: bytes) -> bytes | None:
    """A sheet's XML without comments, processing instructions and quoted sections; None for a DTD.

    No spreadsheet program writes them, and behind them a cell could be hidden from `extent`.
    """
    declared = _DECLARATION.match(content)
    start = declared.end() if declared else 0
    if content.find(b"<!", start) < 0 and content.find(b"<?", start) < 0:
        return content
    body = _ASIDE.sub(_escaped, content[start:])
    return None if b"<!" in body or b"<?" in body else content[:start] + body


def _escaped(found: re.Match[bytes]) -> bytes:
    return html.escape((found[1] or b"").decode("utf-8", "replace")).encode()


def extent(content: bytes, most_cells: int) -> tuple[int, int] | None:
    """Number of rows and columns up to the last cell; None where the XML cannot be trusted.

    Parameters
    ----------
    content : bytes
        What `cleaned` gave.
    most_cells : int
        Up to this many cells, those that are empty may be counted too: it is quicker.

    Examples
    --------
    >>> extent(b'<row r="2"><c r="A2"><v>1</v></c><c r="AB2"><v>1</v></c></row>', 100)
    (2, 28)
    """
    columns = _PLAIN_COLUMN.findall(content)
    if len(columns) == sum(map(content.count, _CELL_STARTS)) and b":c" not in content:
        last_column = max(map(_column_number, set(columns)), default=0)
        last_row = max(map(int, set(_PLAIN_ROW.findall(content))), default=0)
        if last_row * last_column <= most_cells:
            return last_row, last_column
    return _exact_extent(content)


def _exact_extent(content: bytes) -> tuple[int, int] | None:
    """The same cell by cell: some have no reference, and some hold only a look."""
    tokens = _TOKEN.findall(content)
    if len(tokens) != len(_START.findall(content)):
        return None
    row = column = last_row = last_column = 0
    for token, attributes, closing in tokens:
        reference = _reference(attributes)
        if reference is None:
            return None
        letters, digits = reference
        if token == b"row":
            row, column = (_number(digits) if digits else row + 1), 0
            continue
        column = _column_number(letters) if letters else column + 1
        if not closing and not attributes.endswith(b"/"):
            last_row = max(last_row, _number(digits) if digits else row)
            last_column = max(last_column, column)
    return last_row, last_column


def _reference(attributes: bytes) -> tuple[bytes, bytes] | None:
    """Letters and digits of the attribute `r`, empty where there is none; None if it is odd."""
    values = [one or two for name, one, two in _ATTRIBUTE.findall(attributes) if name == b"r"]
    if not values:
        return b"", b""
    found = _REFERENCE.fullmatch(values[0]) if len(values) == 1 else None
    return (found[1], found[2]) if found else None


def _number(digits: bytes) -> int:
    return int(digits[:_MOST_DIGITS])


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters[:_MOST_DIGITS].upper():
        number = number * 26 + letter - 64
    return number
