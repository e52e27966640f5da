"""What may stand in a settings file: each value held against its rule, every problem collected."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Protocol

# What no line of a page can show, and what turns the direction of the text around it.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_LONGEST_SHOWN = 60


class Rule(Protocol):
    """What a value must be."""

    @property
    def allowed(self) -> str:
        """The rule in words, such as "a whole number from 1 to 20"."""

    def fits(self, value: Any) -> bool:
        """Whether a value is allowed."""


@dataclass(frozen=True)
class Text:
    """A text of one line.

    Attributes
    ----------
    pattern, words : str
        What it must match as a whole, where not everything is allowed, and the same in words.
    """

    longest: int = 200
    pattern: str = ""
    words: str = ""

    @property
    def allowed(self) -> str:
        """The rule in words."""
        return self.words or f"a text in quotes, of 1 to {self.longest} characters in one line"

    def fits(self, value: Any) -> bool:
        """Whether a value is allowed."""
        if not isinstance(value, str) or not value.strip() or len(value) > self.longest:
            return False
        is_plain = _UNSEEN.search(value) is None
        return is_plain and (not self.pattern or re.fullmatch(self.pattern, value) is not None)


@dataclass(frozen=True)
class Choice:
    """One of some words."""

    of: Sequence[str]

    @property
    def allowed(self) -> str:
        """The rule in words."""
        return f"one of: {', '.join(self.of)}"

    def fits(self, value: Any) -> bool:
        """Whether a value is allowed."""
        return isinstance(value, str) and value in self.of


@dataclass(frozen=True)
class Number:
    """A number within limits; not a number at all (`nan`) lies within none."""

    low: float
    high: float
    is_whole: bool = False

    @property
    def allowed(self) -> str:
        """The rule in words."""
        what = "a whole number" if self.is_whole else "a number"
        return f"{what} from {self.low:,.16g} to {self.high:,.16g}"

    def fits(self, value: Any) -> bool:
        """Whether a value is allowed."""
        kinds = (int,) if self.is_whole else (int, float)
        is_number = isinstance(value, kinds) and not isinstance(value, bool)
        return is_number and self.low <= value <= self.high


@dataclass(frozen=True)
class Year:
    """A year, or a day of one: what can be reckoned with, and is no slip of the hand."""

    first: int = 1900
    last: int = 2199
    is_day: bool = False

    @property
    def allowed(self) -> str:
        """The rule in words."""
        what = "a date such as 2026-11-01, of the years" if self.is_day else "a whole number"
        return f"{what} {'' if self.is_day else 'from '}{self.first} to {self.last}"

    def fits(self, value: Any) -> bool:
        """Whether a value is allowed."""
        if self.is_day:
            is_day = isinstance(value, date) and not isinstance(value, datetime)
            return is_day and self.first <= value.year <= self.last
        return Number(self.first, self.last, is_whole=True).fits(value)


@dataclass(frozen=True)
class Kind:
    """A value of a kind, whatever it says: true or false, a list, a section."""

    kind: type
    allowed: str

    def fits(self, value: Any) -> bool:
        """Whether a value is allowed."""
        return isinstance(value, self.kind)


TRUTH = Kind(bool, "true or false")
LIST = Kind(list, 'a list such as ["one", "two"]')
SECTION = Kind(dict, 'a section such as { "one" = "two" }')


class Reader:
    """Collects every problem of one settings file, so that all are told at once."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problems: list[str] = []

    def say(self, where: str, text: str) -> None:
        """Note a problem of one section."""
        self.problems.append(f"[{where}] {text}")

    def section(self, where: str, content: Any, rules: Mapping[str, Rule]) -> dict[str, Any]:
        """Known keys of one section with values that are allowed; the rest is a problem."""
        if not isinstance(content, dict):
            self.say(where, f"must be a section, found {shown(content)}")
            return {}
        good = {}
        for key, value in content.items():
            if key not in rules:
                self.unknown(where, key, list(rules))
            elif rules[key].fits(value):
                good[key] = value
            else:
                self.say(where, f"{key} = {shown(value)}: must be {rules[key].allowed}")
        return good

    def pairs(self, where: str, content: Mapping[str, Any], rule: Rule) -> dict[str, Any]:
        """Those pairs of a section with keys of any name whose values are allowed."""
        return self.section(where, dict(content), dict.fromkeys(content, rule))

    def choices(self, where: str, content: Sequence[Any], of: Sequence[str]) -> tuple[str, ...]:
        """Those words of a list that are allowed."""
        for found in content:
            if found not in of:
                self.unknown(where, found, list(of))
        return tuple(found for found in content if found in of)

    def unknown(self, where: str, found: Any, allowed: list[str]) -> None:
        """Note a word that is not known, with the one most like it."""
        near = get_close_matches(found, allowed, 1) if isinstance(found, str) else []
        hint = f" (did you mean {near[0]}?)" if near else ""
        self.say(where, f"{shown(found)} is not known{hint}; allowed: {', '.join(allowed)}")


def shown(value: Any) -> str:
    """A value as a message quotes it: in one line, and not longer than that line."""
    text = repr(value)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 1]}…"
