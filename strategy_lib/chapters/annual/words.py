"""What the comparison of two cycles rests on and may show, in notes."""

from __future__ import annotations

from strategy_lib.chapters.annual.context import Context
from strategy_lib.chapters.wording import joined
from strategy_lib.core.messages import say


def notes(context: Context, draws: int, seed: int, *, is_split: bool) -> tuple[str, ...]:
    """Which cycles are compared, what this edition shows, how changes were split."""
    edition, withheld = context.edition, context.now.restricted.withheld_count
    if context.before is None:
        return (say("annual-note-alone"),)
    before, now = map(str, context.years)
    unmade = edition.sees_everything and not context.saved_before
    has_small = context.lists_records and not edition.shows_people
    smallest = edition.smallest_group
    return joined(
        (
            say("annual-note-compared", now=now, before=before),
            say("annual-note-decides"),
            say("annual-note-split", draws=int(draws), seed=str(seed)) if is_split else "",
            say("annual-note-unmade", before=before) if unmade else "",
            "" if edition.sees_everything else say("annual-note-gone"),
            say("annual-note-people", fewest=str(context.fewest)) if has_small else "",
            say("annual-note-groups", smallest=str(smallest)) if smallest > 1 else "",
            say("note-withheld", records=int(withheld)) if withheld else "",
        )
    )


def unread(context: Context) -> tuple[str, ...]:
    """What of the earlier cycle's saved results could not be read, a sentence for each chapter."""
    return tuple(
        say("annual-note-unread", chapter=saved.number, year=context.years[0], what=saved.unread)
        for saved in context.saved_before.values()
        if saved.unread
    )


def ranking_unread(context: Context, fault: str) -> str:
    """That last cycle's ranking is not compared, and why."""
    return say("annual-note-unread-ranking", year=context.years[0], what=fault)
