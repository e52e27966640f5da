"""A chapter as a Word document: the same words, tables and figures as on its page."""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from strategy_lib.core.errors import ChapterError
from strategy_lib.core.resources import resource
from strategy_lib.plotting.theme import clean
from strategy_lib.publishing.body import Body
from strategy_lib.publishing.display import sentences_html
from strategy_lib.publishing.edition import ExecutedChapter, PublishContext, notice, withheld_words
from strategy_lib.publishing.word.packed import packed, unpacked
from strategy_lib.publishing.word.template import (
    body_place,
    describe,
    fill,
    opened_template,
    without_traces,
)
from strategy_lib.publishing.word.text_parts import Run
from strategy_lib.publishing.word.writer import SPREADSHEET, Writer
from strategy_lib.schema.dates import written_day

if TYPE_CHECKING:
    from strategy_lib.publishing.pdf.press import Picture

PROGRAM = "Global China strategy workbook"


def bundled_template() -> bytes:
    """The template that comes with the workbook."""
    return resource("templates", "documents", "document.docx").read_bytes()


def word_bytes(
    chapter: ExecutedChapter,
    context: PublishContext,
    pictures: Sequence[Picture],
    template: bytes,
) -> bytes:
    """A chapter as `.docx`; the same chapter gives the same bytes.

    Parameters
    ----------
    pictures : sequence of Picture
        The page's figures in their order; none where this computer has no browser: then their
        findings and numbers stand in their place.
    template : bytes
        Word document with the placeholders and styles that `word_template` asks for.

    Raises
    ------
    InputError
        If the template cannot be used; the message names everything that it lacks.
    ChapterError
        If the notebook shows something that a page cannot hold, or there are more or fewer
        pictures than figures.
    """
    document = opened_template(template)
    body = _body(chapter, len(pictures))
    values = _values(chapter, context)
    # Before anything that people entered is in the document: it may look like a placeholder.
    place = body_place(document)
    fill(document, values)
    writer = Writer(document, place, pictures)
    _write(writer, body, chapter, context)
    title = " · ".join(filter(None, (values["question"] or values["title"], values["cycle"])))
    describe(document, title, values["organisation"], context.as_of)
    target = io.BytesIO()
    document.save(target)
    return packed(without_traces(unpacked(target.getvalue()), PROGRAM))


def _body(chapter: ExecutedChapter, pictures: int) -> Body:
    body = chapter.body
    figures = sum(block.figure is not None for block in body.blocks)
    if pictures and pictures != figures:
        raise ChapterError(
            f"{chapter.name}: the page has {figures} figures, but there are {pictures} pictures."
        )
    return body


def _values(chapter: ExecutedChapter, context: PublishContext) -> dict[str, str]:
    about = notice(context.edition)
    return {
        "title": f"{chapter.number}{clean(chapter.title)}",
        "question": clean(chapter.question),
        "organisation": clean(context.organisation),
        "cycle": str(context.cycle),
        "edition": clean(context.edition.title),
        "audience": about.audience,
        "handling": " ".join(filter(None, (f"{about.label}. {about.words}", about.wider))),
        "as_of": written_day(context.as_of),
    }


def _write(writer: Writer, body: Body, chapter: ExecutedChapter, context: PublishContext) -> None:
    said = str(body.bottom_line) or _sentences(chapter.summary.get("bottom_line"))
    if said:
        writer.bottom_line(said)
    for block, following in zip_longest(body.blocks, body.blocks[1:]):
        writer.block(block, following)
    writer.heading(1, [Run("About this document")])
    about = (
        f"Made by the {PROGRAM} from what offices entered, as of {written_day(context.as_of)}.",
        withheld_words(context),
        f"The tables behind it stand in full in the spreadsheet {SPREADSHEET} of the same edition.",
    )
    writer.html(str(sentences_html(about)))
    writer.end()


def _sentences(given: Any) -> str:
    texts = [given] if isinstance(given, str) else list(given or ())
    kept = [text for text in map(clean, texts) if text]
    return str(sentences_html(kept)) if kept else ""
