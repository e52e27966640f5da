"""The annex of an edition: the tables behind all its chapters, numbered, in one document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from strategy_lib.core.messages import say
from strategy_lib.plotting.theme import clean
from strategy_lib.publishing.body import MOST_ROWS, Body, Group, Listed
from strategy_lib.publishing.edition import ExecutedChapter, PublishContext, frame
from strategy_lib.publishing.page import render

TITLE = "Tables of all chapters"
ABOUT = say("tables-annex-about", rows=MOST_ROWS)
# Letters of the annex's type in half the width of a sheet, and of the widest column there: longer
# text is broken into lines.
_HALF_SHEET, _WIDEST_COLUMN = 68, 26
# A table beside another stands on one sheet.
_MOST_BESIDE = 15
_WORDS = Markup("How this was made, and its sources")


@dataclass(frozen=True)
class Numbered(Listed):
    """A table of the annex; its own title is left out where that would only say the same again.

    Attributes
    ----------
    number : str
        Of its chapter and its place there, such as `2.3`.
    """

    number: str

    @property
    def is_narrow(self) -> bool:
        """Whether it is short, and half the width of a sheet is enough for it."""
        if len(self.table.rows) > _MOST_BESIDE:
            return False
        heads = [max(map(len, c.title.split()), default=0) for c in self.table.columns]
        cells = zip(*self.table.rows, strict=True) if self.table.rows else [()] * len(heads)
        widest = [max(map(len, column), default=0) for column in cells]
        if max(widest, default=0) > 2 * _WIDEST_COLUMN:
            return False
        widths = [max(h, min(w, _WIDEST_COLUMN)) for h, w in zip(heads, widest, strict=True)]
        return sum(widths) + 2 * len(widths) <= _HALF_SHEET


@dataclass(frozen=True)
class AnnexPart:
    """A chapter of the annex."""

    name: str
    title: str
    groups: tuple[Group, ...]

    @property
    def tables(self) -> tuple[Numbered, ...]:
        """Its tables, in their order."""
        blocks = (block for group in self.groups for block in group.blocks)
        return tuple(block for block in blocks if isinstance(block, Numbered))


def annex_parts(chapters: Iterable[ExecutedChapter]) -> tuple[AnnexPart, ...]:
    """Chapters with tables behind them; a page that is nothing but its tables has none."""
    return tuple(
        AnnexPart(chapter.name, f"{chapter.number}{clean(chapter.title)}", tuple(_groups(chapter)))
        for chapter in chapters
        if chapter.body.page and chapter.body.behind
    )


def annex_page(parts: Sequence[AnnexPart], context: PublishContext) -> str:
    """The annex as a page that is printed."""
    values = {**frame(context), "parts": parts, "title": TITLE, "about": ABOUT}
    return render("annex.html.j2", values)


def _groups(chapter: ExecutedChapter) -> Iterator[Group]:
    body: Body = chapter.body
    number = chapter.number.partition(" ")[0]
    count = 0
    for group in body.behind:
        blocks: list[Markup | Listed] = []
        for block in group.blocks:
            if isinstance(block, Listed):
                count += 1
                blocks.append(_numbered(block, chapter.name, f"{number}.{count}".lstrip(".")))
            else:
                blocks.append(block)
        yield Group(group.title, tuple(blocks))
    if body.words:
        yield Group(_WORDS, tuple(_said(body.words)))


def _numbered(listed: Listed, chapter: str, number: str) -> Numbered:
    table = listed.table.titled("") if listed.table.title == listed.title else listed.table
    return Numbered(f"{chapter}-{listed.anchor}", listed.title, table, number)


def _said(groups: Iterable[Group]) -> Iterator[Markup]:
    for group in groups:
        yield Markup("<h4>{}</h4>\n").format(group.title)
        yield from (block for block in group.blocks if isinstance(block, Markup))
