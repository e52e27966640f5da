"""The main part of chapter 03's page: the cases, or totals, or that there is nothing to show."""

from __future__ import annotations

from strategy_lib.chapters.page import Page
from strategy_lib.chapters.result import ChapterInputs, ChapterResult
from strategy_lib.chapters.speaking_out.case_page import cases_page
from strategy_lib.chapters.speaking_out.totals_page import protocol_sections, totals_page
from strategy_lib.core.messages import Say


def page(result: ChapterResult, given: ChapterInputs, say: Say) -> Page:
    """What a leader sees of chapter 03, from its saved tables.

    An edition that sees everything sees the cases. Another is told totals, where it may be, and
    what the protocol says of any case.
    """
    if len(result["board"]):
        return cases_page(result, given, say)
    if len(result["case_totals"]):
        return totals_page(result, given, say)
    if given.now.restricted.edition.sees_everything:
        return Page(say("speaking-to-begin"))
    return Page(say("speaking-nothing-shown"), sections=protocol_sections(result, say))
