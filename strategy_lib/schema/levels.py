"""Levels as people write them: the number, the number with its label, or the label alone.

What each level is called stands in the field's description, which is the grey row of the form:
`0 none, 1 basic, 2 works with help`. Nothing else is taken for a label.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from strategy_lib.schema.cell_faults import Converted, refused
from strategy_lib.schema.numbers import allowed_numbers, to_number
from strategy_lib.schema.schema import LANGUAGES, Field
from strategy_lib.schema.text import cell_text, loose_key

# A number and what follows it, to the end of the sentence or the next number.
_LEVEL = re.compile(r"(-?\d+)\s*[:：]?\s*([^\d.。]*[^\d.。\s,;，；、:：-])")
_FIRST_PART = re.compile(r"[^,;:，；：]+")
_NUMBERED = re.compile(r"([+-]?\d{1,3})(\D.*)", re.DOTALL)
_LONGEST = 200


@dataclass(frozen=True)
class Levels:
    """What the levels of a field are called; empty where its description names none.

    Attributes
    ----------
    keys : mapping of str to set of int
        `loose_key` of a label in any language -> the levels that are called so.
    names : mapping of int to str
        Level -> what it is called in the language asked for, in short.
    """

    keys: Mapping[str, frozenset[int]]
    names: Mapping[int, str]

    def told(self, level: int) -> str:
        """A level with its label, in words."""
        name = self.names.get(level)
        return f'{level} is "{name}"' if name else f"{level} is no level"


def levels_of(item: Field, language: str = "en") -> Levels:
    """What the levels of a field are called in its description.

    Examples
    --------
    >>> from strategy_lib.schema.schema import table_schema
    >>> levels_of(table_schema("capacities")["level"], "fr").names[1]
    'de base'
    >>> levels_of(table_schema("activities")["contact_people"]).names
    {}
    """
    keys: dict[str, set[int]] = {}
    for spoken in LANGUAGES:
        for level, label in _described(item, spoken).items():
            for text in (label, _short(label)):
                keys.setdefault(loose_key(text), set()).add(level)
    names = {level: _short(label) for level, label in _described(item, language).items()}
    return Levels({key: frozenset(levels) for key, levels in keys.items()}, names)


def _described(item: Field, language: str) -> dict[int, str]:
    """Level -> label, where a description names levels upwards from the lowest to the highest."""
    found = [(int(n), label) for n, label in _LEVEL.findall(item.description(language))]
    numbers = [number for number, _ in found]
    if len(numbers) < 2 or numbers != sorted(set(numbers)):
        return {}
    ends = (item.minimum, item.maximum)
    is_whole = all(e in (None, n) for e, n in zip(ends, (numbers[0], numbers[-1]), strict=True))
    return dict(found) if is_whole else {}


def _short(label: str) -> str:
    found = _FIRST_PART.match(label)
    return found[0].strip() if found else label


def to_level(item: Field, language: str = "en") -> Callable[[Any], Converted]:
    """How cells of a field of whole numbers become values.

    Parameters
    ----------
    language : str
        Language in which levels are named where number and label do not fit each other.

    Examples
    --------
    >>> from strategy_lib.schema.schema import table_schema
    >>> level = to_level(table_schema("readiness")["level"])
    >>> level("2 - Begun").value, level("En place").value, level(4).value
    (2, 3, 4)
    >>> level("2 Routine").fault.message
    'found "2 Routine"; 2 is "begun", 4 is "routine": write the number alone'
    """
    levels = levels_of(item, language)

    def convert(cell: Any) -> Converted:
        done = to_number(cell, item)
        if done.fault is None or done.fault.kind != "wrong_number" or not isinstance(cell, str):
            return done
        return _labelled(cell, levels, allowed_numbers(item)) or done

    return convert if levels.keys else lambda cell: to_number(cell, item)


def _labelled(cell: str, levels: Levels, allowed: str) -> Converted | None:
    """A level with its label, or by its label alone; None where no label stands there."""
    text = unicodedata.normalize("NFKC", cell_text(cell)).replace("\u2212", "-")
    if len(text) > _LONGEST:
        return None
    numbered = _NUMBERED.fullmatch(text)
    meant = levels.keys.get(loose_key(numbered[2] if numbered else text), frozenset())
    if numbered is None:
        return Converted(min(meant)) if len(meant) == 1 else None
    number = int(numbered[1])
    if not meant or number in meant:
        return Converted(number) if meant else None
    both = ", ".join(levels.told(level) for level in (number, *sorted(meant)))
    return refused("ambiguous_number", cell, f"{both}: write the number alone", allowed)
