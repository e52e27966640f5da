"""Cells -> typed values; a cell that cannot be used says what was found and what is allowed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from strategy_lib.schema.cell_faults import NOTHING, Converted, Fault, refused
from strategy_lib.schema.codebook import COUNTRIES, TONGUES, Codebook, codebook
from strategy_lib.schema.contacts import holds_contact
from strategy_lib.schema.dates import to_date
from strategy_lib.schema.form_texts import said_in_forms
from strategy_lib.schema.levels import to_level
from strategy_lib.schema.limits import LIMITS, Limits
from strategy_lib.schema.numbers import to_number
from strategy_lib.schema.schema import Field
from strategy_lib.schema.text import UNCALCULATED, cell_text, loose_key, plain_text

Convert = Callable[[Any], Converted]
_YES = (
    *("yes", "y", "true", "t", "1", "x"),
    *("oui", "o", "vrai"),
    *("sí", "si", "s", "verdadero"),
    *("是", "有"),
)
_NO = ("no", "n", "false", "f", "0", "non", "faux", "falso", "否", "无", "没有", "不是")
_FORMULA_ERROR = re.compile(
    r"#(?:REF|DIV/0|NAME|NULL|NUM|VALUE|SPILL|CALC|N/A|FIELD|CONNECT|BLOCKED|UNKNOWN|BUSY|PYTHON)"
    r"[!?]?|Err:\d{3}"
)
# Written where there is nothing to write; in a free text it may mean something.
_NOTHING_WORDS = frozenset(("", "-", "--", "–", "—", "n/a", "n.a.", "/"))
_END_FIELDS = frozenset(("end_date", "closed_date"))
_LONGEST_CODES = 500
_MOST_HINTS = 2_000
_MOST_CACHED = 50_000
_CACHED_LENGTH = 80


@dataclass(frozen=True)
class Converter:
    """Cells of one field -> values; the same cell is converted once."""

    convert: Convert
    _known: dict[tuple[type, Any], Converted] = field(default_factory=dict, repr=False)

    def __call__(self, cell: Any) -> Converted:
        """Convert one cell, whatever it holds."""
        key = (cell.__class__, cell)
        known = self._known.get(key)
        if known is None:
            known = self.convert(cell)
            is_long = isinstance(cell, str) and len(cell) > _CACHED_LENGTH
            if not is_long and len(self._known) < _MOST_CACHED:
                self._known[key] = known
        return known


def converter(
    item: Field,
    language: str = "en",
    place_names: Mapping[str, str] | None = None,
    limits: Limits = LIMITS,
) -> Converter:
    """How cells of one field become values.

    Examples
    --------
    >>> from strategy_lib.schema.schema import table_schema
    >>> stance = converter(table_schema("activities")["stance"])
    >>> stance(" Crítica ").value, stance("critcal").fault.nearest
    ('critical', 'Critical')
    """
    book = None
    if item.codes:
        names = tuple(sorted((place_names or {}).items())) if item.codes == COUNTRIES else ()
        book = codebook(item.codes, language, names)
    typed = _typed(item, book, language)
    is_free_text = item.type in ("string", "list") and not item.codes

    def convert(cell: Any) -> Converted:
        text = cell_text(cell)
        # Where any text is a value, nothing but spaces counts as nothing.
        if not text or (text.casefold() in _NOTHING_WORDS and not is_free_text):
            return NOTHING
        return _common_fault(text, limits) or typed(cell)

    return Converter(convert)


def _common_fault(text: str, limits: Limits) -> Converted | None:
    if text == UNCALCULATED:
        advice = "the formula has no stored result: open the file, save it and send it again"
        return Converted(None, Fault("formula_error", advice, "a formula"))
    if text[0] in "#E" and _FORMULA_ERROR.fullmatch(text):
        return refused("formula_error", text, "the formula fails; write the value itself")
    if len(text) > limits.text:
        advice = f"shorten it to {limits.text:,} characters; {len(text):,} stand there"
        return refused("too_long", text, advice, f"up to {limits.text:,} characters")
    return None


def _typed(item: Field, book: Codebook | None, language: str) -> Convert:
    if item.type == "date":
        return lambda cell: to_date(cell, is_end=item.name in _END_FIELDS)
    if item.type == "integer":
        return to_level(item, language)
    if item.type == "number":
        return lambda cell: to_number(cell, item)
    if item.type == "boolean":
        return to_boolean
    if item.type == "list":
        return _to_codes(book) if book else _to_texts
    return _to_code(book) if book else _to_text(item)


@cache
def _booleans() -> Mapping[str, bool]:
    """Words for yes and no: those that people type, and those that forms offer in each language."""
    typed = {loose_key(w): True for w in _YES} | {loose_key(w): False for w in _NO}
    return typed | {key: name == "yes" for key, name in said_in_forms("yes", "no").items()}


def to_boolean(cell: Any) -> Converted:
    """Yes or no, in any language of the forms.

    Examples
    --------
    >>> to_boolean("Sí").value, to_boolean("否").value, to_boolean(0.0).value
    (True, False, False)
    """
    value = _booleans().get(loose_key(cell_text(cell)))
    if value is None:
        return refused("wrong_boolean", cell, "use yes or no", "yes, no")
    return Converted(value)


def _to_code(book: Codebook) -> Convert:
    unknown = _unknown_in(book)

    def convert(cell: Any) -> Converted:
        text = cell_text(cell)
        if isinstance(cell, bool) and {"yes", "no"} <= book.keys.keys():
            text = "yes" if cell else "no"
        code = book.find(text)
        return unknown(text) if code is None else Converted(code)

    return convert


def _unknown_in(book: Codebook) -> Callable[[str], Converted]:
    """What to say of a text that is no code; after very many without the nearest, to save time."""
    allowed = book.allowed
    advice = f"use {'' if book.name in (COUNTRIES, TONGUES) else 'one of '}{allowed}"
    hints = iter(range(_MOST_HINTS))

    def unknown(text: str) -> Converted:
        nearest = "" if next(hints, None) is None else book.nearest(text)
        return refused("unknown_code", text, advice, allowed, book.shown.get(nearest, ""))

    return unknown


def _to_codes(book: Codebook) -> Convert:
    unknown = _unknown_in(book)

    def convert(cell: Any) -> Converted:
        text = cell_text(cell)
        codes = book.split(text) if len(text) <= _LONGEST_CODES else None
        if codes is None:
            pieces = [p.strip() for p in re.split(r"[;；\n]", text) if p.strip()]
            wrong = next((p for p in pieces if book.find(p) is None), text)
            return unknown(wrong)
        return Converted(tuple(dict.fromkeys(codes)))

    return convert


def _to_texts(cell: Any) -> Converted:
    pieces = (piece.strip() for piece in re.split(r"[;；\n]", cell_text(cell)))
    texts = tuple(dict.fromkeys(piece for piece in pieces if piece))
    return Converted(texts or None, _personal(texts))


def _to_text(item: Field) -> Convert:
    is_reference = item.refers_to is not None and not item.is_weak
    pattern = re.compile(item.pattern) if item.pattern and not is_reference else None
    is_code = item.pattern is not None

    def convert(cell: Any) -> Converted:
        text = cell_text(cell)
        text = plain_text(unicodedata.normalize("NFKC", text)) if is_code else text
        if pattern and not pattern.fullmatch(text):
            allowed = "letters, digits, full stop, hyphen and underscore, without spaces"
            return refused("wrong_format", cell, f"use {allowed}", allowed)
        return Converted(text, None if is_code else _personal((text,)))

    return convert


def _personal(texts: tuple[str, ...]) -> Fault | None:
    if not any(map(holds_contact, texts)):
        return None
    message = (
        "this text seems to hold an e-mail address or a telephone number; "
        "take it out unless everybody may know it: a role is enough"
    )
    return Fault("personal_data", message, severity="warning")
