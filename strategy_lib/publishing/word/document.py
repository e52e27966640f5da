"""Chapters as Word documents: the same words and tables as on their pages, and in the annex."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from itertools import zip_longest

from markupsafe import Markup

from strategy_lib.core.messages import say
from strategy_lib.core.resources import resource
from strategy_lib.plotting.theme import clean
from strategy_lib.publishing.annex import ABOUT, TITLE, AnnexPart, Numbered
from strategy_lib.publishing.body import Listed
from strategy_lib.publishing.display import sentences_html
from strategy_lib.publishing.edition import (
    ExecutedChapter,
    PublishContext,
    notice,
    summary_sentences,
    withheld_words,
)
from strategy_lib.publishing.main_part import main_part, no_links
from strategy_lib.publishing.word.html_blocks import inline_runs
from strategy_lib.publishing.word.packed import packed, unpacked
from strategy_lib.publishing.word.template import (
    BOTTOM_LINE,
    body_place,
    describe,
    fill,
    opened_template,
    without_traces,
)
from strategy_lib.publishing.word.text_parts import Run
from strategy_lib.publishing.word.writer import Writer
from strategy_lib.schema.dates import written_day

PROGRAM = "Global China strategy workbook"
SPREADSHEET = "tables.xlsx"


def bundled_template() -> bytes:
    """The template that comes with the workbook."""
    return resource("templates", "documents", "document.docx").read_bytes()


def word_bytes(chapter: ExecutedChapter, context: PublishContext, template: bytes) -> bytes:
    """The main part of a chapter as `.docx`; the same chapter gives the same bytes.

    A chapter without a main part is its sentences and its tables, as on its page.

    Parameters
    ----------
    template : bytes
        Word document with the placeholders and styles that `opened_template` asks for.

    Raises
    ------
    InputError
        If the template cannot be used; the message names everything that it lacks.
    ChapterError
        If the notebook shows something that a page cannot hold.
    """
    page = chapter.body.page
    title = f"{chapter.number}{clean(chapter.title)}"
    heading = " · ".join(filter(None, (page.finding, page.badge))) if page else chapter.question
    write = (
        (lambda to: to.html(str(main_part(page, no_links))))
        if page
        else (lambda to: _write_tables(to, chapter))
    )
    return _written(template, context, title, clean(heading), write)


def annex_bytes(parts: Sequence[AnnexPart], context: PublishContext, template: bytes) -> bytes:
    """The tables of all chapters as `.docx`; the same tables give the same bytes.

    Raises
    ------
    InputError
        If the template cannot be used; the message names everything that it lacks.
    """

    def write(to: Writer) -> None:
        to.html(str(Markup("<p>{}</p>").format(ABOUT)))
        for part in parts:
            to.heading(1, [Run(clean(part.title))])
            for group in part.groups:
                if group.title:
                    to.heading(2, inline_runs(str(group.title)))
                _write_blocks(to, group.blocks)

    return _written(template, context, "", TITLE, write, is_dense=True)


def _written(
    template: bytes,
    context: PublishContext,
    title: str,
    heading: str,
    write: Callable[[Writer], None],
    *,
    is_dense: bool = False,
) -> bytes:
    document = opened_template(template)
    # Before anything that people entered is in the document: it may look like a placeholder.
    place = body_place(document)
    about = notice(context.edition)
    values = {
        "title": title,
        "heading": heading,
        "organisation": clean(context.organisation),
        "cycle": str(context.cycle),
        "edition": clean(context.edition.title),
        "audience": about.audience,
        "handling": " ".join(filter(None, (f"{about.label}. {about.words}", about.wider))),
        "as_of": written_day(context.as_of),
    }
    fill(document, values)
    writer = Writer(document, place, is_dense=is_dense)
    write(writer)
    writer.heading(1, [Run("About this document")])
    said = (
        say("tables-word-made", what=PROGRAM, day=values["as_of"]),
        withheld_words(context),
        say("tables-word-behind", what=SPREADSHEET),
    )
    writer.html(str(sentences_html(said)))
    writer.end()
    described = " · ".join((title or heading, values["cycle"]))
    describe(document, described, values["organisation"], context.as_of)
    target = io.BytesIO()
    document.save(target)
    return packed(without_traces(unpacked(target.getvalue()), PROGRAM))


def _write_tables(to: Writer, chapter: ExecutedChapter) -> None:
    """A chapter that is its sentences and its tables."""
    to.html(str(summary_sentences(chapter.summary, "bottom_line")), BOTTOM_LINE)
    for group in chapter.body.groups:
        if group.title:
            to.heading(1, inline_runs(str(group.title)))
        _write_blocks(to, group.blocks)


def _write_blocks(to: Writer, blocks: Iterable[Markup | Listed]) -> None:
    listed = list(blocks)
    for block, following in zip_longest(listed, listed[1:]):
        if isinstance(block, Markup):
            to.html(str(block), leads=isinstance(following, Listed))
        else:
            if isinstance(block, Numbered):
                label = Run(f"{block.number}  ", is_label=True)
                to.heading(3, [label, Run(clean(block.title))])
            to.html(str(block.html))
