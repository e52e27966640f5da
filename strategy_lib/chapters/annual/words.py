"""What the comparison of two cycles rests on and may show, in notes."""

from __future__ import annotations

from strategy_lib.chapters.annual.context import Context
from strategy_lib.chapters.wording import number

NO_BEFORE = "The workspace holds one cycle only; to compare needs the cycle before."


def notes(context: Context, draws: int, seed: int, *, is_split: bool) -> tuple[str, ...]:
    """Which cycles are compared, what this edition shows, how changes were split."""
    edition = context.now.restricted.edition
    if context.before is None:
        return (NO_BEFORE,)
    before, now = context.years
    said = [
        f"{now} is compared with {before}, both as this edition may show them.",
        "Nothing here says what to decide: it shows what moved, and what is due.",
    ]
    if is_split:
        said.append(
            f"The change of the ranking is split by what each change adds on average over the "
            f"orders in which the changes could have come (Shapley value; {draws:,} draws, seed "
            f"{seed}); the parts add up to the whole."
        )
    if context.edition.sees_everything and not context.saved_before:
        said.append(
            f"What each chapter said first in {before} is not set beside what it says now: the "
            f"pages of {before} are not made."
        )
    if not context.edition.sees_everything:
        said.append(
            "What was shown last year and is not there now is counted and not named: it may have "
            "been withheld since."
        )
    if context.lists_records and not edition.shows_people:
        said.append(
            f"This edition shows no single assessor's judgement, and no number of fewer than "
            f"{context.fewest} people."
        )
    if edition.smallest_group > 1:
        said.append(
            f"This edition counts no group of fewer than {edition.smallest_group} and lists no "
            "single record."
        )
    if context.now.restricted.withheld_count:
        count = context.now.restricted.withheld_count
        withheld = number(count, "record was", "records were")
        said.append(f"{withheld} withheld before anything was computed.")
    return tuple(said)


def unread(context: Context) -> tuple[str, ...]:
    """What of the earlier cycle's saved results could not be read, a sentence for each chapter."""
    return tuple(
        f"What chapter {saved.number} saved {_then(context)} is not compared: {saved.unread}."
        for saved in context.saved_before.values()
        if saved.unread
    )


def ranking_unread(context: Context, fault: str) -> str:
    """That last cycle's ranking is not compared, and why."""
    return f"The ranking that chapter 02 saved {_then(context)} is not compared: {fault}."


def _then(context: Context) -> str:
    return f"in {context.years[0]}" if context.before else "last time"
