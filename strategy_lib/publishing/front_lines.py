"""One line for each chapter in the list at the end of the front page."""

from __future__ import annotations

from strategy_lib.editions.results import SavedChapter
from strategy_lib.plotting.theme import clean
from strategy_lib.publishing.front_options import OptionNames

MOST_WORDS = 15
_FEWEST_WORDS = 4
_ENDS = (". ", "; ", " (", ": ")


def chapter_line(
    saved: SavedChapter, question: str, called: OptionNames, *, is_above: bool = False
) -> str:
    """One line for a chapter: its finding where that is brief, else a count or what it asks.

    It has 15 words at most, unless the question is longer.

    Parameters
    ----------
    is_above : bool
        Whether question and options stand above the list: then a count of what is behind a line is
        enough, where there is one.
    """
    counted = _COUNTED.get(saved.number)
    count = counted(saved, called) if counted else ""
    if is_above and count:
        return count
    found = shortened(saved.bottom_line[0]) if saved.bottom_line else ""
    return found or count or clean(question)


def shortened(finding: object, most: int = MOST_WORDS) -> str:
    """A finding of at most `most` words, or its first part that says something by itself.

    Examples
    --------
    >>> shortened("The lead has changed: filings come first 55 times in 100, an office did.", 10)
    'The lead has changed.'
    >>> shortened("A finding that cannot be cut", 4)
    ''
    """
    said = " ".join(clean(finding).split())
    if len(said.split()) <= most:
        return said
    for end in _ENDS:
        part = said.partition(end)[0]
        if part != said and _FEWEST_WORDS <= len(part.split()) <= most:
            return f"{part}."
    return ""


def _who_answered(prepare: SavedChapter, called: OptionNames) -> str:
    without, total = _without_views(prepare)
    return f"{total - without} of {total} offices said how ready they are." if total else ""


def _not_known_before(mapping: SavedChapter, called: OptionNames) -> str:
    table = mapping.table("discovery", "n_not_known", "n_told")
    if table.empty or table.isna().to_numpy().any() or not table["n_told"].iloc[0]:
        return ""
    return (
        f"{int(table['n_not_known'].iloc[0])} of {int(table['n_told'].iloc[0])} activities "
        "were unknown centrally."
    )


def _led_before(annual: SavedChapter, called: OptionNames) -> str:
    table = annual.table("why_standing", "option", "before_pct", "now_pct")
    if table.empty or table["before_pct"].isna().all():
        return ""
    row = table.sort_values("before_pct", ascending=False, kind="stable").iloc[0]
    return f"{called.shown(row['option'])} led last time."


def _options_compared(presence: SavedChapter, called: OptionNames) -> str:
    compared, listed = len(presence.table("ranks", "option")), presence.table("freedom", "option")
    return f"{compared} of {len(listed)} options compared." if len(listed) else ""


def _options_tried(scenarios: SavedChapter, called: OptionNames) -> str:
    table = scenarios.table("kinds", "option")
    return f"{_counted(len(table), 'option')} tried." if len(table) else ""


def _partnerships_agreed(partners: SavedChapter, called: OptionNames) -> str:
    stages = partners.table("partnerships", "stage")["stage"]
    agreed = int(stages.isin(["agreed", "running"]).sum())
    return f"{agreed} of {_counted(len(stages), 'partnership')} agreed." if len(stages) else ""


def _projects_described(companies: SavedChapter, called: OptionNames) -> str:
    table = companies.table("projects", "project")
    return f"{_counted(len(table), 'project')} described." if len(table) else ""


def _signals_sent(watching: SavedChapter, called: OptionNames) -> str:
    signals = int(watching.table("signals_by_quarter", "signals")["signals"].sum())
    return f"{_counted(signals, 'signal')} sent." if signals else ""


def _actions_planned(brief: SavedChapter, called: OptionNames) -> str:
    table = brief.table("actions", "action")
    return f"{_counted(len(table), 'action')} planned." if len(table) else ""


def _counted(n: int, what: str) -> str:
    return f"{n} {what}" if n == 1 else f"{n} {what}s"


def _without_views(prepare: SavedChapter) -> tuple[int, int]:
    """In how many offices nobody has answered chapter 00, and of how many."""
    names = ["n_not_asked", "n_silent", "n_answered"]
    counts = prepare.table("answers_by_kind", *names)[names]
    if counts.empty or counts.isna().to_numpy().any():
        return 0, 0
    return int(counts[names[:2]].sum().sum()), int(counts.sum().sum())


_COUNTED = {
    "00": _who_answered,
    "01": _not_known_before,
    "02": _options_compared,
    "04": _options_tried,
    "05": _partnerships_agreed,
    "06": _projects_described,
    "07": _signals_sent,
    "08": _actions_planned,
    "09": _led_before,
}
