"""The text of a cell: as a person reads it, and as it is compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

Row = Sequence[Any]

UNCALCULATED = "#NOT CALCULATED"

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")

# Signs without width, and those that turn the direction of writing round, hide what stands there.
_INVISIBLE = re.compile("[\u00ad\u200b\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")


_SPACES = re.compile("[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")

_SURROGATE = re.compile("[\ud800-\udfff]")

_LONGEST_KNOWN = 200

_NOT_PLAIN = re.compile(r"[^\x20-\x7e]|  ")

# Spreadsheet programs take a text that begins so for a formula; the wide forms too, in Chinese and
# Japanese editions of Excel.
_FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\n]")
_NEVER_IN_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


def plain_text(text: str) -> str:
    """A text without control and invisible characters, with ordinary spaces and composed accents.

    Line breaks stay; letters of full width stay, as they are ordinary in Chinese.

    Examples
    --------
    >>> plain_text("  Café\\u00a0 de\\u200b Paris\\x07 ")
    'Café de Paris'
    """
    text = text.strip()
    if not _NOT_PLAIN.search(text):
        return text
    text = _CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _SURROGATE.sub("\ufffd", _INVISIBLE.sub("", text))
    return unicodedata.normalize("NFC", _SPACES.sub(" ", text)).strip()


def cell_text(cell: Any) -> str:
    """A cell as a person would read it.

    Examples
    --------
    >>> cell_text(2.0), cell_text(True), cell_text(date(2024, 5, 1))
    ('2', 'TRUE', '2024-05-01')
    """
    if isinstance(cell, str):
        return plain_text(cell)
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return f"{cell:.15g}"
    if isinstance(cell, datetime):
        return cell.isoformat(" ")
    if isinstance(cell, date | time | int):
        return str(cell)
    return str(cell) if isinstance(cell, timedelta) else plain_text(str(cell))


def loose_key(text: str) -> str:
    """A heading, code or label without case, accents, spaces, underscores and punctuation.

    Examples
    --------
    >>> loose_key("  Début_de l'Activité * ") == loose_key("debut de l activite")
    True
    """
    return _known_key(text) if len(text) <= _LONGEST_KNOWN else _key(text)


@lru_cache(maxsize=32768)
def _known_key(text: str) -> str:
    return _key(text)


def _key(text: str) -> str:
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return "".join(c for c in folded if c.isalnum())


def is_blank(cell: Any) -> bool:
    """Whether nothing stands in a cell that a person could see."""
    return cell is None or (isinstance(cell, str) and not (cell and plain_text(cell)))


def shortened(text: str, limit: int = 60) -> str:
    """A text on one line of at most `limit` characters."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def safe_text(text: str) -> str:
    """A text that no spreadsheet program takes for a formula.

    Examples
    --------
    >>> safe_text("@SUM(A1)"), safe_text("Kenya")
    ("'@SUM(A1)", 'Kenya')
    """
    # A bare carriage return would begin a new row, and with it a cell that was not looked at.
    kept = _NEVER_IN_TEXT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return f"'{kept}" if _FORMULA.match(kept) else kept
