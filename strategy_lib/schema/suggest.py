"""The allowed value that is most like what somebody wrote."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rapidfuzz import fuzz, process

from strategy_lib.schema.text import loose_key

_LIKE_ENOUGH = 60.0
# Beyond this nobody has mistyped a code; and comparing costs time that hostile cells would buy.
_LONGEST = 80


def nearest(text: str, allowed: Iterable[str]) -> str:
    """The allowed value most like `text`, or an empty text where none is like it.

    Examples
    --------
    >>> nearest("critcal", ["constructive", "critical", "neutral"])
    'critical'
    >>> nearest("bicycle", ["kenya", "zambia"])
    ''
    """
    return nearest_of(text, {loose_key(value): value for value in allowed})


def nearest_of(text: str, values: Mapping[str, str], least: float = _LIKE_ENOUGH) -> str:
    """The value whose key (see `loose_key`) is like `text` by `least` (0-100) or more, the most."""
    key = loose_key(text[:_LONGEST])
    if not key:
        return ""
    found = process.extractOne(
        key, list(values), scorer=fuzz.ratio, score_cutoff=least, processor=None
    )
    return values[found[0]] if found else ""
