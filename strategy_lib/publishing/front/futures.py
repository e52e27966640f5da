"""How the options stood in the futures that were scored, as the front page says it."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from strategy_lib.core.messages import say
from strategy_lib.editions.results import SavedChapter
from strategy_lib.plotting.theme import clean
from strategy_lib.publishing.front.firm import plain_text
from strategy_lib.publishing.front.options import OptionNames, OptionTable


@dataclass(frozen=True)
class Future:
    """A scenario, and how many of the options fall short in it."""

    name: str
    falls_short: int
    of: int


@dataclass(frozen=True)
class Tried:
    """How an option stood in the futures.

    Attributes
    ----------
    is_held : bool or None
        Whether it is good enough in each; None where it was not tried in any.
    """

    is_held: bool | None
    found: str


def tried_futures(brief: SavedChapter) -> tuple[Future, ...]:
    """The futures that were scored, and in how many the options fall short."""
    scores = brief.table("scenario_scores")
    tried = _rows(brief)
    names = [column for column in scores.columns if column != "option"]
    fails = [_named(row.get("fails_in"), names) for row in tried]
    made = []
    for name in names:
        of = int(scores[name].notna().sum())
        made.append(Future(plain_text(name), sum(name in one for one in fails), of))
    return tuple(sorted(made, key=lambda future: -future.falls_short))


def tried_options(
    brief: SavedChapter,
    options: OptionTable | None,
    called: OptionNames,
    futures: Sequence[Future],
) -> Iterator[Tried]:
    """How the leading option, and each that means an answer, stood in the futures."""
    leads = clean(options.leads) if options else ""
    if not leads or not futures:
        return
    names = [future.name for future in futures]
    fails = {
        plain_text(row.get("option")).casefold(): _named(row.get("fails_in"), names)
        for row in _rows(brief)
    }
    for name in dict.fromkeys([leads, *called.answers]):
        own = (name.casefold(), called.strategic.get(name, name).casefold())
        found = next((fails[one] for one in own if one in fails), None)
        option = called.shown(name)
        if found is not None:
            worst = next((future.name for future in futures if future.name in found), "")
            said = say("front-future", option=option, short=len(found), worst=worst)
            yield Tried(not found, said)
        elif name == leads:
            yield Tried(None, say("front-untried", option=option))


def _named(said: object, names: Sequence[str]) -> list[str]:
    """Which of the names a list in words holds; a name may itself hold a comma or an "and"."""
    left, found = plain_text(said), []
    for name in sorted(names, key=len, reverse=True):
        if name in left:
            found.append(name)
            left = left.replace(name, "")
    return found


def _rows(brief: SavedChapter) -> list[Mapping[Hashable, Any]]:
    return list(brief.table("scenario_options").to_dict("records"))
