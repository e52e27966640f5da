"""What stands on a chapter's page: a finding, a main picture, and up to five sections.

The grammar is the same for every chapter, so that a reader who knows one page knows all; the rest
of what a chapter shows stands behind it, in its tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from strategy_lib.core.messages import Say
from strategy_lib.plotting.pictures import Picture, Row, register
from strategy_lib.schema.schema import code_list

MOST_SENTENCES = 3
MOST_ROWS = 9


class Part(StrEnum):
    """The sections of a page, in the order in which they always stand."""

    WHY = "why"
    """Why, or what."""
    FIRM = "firm"
    """How firm that is."""
    COST = "cost"
    """What it costs."""
    DIFFERS = "differs"
    """Who sees it differently."""
    CHANGE = "change"
    """What would change it."""


@register
@dataclass(frozen=True)
class Section:
    """One section of a page.

    Attributes
    ----------
    part : str
        Which of the five it is.
    question : str
        Its heading.
    sentences : tuple of str
        What the picture means, then how it is read; two at most.
    pictures : tuple of Picture
        One, or two that stand side by side.
    label : str
        How the links at the top of the page name it; without it, as every chapter's.
    """

    part: str
    question: str
    sentences: tuple[str, ...]
    pictures: tuple[Picture, ...]
    label: str = ""


@register
@dataclass(frozen=True)
class Page:
    """The main part of a chapter's page.

    Attributes
    ----------
    finding : str
        The answer in a sentence of 20 words at most: the page's heading.
    sentences : tuple of str
        What else must be known at once: three at most, of 25 words each.
    main : Picture or None
        The picture of the first screen; None where there is nothing to draw.
    sections : tuple of Section
        In the order of `Part`; those without anything to show are not there.
    badge : str
        One word beside the finding, such as Fragile.
    answered : str
        Who has answered, as other pages say it of this chapter.
    """

    finding: str
    sentences: tuple[str, ...] = ()
    main: Picture | None = None
    sections: tuple[Section, ...] = ()
    badge: str = ""
    answered: str = ""

    def __post_init__(self) -> None:
        order = [list(Part).index(Part(section.part)) for section in self.sections]
        if order != sorted(set(order)):
            raise ValueError(f"sections stand in the order of Part, each once: {order}")
        if len(self.sentences) > MOST_SENTENCES:
            raise ValueError(f"{MOST_SENTENCES} sentences at most, not {len(self.sentences)}")

    @property
    def said(self) -> tuple[str, ...]:
        """The answer in sentences, most weighty first."""
        return (self.finding, *self.sentences)

    @property
    def is_begun(self) -> bool:
        """Whether there is anything to show; else its finding says how to begin."""
        return bool(self.main or self.sections)

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """All its pictures, in their order."""
        main = (self.main,) if self.main else ()
        return main + tuple(p for section in self.sections for p in section.pictures)


def section_of(
    part: Part,
    question: str,
    sentences: Iterable[str],
    pictures: Iterable[Picture | None],
    label: str = "",
) -> Section | None:
    """A section of those sentences and pictures that there are; None without any."""
    said = tuple(sentence for sentence in sentences if sentence)
    drawn = tuple(picture for picture in pictures if picture)
    return Section(part, question, said, drawn, label) if said or drawn else None


def drawn_section(
    part: Part, question: str, sentences: Iterable[str], pictures: Iterable[Picture | None]
) -> Section | None:
    """The same; None where there is nothing to draw, whatever is said."""
    made = section_of(part, question, sentences, pictures)
    return made if made and made.pictures else None


def first_rows(rows: Sequence[Row], say: Say, most: int = MOST_ROWS) -> tuple[Row, ...]:
    """The rows that a picture shows, with a last one that says how many more there are."""
    if len(rows) <= most:
        return tuple(rows)
    shown = tuple(rows[: most - 1])
    more = say("rows-more", rows=len(rows) - len(shown))
    return (*shown, Row(more, ("",) * len(shown[-1].cells), group=shown[-1].group))


def code_label(codes: str, code: str, say: Say) -> str:
    """How a code of a list is called on a page."""
    return code_list(codes).label(code, say.language)


def label_or_unsaid(codes: str, code: Any, say: Say) -> str:
    """The same, or that nobody has said."""
    return code_label(codes, code, say) if isinstance(code, str) else say("unknown-not-said")
