"""Text files with separated values: in which encoding, with which separator."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from functools import cache

from strategy_lib.inputs.files.kinds import not_a_table
from strategy_lib.inputs.files.rawsheets import RawFile, RawSheet, Refusal
from strategy_lib.schema.limits import Limits
from strategy_lib.schema.schema import schemas
from strategy_lib.schema.text import Row, loose_key

SEPARATORS = (",", ";", "\t", "|")
_BOMS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_HIGH_BYTES = re.compile(rb"[\x80-\xff]+")
# The first bytes of GB 2312's punctuation and of its 3755 commonest characters.
_COMMON_PAIR = re.compile(rb"[\xa1-\xa9\xb0-\xd7][\xa1-\xfe]")
_SAMPLE = 20
# Some programs leave a zero byte in a text; many of them are another kind of file.
_LEAST_PER_ZERO = 20
_TOLD = {
    "gb18030": "was read as Chinese text in GB18030",
    "cp1252": "was read as western European text (Windows-1252)",
    "utf-16-le": "was read as UTF-16",
    "utf-16-be": "was read as UTF-16",
}


def read_text(data: bytes, file: str, limits: Limits) -> RawFile:
    """Read a text file as one sheet."""
    encoding = find_encoding(data)
    if encoding is None:
        return RawFile("text", refusals=(not_a_table(file, "no text that can be read"),))
    text = data.decode(encoding)
    separator, text = _separator(text)
    rows, broken_row = _read_rows(text, separator, limits)
    if broken_row:
        message = "a quotation mark is opened in this row and not closed; look for a stray one"
        return RawFile("csv", refusals=(Refusal("broken_csv", message, row=broken_row),))
    if rows is None:
        message = "holds more cells than the workbook reads"
        allowed = f"up to {limits.cells:,} cells"
        return RawFile("csv", refusals=(Refusal("too_many_cells", message, allowed=allowed),))
    return RawFile("csv", (RawSheet("", rows),), tuple(_told(encoding)))


def _told(encoding: str) -> Iterator[Refusal]:
    if encoding in _TOLD:
        advice = "if letters look wrong, save it as CSV UTF-8"
        yield Refusal("encoding", f"{_TOLD[encoding]}; {advice}", "warning", found=encoding)


def find_encoding(data: bytes) -> str | None:
    """Name of the encoding that a text file is in, or None where it holds no text.

    A byte order mark decides; then what can only be UTF-8 or UTF-16; then what Chinese text looks
    like in GB18030; what is left is taken for Windows-1252.

    Examples
    --------
    >>> find_encoding("unit;Übung".encode("cp1252")), find_encoding("单位;活动".encode("gb18030"))
    ('cp1252', 'gb18030')
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return encoding if _decodes(data, encoding) else None
    if b"\x00" in data:
        is_stray = data.count(0) * _LEAST_PER_ZERO < len(data) and _decodes(data, "utf-8")
        # UTF-16 is hardly ever valid UTF-8; text with a stray zero byte may well be valid UTF-16.
        return "utf-8" if is_stray else _utf_16_without_bom(data)
    if _decodes(data, "utf-8"):
        return "utf-8"
    if _looks_chinese(data) and _decodes(data, "gb18030"):
        return "gb18030"
    return "cp1252" if _decodes(data, "cp1252") else None


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeError:
        return False
    return True


def _utf_16_without_bom(data: bytes) -> str | None:
    """Line ends and separators are ASCII in any language: their zero bytes give the order away."""
    signs = (b"\n", b"\r", b",", b";", b"\t")
    little = sum(data[0::2].count(s) for s in signs if (s + b"\x00") in data)
    big = sum(data[1::2].count(s) for s in signs if (b"\x00" + s) in data)
    encoding = "utf-16-le" if little >= big else "utf-16-be"
    if len(data) % 2 or not _decodes(data, encoding):
        return None
    text = data[: 1 << 16].decode(encoding, "ignore")
    return encoding if "\x00" not in text and any(s in text for s in "\n\r,;\t") else None


def _looks_chinese(data: bytes) -> bool:
    """In GB18030 high bytes come in pairs, mostly of common characters; in the west, alone."""
    runs = _HIGH_BYTES.findall(data)
    high = sum(map(len, runs))
    pairs = sum(len(_COMMON_PAIR.findall(run)) for run in runs if len(run) % 2 == 0)
    return 2 * pairs > 0.6 * high


def _separator(text: str) -> tuple[str, str]:
    """The separator, and the text without the line by which Excel is told of it and hides."""
    first, _, rest = text.partition("\n")
    told = re.fullmatch(r"sep=(.)\r?", first.strip("\ufeff"), re.IGNORECASE)
    if told:
        return told[1], rest
    return max(SEPARATORS, key=lambda sign: _score(text[: 1 << 16], sign)), text


def _score(sample: str, separator: str) -> tuple[int, int, int]:
    """How well a separator explains the first lines: headings known, lines of equal length."""
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(sample, newline=""), delimiter=separator):
            rows.append(row)
            if len(rows) == _SAMPLE:
                break
    except csv.Error:
        return 0, 0, 0
    filled = [row for row in rows if any(row)]
    widths = [len(row) for row in filled if len(row) > 1]
    known = max((_known_headings(row) for row in filled), default=0)
    return known, widths.count(max(widths, key=widths.count)) if widths else 0, sum(widths)


def _known_headings(row: Iterable[str]) -> int:
    known = _all_heading_keys()
    return len({key for cell in row if (key := loose_key(cell[:200])) in known})


@cache
def _all_heading_keys() -> frozenset[str]:
    fields = (f for schema in schemas().values() for f in schema.fields)
    return frozenset(loose_key(text) for f in fields for text in (f.name, *f.titles.values()))


def _read_rows(text: str, separator: str, limits: Limits) -> tuple[list[Row] | None, int]:
    """Rows, or none where there are too many cells; and the row in which a quotation stays open."""
    rows: list[Row] = []
    cells = 0
    try:
        for row in _reader(text, separator):
            rows.append(row)
            cells += len(row)
            if cells > limits.cells:
                return None, 0
    except csv.Error:
        return rows, len(rows) + 1
    return rows, 0


def _reader(text: str, separator: str) -> Iterator[list[str]]:
    """Rows by the strict rules if the text keeps them, else as spreadsheet programs take them."""
    try:
        for _ in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            pass
        is_strict = True
    except csv.Error as error:
        is_strict = "unexpected end" in str(error)
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=is_strict)
