"""One line for each chapter in the list at the end of the front page."""

from __future__ import annotations

from strategy_lib.chapters.registry import number_of
from strategy_lib.core.messages import say
from strategy_lib.editions.results import SavedChapter
from strategy_lib.plotting.theme import clean
from strategy_lib.publishing.front.options import OptionNames

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
    found = ended(shortened(saved.bottom_line[0])) if saved.bottom_line else ""
    return found or count or clean(question)


def ended(line: str) -> str:
    """A line that ends as a sentence does.

    Examples
    --------
    >>> ended("The lead has changed"), ended("到此为止"), ended("Done."), ended("")
    ('The lead has changed.', '到此为止。', 'Done.', '')
    """
    if not line or line[-1] in ".?!。？！":
        return line
    return line + ("。" if line[-1] > "\u2e80" else ".")


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
    if not total:
        return ""
    return say("front-line-prepare", answered=total - without, offices=total)


def _not_known_before(mapping: SavedChapter, called: OptionNames) -> str:
    table = mapping.table("discovery", "n_not_known", "n_told")
    if table.empty or table.isna().to_numpy().any() or not table["n_told"].iloc[0]:
        return ""
    unknown, told = (int(table[name].iloc[0]) for name in ("n_not_known", "n_told"))
    return say("front-line-mapping", unknown=unknown, told=told)


def _led_last_time(annual: SavedChapter, called: OptionNames) -> str:
    """The option that came first most often last time; empty where nothing is known of it."""
    table = annual.table("why_standing", "option", "before_pct", "now_pct")
    if table.empty or table["before_pct"].isna().all():
        return ""
    led = table.sort_values("before_pct", ascending=False, kind="stable")["option"].iloc[0]
    return say("front-line-annual", option=called.shown(led))


def _options_compared(presence: SavedChapter, called: OptionNames) -> str:
    compared, listed = len(presence.table("ranks", "option")), presence.table("freedom", "option")
    if listed.empty:
        return ""
    return say("front-line-presence", compared=compared, listed=len(listed))


def _options_tried(scenarios: SavedChapter, called: OptionNames) -> str:
    read = scenarios.table("read_options", "option", "good_pct", "fails_pct")
    if len(read):
        good = read[read["fails_pct"] == 0]
        share = say.times(float((good if len(good) else read)["good_pct"].max()))
        if len(good):
            return say("front-line-safe", good=len(good), tried=len(read), share=share)
        return say("front-line-unsafe", tried=len(read), share=share)
    table = scenarios.table("kinds", "option")
    return say("front-line-scenarios", tried=len(table)) if len(table) else ""


def _partnerships_agreed(partners: SavedChapter, called: OptionNames) -> str:
    stages = partners.table("partnerships", "stage")["stage"]
    agreed = int(stages.isin(["agreed", "running"]).sum())
    return say("front-line-partners", agreed=agreed, listed=len(stages)) if len(stages) else ""


def _projects_described(companies: SavedChapter, called: OptionNames) -> str:
    table = companies.table("projects", "project")
    return say("front-line-companies", projects=len(table)) if len(table) else ""


def _signals_sent(watching: SavedChapter, called: OptionNames) -> str:
    signals = int(watching.table("signals_by_quarter", "signals")["signals"].sum())
    return say("front-line-watching", signals=signals) if signals else ""


def _actions_planned(brief: SavedChapter, called: OptionNames) -> str:
    table = brief.table("actions", "action")
    return say("front-line-brief", actions=len(table)) if len(table) else ""


def _without_views(prepare: SavedChapter) -> tuple[int, int]:
    """In how many offices nobody has answered chapter 00, and of how many."""
    names = ["n_not_asked", "n_silent", "n_answered"]
    counts = prepare.table("answers_by_kind", *names)[names]
    if counts.empty or counts.isna().to_numpy().any():
        return 0, 0
    return int(counts[names[:2]].sum().sum()), int(counts.sum().sum())


_COUNTED = {
    number_of("prepare"): _who_answered,
    number_of("mapping"): _not_known_before,
    number_of("presence"): _options_compared,
    number_of("scenarios"): _options_tried,
    number_of("partners"): _partnerships_agreed,
    number_of("companies"): _projects_described,
    number_of("watching"): _signals_sent,
    number_of("brief"): _actions_planned,
    number_of("annual"): _led_last_time,
}
