"""The main part of chapter 01's page: where exposed countries show nothing, and how sure it is."""

from __future__ import annotations

import pandas as pd

from strategy_lib.chapters.mapping.page_map import map_picture
from strategy_lib.chapters.mapping.page_sections import sections
from strategy_lib.chapters.mapping.page_view import View
from strategy_lib.chapters.page import Page
from strategy_lib.chapters.result import ChapterInputs, ChapterResult
from strategy_lib.core.messages import Names, Say
from strategy_lib.inputs.checks.answers import SILENT

# A share of fewer is said as a count alone.
FEWEST_OF_A_SHARE = 20
MOST_SILENT = 2


def page(result: ChapterResult, given: ChapterInputs, say: Say) -> Page:
    """What a leader sees of chapter 01, from its saved tables."""
    view = View(result, given, say)
    if not view.has_activities and not view.answered:
        return Page(_nothing(view), answered=_offices(view))
    said = (_offices(view), _unknown(view), _bounds(view))
    return Page(
        _finding(view),
        tuple(filter(None, said)),
        map_picture(view),
        tuple(sections(view)),
        answered=said[0],
    )


def _nothing(view: View) -> str:
    if not view.sees_offices:
        return view.say("mapping-nothing-shown")
    if not view.offices:
        return view.say("mapping-begin")
    return view.say("mapping-finding-nobody", offices=view.offices)


def _finding(view: View) -> str:
    if not view.exposed:
        counts = view.countries["n_activities"].fillna(0)
        return view.say(
            "mapping-finding-no-facts",
            activities=int(counts.sum()),
            countries=int((counts > 0).sum()),
        )
    if view.gaps.empty:
        return view.say("mapping-finding-no-gap", exposed=view.exposed)
    sees = "all" if view.withholds_nothing else "part"
    return view.say("mapping-finding-gaps", gaps=len(view.gaps), exposed=view.exposed, sees=sees)


def _offices(view: View) -> str:
    if not view.offices:
        return ""
    counts = {"offices": view.offices, "nothing": view.nothing}
    if not view.silent:
        return view.say("mapping-offices-all", **counts)
    who = view.result["answers"]
    silent = sorted(who.loc[who["answer"] == SILENT, "unit"])
    if not silent:
        return view.say("mapping-offices-counted", answered=view.answered, **counts)
    return view.say(
        "mapping-offices-some",
        answered=view.answered,
        sees="all" if view.withholds_nothing else "part",
        silent=Names(silent, MOST_SILENT),
        **counts,
    )


def _unknown(view: View) -> str:
    known = view.result["discovery"].iloc[0]
    if known.isna().any():
        return ""
    told, unknown, open_ = (int(known[n]) for n in ("n_told", "n_not_known", "n_not_said"))
    if not told:
        return view.say("mapping-unknown-not-said", open=open_) if open_ else ""
    tenths = round(10 * unknown / told) if told >= FEWEST_OF_A_SHARE else 0
    return view.say("mapping-unknown", unknown=unknown, told=told, open=open_, tenths=tenths % 10)


def _bounds(view: View) -> str:
    bounds: pd.DataFrame = view.result["silence"]
    if bounds.empty or not (view.silent or view.is_incomplete):
        return ""
    why = "both" if view.silent and view.is_incomplete else "silent" if view.silent else "away"
    low, high = (round(bounds.iloc[0][name]) for name in ("low_pct", "high_pct"))
    return view.say("mapping-bounds", why=why, low=low, high=high, silent=view.silent)
