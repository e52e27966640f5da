"""The main part of the chapter's page."""

from __future__ import annotations

from strategy_lib.chapters.page import Page
from strategy_lib.chapters.result import ChapterInputs, ChapterResult
from strategy_lib.core.messages import Say


def page(result: ChapterResult, given: ChapterInputs, say: Say) -> Page:
    """What a leader sees of the chapter, from its saved tables."""
    said = [*result.bottom_line, ""]
    return Page(said[0], tuple(said[1:3]))
