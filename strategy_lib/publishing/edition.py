"""An edition: a landing page that says what this is, and one page a chapter."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from strategy_lib.core.audiences import LABELS, Edition, widening
from strategy_lib.core.errors import ChapterError
from strategy_lib.core.messages import say
from strategy_lib.editions.results import SavedChapter
from strategy_lib.plotting.theme import clean
from strategy_lib.publishing.body import Body, page_body
from strategy_lib.publishing.display import sentences_html
from strategy_lib.publishing.front.lines import ended
from strategy_lib.publishing.front.options import OptionNames
from strategy_lib.publishing.front.page import front_page
from strategy_lib.publishing.main_part import crumbs, main_part, page_scripts
from strategy_lib.publishing.page import render

if TYPE_CHECKING:
    import nbformat

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_HANDLING = {
    "public": ("Public", "May be passed on."),
    "partner": ("For partners", "Please ask us before you pass it on."),
    "internal": ("Internal", "Do not pass it on."),
    "restricted": ("Restricted", "Do not pass it on."),
}


@dataclass(frozen=True)
class ExecutedChapter:
    """A chapter whose notebook has run.

    Attributes
    ----------
    name : str
        Name of its page without `.html`, such as `01_internal_mapping`.
    notebook : NotebookNode or Path
        The executed notebook, or the file that is read once somebody needs it; only what its cells
        meant to show gets out.
    summary : mapping
        Content of the chapter's `summary.json`: its `bottom_line` sentences, and, where it has
        them, sentences that say who `answered`.
    """

    name: str
    title: str
    question: str
    notebook: nbformat.NotebookNode | Path
    summary: Mapping[str, Any]

    @property
    def number(self) -> str:
        """What stands before the title: `1 · `, or nothing where the name has no number."""
        digits = self.name.partition("_")[0]
        return f"{int(digits)} · " if digits.isdecimal() else ""

    @property
    def is_begun(self) -> bool:
        """Whether it has a page; of one without input the front page says how to begin."""
        return bool(self.summary.get("is_begun", True))

    @cached_property
    def body(self) -> Body:
        """What its page and its documents show.

        Raises
        ------
        ChapterError
            If the notebook shows something that a page cannot hold.
        """
        notebook = self.notebook
        if isinstance(notebook, Path):
            import nbformat

            notebook = nbformat.read(notebook, as_version=4)  # type: ignore[no-untyped-call]
        try:
            return page_body(notebook)
        except ChapterError as error:
            raise ChapterError(f"{self.name}: {error}", error.log) from error


@dataclass(frozen=True)
class PublishContext:
    """What every page of an edition says about itself.

    Attributes
    ----------
    language : str
        Language of the organisation's forms; pages are in English so far.
    withheld : int or None
        Records withheld in all; None where the edition may not say.
    set_aside : mapping of str to int
        Rows that cannot be used until they are mended, by office ("" for others); empty where the
        edition may not say.
    skipped : tuple of str
        Titles (or names) of the chapters that are not made for this edition.
    to_begin : mapping of str to str
        Title of each chapter without input -> how to begin it.
    """

    organisation: str
    language: str
    cycle: int
    edition: Edition
    as_of: date
    withheld: int | None
    skipped: tuple[str, ...] = ()
    set_aside: Mapping[str, int] = field(default_factory=dict)
    to_begin: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Download:
    """A document beside the pages.

    Attributes
    ----------
    path : str
        From the edition's folder, with `/`.
    chapter : str
        Name of the chapter that it holds; empty for one of the whole edition.
    """

    path: str
    title: str
    chapter: str = ""


@dataclass(frozen=True)
class Documents:
    """What was made beside the pages.

    Attributes
    ----------
    made : tuple of Download
        Files in `documents/`, in the order of chapters.
    missing : tuple of str
        For each kind that could not be made, a sentence that says which and why.
    """

    made: tuple[Download, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Notice:
    """Whom a page is for and how it is to be handled, in words.

    Attributes
    ----------
    wider : str
        What the edition shows beyond the workbook's own of that name; mostly nothing.
    """

    audience: str
    label: str
    words: str
    is_public: bool
    wider: str = ""


def write_pages(
    executed: Sequence[ExecutedChapter],
    target_folder: Path,
    context: PublishContext,
    kept: Mapping[str, Path] | None = None,
) -> None:
    """Write one page a chapter into an empty folder; `write_index` writes the page before them.

    Parameters
    ----------
    executed : sequence of ExecutedChapter
        Chapters in the order of the landing page.
    target_folder : Path
        Folder that nobody reads yet; whoever calls moves it into place when all pages are there.
    kept : mapping of str to Path, optional
        Pages that are as they were, by the names of their chapters.

    Raises
    ------
    ChapterError
        If a notebook shows something that a page cannot hold.
    """
    chapters = list(executed)
    for chapter in chapters:
        if not _NAME.fullmatch(chapter.name):
            raise ChapterError(f"{chapter.name!r} cannot be the name of a page.")
    for place, chapter in enumerate(chapters):
        target = target_folder / f"{chapter.name}.html"
        if kept and chapter.name in kept:
            shutil.copy(kept[chapter.name], target)
            continue
        before = chapters[place - 1] if place else None
        after = chapters[place + 1] if place + 1 < len(chapters) else None
        page = chapter_page(chapter, context, before, after)
        _write(target, page)


def write_index(
    executed: Sequence[ExecutedChapter],
    target_folder: Path,
    context: PublishContext,
    downloads: Sequence[Download] = (),
    saved: Mapping[str, SavedChapter] | None = None,
    called: OptionNames | None = None,
) -> None:
    """Write `index.html`, when it is known which documents there are beside the pages.

    Parameters
    ----------
    saved : mapping of str to SavedChapter, optional
        What the chapters saved for this edition; without it, the page knows their summaries only.
    called : OptionNames, optional
        What the options for a presence are called beside their full names.
    """
    page = landing_page(executed, context, downloads, saved, called)
    _write(target_folder / "index.html", page)


def chapter_page(
    chapter: ExecutedChapter,
    context: PublishContext,
    previous: ExecutedChapter | None = None,
    following: ExecutedChapter | None = None,
) -> str:
    """One chapter as a page that stands alone."""
    body = chapter.body
    page = body.page
    values = {
        **frame(context),
        "chapter": chapter,
        "body": body,
        "main": main_part(page, body.links) if page else "",
        "crumbs": list(crumbs(page)) if page else [],
        "bottom_line": summary_sentences(chapter.summary, "bottom_line"),
        "previous": previous,
        "following": following,
    }
    return render("chapter.html.j2", values, page_scripts(page) if page else ())


def landing_page(
    executed: Sequence[ExecutedChapter],
    context: PublishContext,
    downloads: Sequence[Download] = (),
    saved: Mapping[str, SavedChapter] | None = None,
    called: OptionNames | None = None,
) -> str:
    """The page that a leader opens first; see `write_index`."""
    known = saved or {c.name: SavedChapter(c.name, c.summary) for c in executed}
    pages = [(c.name, c.title, c.question) for c in executed]
    answered = (summary_sentences(c.summary, "answered") for c in executed)
    values = {
        **frame(context),
        "page": front_page(pages, known, context.as_of, called),
        "files": {c.name: [d for d in downloads if d.chapter == c.name] for c in executed},
        "answered": next(filter(None, answered), Markup()),
        "downloads": [d for d in downloads if not d.chapter],
        "to_begin": [(clean(t), ended(clean(said))) for t, said in context.to_begin.items()],
        "skipped": [_readable(name) for name in context.skipped],
        "smallest_group": context.edition.smallest_group,
        "n_withheld": _counted(context),
    }
    return render("index.html.j2", values)


def _counted(context: PublishContext) -> int:
    """Records withheld or set aside, where the edition may say how many."""
    if not context.edition.show_withheld_count:
        return 0
    return (context.withheld or 0) + sum(context.set_aside.values())


def notice(edition: Edition) -> Notice:
    """Whom an edition is for and how it is to be handled."""
    label, words = _HANDLING[edition.clearance]
    audience = clean(edition.audience or edition.title)
    more = "; ".join(widening(edition))
    wider = say("front-wider", more=more) if more else ""
    return Notice(audience, label, words, edition.clearance == LABELS[0], wider)


def withheld_words(context: PublishContext) -> str:
    """What an edition says about the records that it does not show."""
    return " ".join(filter(None, (_withheld(context), _set_aside(context))))


def _set_aside(context: PublishContext) -> str:
    """How many rows of which offices are missing, where the edition may say so."""
    counts = context.set_aside
    if not counts or not context.edition.show_withheld_count:
        return ""
    named = [
        say("front-rows-of", office=clean(office), rows=n)
        for office, n in sorted(counts.items())
        if office
    ]
    total = sum(counts.values())
    if not named:
        return say("front-rows-missing", rows=total)
    others = [say("front-rows-of-others", rows=counts[""])] if counts.get("") else []
    whose = ", ".join([*named, *others])
    return say("front-rows-missing-offices", rows=total, offices=whose)


def _withheld(context: PublishContext) -> str:
    edition = context.edition
    if edition.sees_everything:
        return say("front-withheld-none-seen")
    if context.withheld is None or not edition.show_withheld_count:
        return say("front-withheld-not-said")
    return say("front-withheld", records=context.withheld)


def frame(context: PublishContext) -> dict[str, Any]:
    """What every page of an edition says about itself, for its template."""
    return {
        "organisation": clean(context.organisation),
        "cycle": context.cycle,
        "edition": clean(context.edition.title),
        "as_of": context.as_of,
        "notice": notice(context.edition),
        "withheld": withheld_words(context),
    }


def summary_sentences(summary: Mapping[str, Any], key: str) -> Markup:
    """One or several sentences of a summary as an HTML list; nothing where there is none."""
    given = summary.get(key) or ()
    texts = [given] if isinstance(given, str) else given
    return sentences_html([text for text in map(clean, texts) if text])


def _readable(name: str) -> str:
    """A chapter's title, also where only its name is known."""
    words = clean(name).replace("_", " ").lstrip("0123456789 ") or clean(name)
    return words[:1].upper() + words[1:]


def _write(path: Path, text: str) -> None:
    # A lone half of a character pair, which no file can hold, becomes a question mark.
    path.write_bytes(text.encode("utf-8", "replace"))
