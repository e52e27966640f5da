"""One line for each chapter in the list at the end of the front page."""

from __future__ import annotations

from strategy_lib.editions.results import SavedChapter
from strategy_lib.plotting.theme import clean

_LINE_WORDS = 15


def chapter_line(saved: SavedChapter, question: str) -> str:
    """One line for a chapter: what it found where it is short enough, else what it answers."""
    given = {"00": _who_answered, "01": _not_known_before, "09": _led_before}.get(saved.number)
    if given and (words := given(saved)):
        return words
    first = clean(saved.bottom_line[0]) if saved.bottom_line else ""
    return first if first and len(first.split()) <= _LINE_WORDS else clean(question)


def _who_answered(prepare: SavedChapter) -> str:
    without, total = _without_views(prepare)
    return f"{total - without} of {total} offices answered." if total else ""


def _not_known_before(mapping: SavedChapter) -> str:
    table = mapping.table("discovery", "n_not_known", "n_told")
    if table.empty or table.isna().to_numpy().any() or not table["n_told"].iloc[0]:
        return ""
    return (f"{int(table['n_not_known'].iloc[0])} of {int(table['n_told'].iloc[0])} activities "
            "were unknown centrally.")  # fmt: skip


def _led_before(annual: SavedChapter) -> str:
    table = annual.table("why_standing", "option", "before_pct", "now_pct")
    if table.empty or table["before_pct"].isna().all():
        return ""
    row = table.sort_values("before_pct", ascending=False, kind="stable").iloc[0]
    return f"{clean(row['option'])} led last time."


def _without_views(prepare: SavedChapter) -> tuple[int, int]:
    """In how many offices nobody has answered chapter 00, and of how many."""
    names = ["n_not_asked", "n_silent", "n_answered"]
    counts = prepare.table("answers_by_kind", *names)[names]
    if counts.empty or counts.isna().to_numpy().any():
        return 0, 0
    return int(counts[names[:2]].sum().sum()), int(counts.sum().sum())
