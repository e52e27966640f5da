"""How the options stood in the futures that were scored, as the front page says it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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
    short = brief.table("scenario_falls_short", "option", "scenario")["scenario"].value_counts()
    made = [
        Future(plain_text(name), int(short.get(name, 0)), int(scores[name].notna().sum()))
        for name in scores.columns
        if name != "option"
    ]
    return tuple(sorted(made, key=lambda future: -future.falls_short))


def tried_options(
    brief: SavedChapter, options: OptionTable | None, called: OptionNames, futures: Sequence[Future]
) -> Iterator[Tried]:
    """How the leading option, and each that means an answer, stood in the futures."""
    leads = clean(options.leads) if options else ""
    if not leads or not futures:
        return
    tried = brief.table("scenario_options", "option")["option"]
    fails: dict[str, list[str]] = {plain_text(option).casefold(): [] for option in tried}
    for row in brief.table("scenario_falls_short", "option", "scenario").itertuples(index=False):
        fails.setdefault(plain_text(row.option).casefold(), []).append(plain_text(row.scenario))
    for name in dict.fromkeys([leads, *called.answers]):
        own = (name.casefold(), called.strategic.get(name, name).casefold())
        found = next((fails[one] for one in own if one in fails), None)
        option = called.shown(name)
        if found is not None:
            short = [future.name for future in futures if future.name in found]
            said = say("front-future", option=option, short=len(short), worst=[*short, ""][0])
            yield Tried(not short, said)
        elif name == leads:
            yield Tried(None, say("front-untried", option=option, tried=len(tried)))
