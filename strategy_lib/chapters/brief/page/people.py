"""What people wrote, word for word: the question, the resolution, other views, who recommends."""

from __future__ import annotations

import re
from collections.abc import Iterator

from strategy_lib.chapters.brief.context import text
from strategy_lib.chapters.brief.views import COUNTED, IN_BRIEF, IN_DECISION
from strategy_lib.chapters.page import Part, Section, section_of
from strategy_lib.chapters.result import ChapterResult
from strategy_lib.core.messages import Say
from strategy_lib.plotting.pictures import Picture, Quotes

# Words that are nothing but what several people said, each in marks of its own.
_QUOTED = re.compile(r'"([^"]+)"')
_ALL_QUOTED = re.compile(r'(?:\s*"[^"]+"\s*)+')


def why(result: ChapterResult, say: Say) -> Section | None:
    """The question and the resolution word for word, beside the view that differs."""
    questions = result.tables["questions"]
    if questions.empty:
        return None
    row = questions.iloc[0]
    asked = say("brief-quote-question", all=len(questions))
    quotes = [(text(row["question"]), asked)]
    resolution = text(row.get("resolution_wording"))
    if resolution:
        quotes.append((resolution, say("brief-quote-resolution")))
    title = say("brief-asked-title") if resolution else say("brief-asked-title-no-resolution")
    pictures = [Picture(title, Quotes(tuple(quotes)), tables=("questions",))]
    if words := text(row.get("minority_view")):
        said = tuple(_spoken(words, say("brief-quote-minority")))
        pictures.append(Picture(say("brief-minority-title"), Quotes(said), tables=("views",)))
    return Section(Part.WHY, say("brief-why"), (), tuple(pictures), label=say("brief-why-label"))


def differs(result: ChapterResult, say: Say) -> Section | None:
    """Who sees it differently, and whose recommendation there is."""
    views, recommended = result.tables["views"], _recommendation(result, say)
    pictures = [recommended]
    # The first question's own minority view stands beside it.
    has_question = len(result.tables["questions"]) > 0
    own = text(result.tables["questions"].iloc[0].get("minority_view")) if has_question else ""
    rest = views[views["source"].isin([IN_BRIEF, IN_DECISION]) & (views["view"] != own)]
    if len(rest):
        said = [
            quote
            for row in rest.to_dict("records")
            for quote in _spoken(str(row["view"]), str(row["where"]))
        ]
        title = say("brief-dissent-title", views=len(rest))
        pictures.append(Picture(title, Quotes(tuple(said)), tables=("views", "decisions")))
    sentences = []
    if has_question and not recommended:
        sentences.append(say("brief-open-choice"))
    if not len(rest) and not own:
        sentences.append(say("brief-no-view"))
    sentences += [str(view) for view in views.loc[views["source"] == COUNTED, "view"]]
    return section_of(Part.DIFFERS, say("brief-differs"), sentences[:1], pictures)


def _recommendation(result: ChapterResult, say: Say) -> Picture | None:
    """What people recommend, with whose it is; never the workbook's."""
    if result.tables["questions"].empty:
        return None
    row = result.tables["questions"].iloc[0]
    words, by = text(row.get("recommendation")), text(row.get("recommended_by"))
    if not words:
        return None
    title = say("brief-recommended", by=by) if by else say("brief-recommended-unnamed")
    quotes = Quotes(((words, by or say("brief-nobody-named-small")),))
    return Picture(title, quotes, tables=("questions",))


def _spoken(words: str, who: str) -> Iterator[tuple[str, str]]:
    """What was said, each voice by itself where words in marks are all there is."""
    parts = _QUOTED.findall(words) if _ALL_QUOTED.fullmatch(words) else [words]
    for part in parts:
        yield part, who
