"""Sentences that the workbook says, from one catalogue a language (Fluent, `data/messages/`).

A sentence is whole: one id, typed arguments, its plurals and choices in the catalogue. Only this
module knows Fluent; its runtime is old but small, and may be replaced here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TypeAlias

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal
from fluent.runtime import FluentBundle, FluentResource

from strategy_lib.core.resources import resource

ENGLISH = "en"
# British English writes days and lists as these pages do.
_LOCALES = {"en": "en_GB", "zh": "zh_Hans"}
_RIGHT_TO_LEFT = ("\u0590", "\u08ff")
_MILLION, _THOUSAND = 1_000_000, 1_000
_ROUGH_FROM = 100_000
# What is less is rounded to no million at all.
_SEEN_IN_MILLIONS = 50_000
_HALF = 0.5


@dataclass(frozen=True)
class Names:
    """Names that are listed, the first few of them.

    Attributes
    ----------
    names : sequence of str
        In the order in which they are said.
    most : int
        How many are named; of the others it is said how many they are.
    """

    names: Sequence[str]
    most: int = 3


@dataclass(frozen=True)
class Money:
    """An amount, rounded for a reader: to 0.1 million, below 100,000 to a thousand."""

    amount: float
    currency: str


@dataclass(frozen=True)
class MoneyRange:
    """From one amount to another, in one currency and one unit."""

    low: float
    high: float
    currency: str


@dataclass(frozen=True)
class Number:
    """A number that is not a count, with so many decimals at most."""

    value: float
    decimals: int = 1


Argument: TypeAlias = str | int | date | Names | Money | MoneyRange | Number


class Say:
    """What says a message in a language; call it with the message's id and arguments.

    Parameters
    ----------
    language : str
        Such as `fr`. A message that is not translated is said in English, as a whole; so is
        everything where the language has no catalogue.

    Raises
    ------
    KeyError
        If English has no such message.
    ValueError
        If an argument is missing, or the catalogue's pattern is broken.

    Examples
    --------
    >>> say = Say("en")
    >>> say("list-names", names=Names(["Kenya", "Peru", "Laos", "Chad", "Mali"]))
    'Kenya, Peru, Laos and 2 more'
    >>> say.money(Money(549_367, "EUR")), say.money(Money(48_200, "EUR"))
    ('EUR 0.5 million', 'EUR 48,000')
    """

    def __init__(self, language: str = ENGLISH) -> None:
        self.language = language if catalogue_files(language) else ENGLISH
        self._locale = Locale.parse(_LOCALES.get(self.language, self.language))

    def __call__(self, message: str, /, **arguments: Argument) -> str:
        """The message with this id, in words."""
        bundle = catalogue(self.language)
        if not bundle.has_message(message):
            bundle = catalogue(ENGLISH)
        found = bundle.get_message(message)
        if found.value is None:
            raise KeyError(message)
        given = {name: self._given(value) for name, value in arguments.items()}
        text, errors = bundle.format_pattern(found.value, given)
        if errors:
            raise ValueError(f"{message}: {'; '.join(map(str, errors))}")
        return _from_left(str(text))

    def day(self, day: date) -> str:
        """A day as it is written in the language, such as 1 November 2026."""
        return format_date(day, "long", self._locale)

    def names(self, names: Names) -> str:
        """Names as a list."""
        shown = list(names.names[: names.most])
        left = len(names.names) - len(shown)
        if left == 1:
            shown, left = list(names.names), 0
        listed = format_list(list(map(self._isolated, shown)), "standard", self._locale)
        if not left:
            return listed
        return self("list-more", names=", ".join(map(self._isolated, shown)), more=left)

    def number(self, value: float, decimals: int = 1) -> str:
        """A number with so many decimals at most."""
        # Added to nought, a nought from below loses its sign.
        return format_decimal(round(value, decimals) + 0.0, "#,##0." + "#" * decimals, self._locale)

    def times(self, share: float) -> str:
        """A share as times in 100; one that is rounded to none is under 1."""
        return self("under-one") if 0 < share <= _HALF else self.number(share, 0)

    def money(self, money: Money) -> str:
        """An amount with its currency."""
        return self("money", currency=money.currency, **self._amount(money.amount, money.amount))

    def money_range(self, money: MoneyRange) -> str:
        """Two amounts in one unit."""
        beside = money.high if abs(money.low) >= _SEEN_IN_MILLIONS else money.low
        low, high = (self._amount(v, beside) for v in (money.low, money.high))
        return self(
            "money-range",
            currency=money.currency,
            low=low["amount"],
            high=high["amount"],
            unit=high["unit"],
        )

    def _amount(self, amount: float, beside: float) -> dict[str, str]:
        if abs(beside) >= _ROUGH_FROM:
            return {"amount": self.number(amount / _MILLION, 1), "unit": "million"}
        step = _THOUSAND if abs(amount) >= _THOUSAND else 1
        return {"amount": self.number(round(amount / step) * step, 0), "unit": "one"}

    def _given(self, value: Argument) -> str | int:
        if isinstance(value, Names):
            return self.names(value)
        if isinstance(value, Money):
            return self.money(value)
        if isinstance(value, MoneyRange):
            return self.money_range(value)
        if isinstance(value, Number):
            return self.number(value.value, value.decimals)
        if isinstance(value, date):
            return self.day(value)
        return self._isolated(value) if isinstance(value, str) else int(value)

    def _isolated(self, text: str) -> str:
        """A name that is read from right to left, kept from turning what stands beside it."""
        low, high = _RIGHT_TO_LEFT
        return f"\u2068{text}\u2069" if any(low <= c <= high for c in text) else text


def _from_left(text: str) -> str:
    """A sentence that begins with a name from right to left is still read from the left."""
    is_more = text.startswith("\u2068") and text.find("\u2069") < len(text) - 1
    return f"\u200e{text}" if is_more else text


@cache
def catalogue(language: str) -> FluentBundle:
    """All messages of a language; none where it has no folder."""
    bundle = FluentBundle([_LOCALES.get(language, language).replace("_", "-")], use_isolating=False)
    for path in catalogue_files(language):
        bundle.add_resource(FluentResource(path.read_text(encoding="utf-8")))
    return bundle


def catalogue_files(language: str) -> list[Path]:
    """Files of a language's catalogue, one a chapter and one for what all of them say."""
    return sorted(resource("data", "messages").joinpath(language).glob("*.ftl"))


say = Say()
"""What says the messages of everything that is not in another language."""
