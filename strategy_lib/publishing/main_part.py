"""The main part of a chapter's page as HTML: finding, sentences, main picture, sections."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from markupsafe import Markup

from strategy_lib.chapters.page import Page, Section
from strategy_lib.core.messages import Say
from strategy_lib.publishing.glossary import Glossary
from strategy_lib.publishing.page import template_text
from strategy_lib.publishing.pictures import picture_html
from strategy_lib.publishing.safe import escaped, inside

Links: TypeAlias = Callable[[Iterable[str]], list[tuple[str, str]]]
Marked: TypeAlias = Callable[[object], Markup]

_LONG_FINDING = 90
# A picture of more columns has no room beside another.
_MOST_BESIDE = 5
_AT_RULES = re.compile(r"@(page|media)[^{]*\{(?:[^{}]|\{[^{}]*\})*\}")


def no_links(_: Iterable[str]) -> list[tuple[str, str]]:
    """Links where no tables stand behind."""
    return []


def main_part(page: Page, links: Links, marked: Marked | None = None) -> Markup:
    """Everything of a page's main part.

    Parameters
    ----------
    links : callable
        Gives anchor and title of the tables with these names.
    marked : callable, optional
        Makes HTML of a sentence; without it, terms are explained where they stand first.
    """
    marked = marked or Glossary()
    badge = inside(' <span class="badge">{}</span>', page.badge)
    is_long = len(page.finding) > _LONG_FINDING
    head = Markup('<h1{} dir="auto">{}{}</h1>\n').format(
        Markup(' class="long"') if is_long else "", escaped(page.finding), badge
    )
    said = Markup("").join(
        Markup('<li dir="auto">{}</li>').format(marked(s)) for s in page.sentences
    )
    top = inside('<ul class="sentences top">{}</ul>\n', said)
    main = Markup()
    if page.main:
        main = picture_html(page.main, "0", 2, links(page.main.tables), marked)
    sections = [
        _section(section, number, links, marked) for number, section in enumerate(page.sections, 1)
    ]
    return Markup("").join([head, top, main, *sections])


def _section(section: Section, number: int, links: Links, marked: Marked) -> Markup:
    mean = Markup("").join(
        Markup('<p class="mean" dir="auto">{}</p>\n').format(marked(s)) for s in section.sentences
    )
    pictures = [
        picture_html(picture, f"{number}-{place}", 3, links(picture.tables), marked)
        for place, picture in enumerate(section.pictures, 1)
    ]
    drawn = Markup("").join(pictures)
    widths = [len(getattr(picture.drawing, "columns", ())) for picture in section.pictures]
    if len(pictures) > 1 and max(widths) <= _MOST_BESIDE:
        drawn = Markup('<div class="two">{}</div>\n').format(drawn)
    return Markup(
        '<section class="part" aria-labelledby="part-{0}">\n'
        '<h2 id="part-{0}"><span>{0}</span> {1}</h2>\n{2}{3}</section>\n'
    ).format(number, escaped(section.question), mean, drawn)


def crumbs(page: Page) -> Iterator[tuple[str, str]]:
    """Anchor and name of each section, for the links at the top of the page."""
    say = Say()
    for number, section in enumerate(page.sections, 1):
        yield f"part-{number}", section.label or say(f"section-{section.part}")


def page_scripts(page: Page) -> tuple[str, ...]:
    """Sources of the scripts that its drawings need; most need none."""
    drawings = [picture.drawing for picture in page.pictures]
    names = dict.fromkeys(getattr(drawing, "script", "") for drawing in drawings)
    return tuple(template_text(name) for name in names if name)


def lab_page(page: Page) -> Markup:
    """The main part for JupyterLab: its style reaches nothing else there."""
    css = _AT_RULES.sub("", template_text("chapter.css"))
    variables, rest = css.split("}", 1)
    root = variables.replace(":root", ".workbook-page", 1)
    return Markup(
        '<style>{}}}\n.workbook-page {{{}}}</style><div class="workbook-page">{}</div>'
    ).format(Markup(root), Markup(rest), main_part(page, no_links, escaped))
