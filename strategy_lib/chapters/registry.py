"""Which chapters there are, in their order, and what each one needs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import import_module
from typing import TYPE_CHECKING, Any

from strategy_lib.core.errors import InputError

if TYPE_CHECKING:
    from strategy_lib.editions.contracts import Saved
    from strategy_lib.editions.people import Declared


@dataclass(frozen=True)
class Chapter:
    """One chapter of the workbook.

    Attributes
    ----------
    name : str
        Name in folders and on the command line, such as `01_internal_mapping`; its notebook is
        `notebooks/NAME.ipynb`.
    question : str
        The question that it answers.
    folder : str
        Its package beside this module.
    floor : str
        Lowest clearance for which the chapter is made at all.
    reads_results : bool
        Whether it reads what the other chapters of its edition saved, and so is made after them.
    reads_before : bool
        Whether it also reads what the edition may show of the cycle before.
    is_optional : bool
        Whether it is made only where the settings ask for it, by its folder's name.
    needs : tuple of str
        Tables of which every row must be usable: a result from a part of them would mislead.
    """

    name: str
    title: str
    question: str
    folder: str
    floor: str = "public"
    reads_results: bool = False
    reads_before: bool = False
    is_optional: bool = False
    needs: tuple[str, ...] = ()

    @property
    def number(self) -> str:
        """Two figures, as people and decisions name it."""
        return self.name.partition("_")[0]

    @property
    def notebook(self) -> str:
        """File name of the chapter's notebook."""
        return f"{self.name}.ipynb"


CHAPTERS = (
    Chapter(
        "00_prepare",
        "Prepare",
        "Who are we, who has answered, and how ready are we?",
        "prepare",
        floor="internal",
    ),
    Chapter(
        "01_internal_mapping",
        "Internal mapping",
        "What do we already do with, on or about China, and where are the gaps?",
        "mapping",
    ),
    Chapter(
        "02_china_presence",
        "China presence",
        "Which presence in mainland China, if any, and how sure are we?",
        "presence",
        floor="internal",
        needs=("presence_options", "criteria"),
    ),
    Chapter(
        "03_speaking_out",
        "Speaking out",
        "Do we say it, how, who carries the risk, and who decides?",
        "speaking_out",
        floor="internal",
        # A screen of part of the harm would mislead, and so would a part of who agreed.
        needs=(
            "cases",
            "exposed_groups",
            "case_routes",
            "harm_ratings",
            "mitigations",
            "sign_offs",
        ),
    ),
    Chapter(
        "04_scenarios",
        "Scenarios",
        "Which of our options hold up across different futures?",
        "scenarios",
        floor="internal",
        needs=("strategic_options", "descriptors", "descriptor_states", "scenario_names"),
    ),
    Chapter(
        "05_partners",
        "Partners and money",
        "With whom do we work, for what, at whose risk, and whose money do we take?",
        "partners",
        floor="internal",
        is_optional=True,
    ),
    Chapter(
        "06_companies",
        "Companies and projects",
        "Which projects and companies do we take up, on what evidence, in which words?",
        "companies",
        floor="internal",
        is_optional=True,
    ),
    Chapter(
        "07_watching",
        "Watching and working with others",
        "What do we watch, what do we share, and who plays which part?",
        "watching",
        is_optional=True,
    ),
    Chapter(
        "08_strategy_brief",
        "Strategy brief",
        "What do we decide, who does what by when?",
        "brief",
        floor="internal",
        reads_results=True,
    ),
    Chapter(
        "09_annual_reassessment",
        "Annual reassessment",
        "What changed since last time, and would we decide the same again?",
        "annual",
        floor="internal",
        reads_results=True,
        reads_before=True,
    ),
)


def chapters_for(optional: Collection[str]) -> tuple[Chapter, ...]:
    """Chapters of an organisation that asked for these optional ones, in their order.

    Examples
    --------
    >>> [chapter.folder for chapter in chapters_for(()) if chapter.is_optional]
    []
    """
    return tuple(c for c in CHAPTERS if not c.is_optional or c.folder in optional)


def declared(chapter: Chapter) -> Declared:
    """What columns of a chapter's saved tables have to do with people."""
    module = import_module(f"strategy_lib.chapters.{chapter.folder}.outputs")
    points: Declared = module.POINTS
    return points


def contract(chapter: Chapter) -> Saved:
    """What other chapters may rest on in a chapter's saved tables; nothing unless it says so."""
    module = import_module(f"strategy_lib.chapters.{chapter.folder}.outputs")
    saved: Saved = getattr(module, "SAVED", {})
    return saved


def chapter_named(name: str) -> Chapter:
    """One chapter by its name, its number, or its name without the number.

    Raises
    ------
    InputError
        If there is none; the message lists the chapters.

    Examples
    --------
    >>> chapter_named("1").name == chapter_named("internal_mapping").name
    True
    """
    known = {key: c for c in CHAPTERS for key in _keys(c)}
    if name in known:
        return known[name]
    near = get_close_matches(name, list(known), 1)
    hint = f" (did you mean {near[0]}?)" if near else ""
    listed = ", ".join(c.name for c in CHAPTERS)
    raise InputError(f"There is no chapter {name!r}{hint}; the chapters are: {listed}.")


def number_of(folder: str) -> str:
    """The number that a chapter bears now, by its folder; decisions and people name it by that.

    Examples
    --------
    >>> len(number_of("presence"))
    2
    """
    return chapter_named(folder).number


def unmade(chapters: Iterable[Chapter], broken: Mapping[str, Any]) -> dict[str, list[str]]:
    """Chapters that cannot be made -> the tables of which something is broken and that they need.

    Examples
    --------
    >>> unmade(CHAPTERS, {"criteria": "row 3", "scores": "row 9"})
    {'02_china_presence': ['criteria']}
    """
    needed = {c.name: [name for name in c.needs if name in broken] for c in chapters}
    return {name: tables for name, tables in needed.items() if tables}


def _keys(chapter: Chapter) -> tuple[str, ...]:
    number, rest = chapter.number, chapter.name.partition("_")[2]
    return chapter.name, number, str(int(number)), rest, chapter.folder
