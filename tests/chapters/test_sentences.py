"""Silence is never good news: no, none, nobody, all and every say out of how many."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

from strategy_lib import notebook
from strategy_lib.chapters.page import Page
from strategy_lib.chapters.registry import CHAPTERS
from strategy_lib.chapters.short_names import short_names
from strategy_lib.core.messages import Names, Say
from strategy_lib.core.resources import resource
from strategy_lib.notebook import OpenChapter
from strategy_lib.plotting.pictures import Quotes, payload
from strategy_lib.schema.reference import reference
from tests.workspaces import UNITS, activity, make_workspace

EXAMPLE = Path(__file__).resolve().parents[2] / "data" / "example"
DRAWS = 300
DRAWN = ("presence", "annual")
# Fields of a page and its pictures that are shown as they are.
SHOWN = frozenset(
    [
        "finding",
        "sentences",
        "main",
        "sections",
        "badge",
        "label",
        "question",
        "pictures",
        "title",
        "subtitle",
        "drawing",
        "columns",
        "rows",
        "head",
        "note",
        "cells",
        "text",
        "group",
        "tiles",
        "name",
    ]
)
QUANTIFIER = re.compile(r"\b(no|none|nobody|nothing|all|every)\b", re.IGNORECASE)
# Numbers that are no count of what a sentence is about.
NO_COUNT = re.compile(
    r"\d{4}-\d\d-\d\d|\b\d{1,2} [A-Z][a-z]+ (19|20)\d\d|\b(19|20)\d\d\b"  # days and years
    r"|\b[\d.,]+ ?%|\b[\d.,]+ (days?|weeks?|months?|years?|points?|draws)\b"
    r"|\b[\d.]+ (of|from|to) (4|10|100)\b(?! [a-z])|\b\d+\.\d+|-3 to 3|\blevel \d|\bseed \d+"
    r"|\bchapters? \d\d|\[\d[\d.]*\]|\b[A-Z]+\d+\b|\b(fewer than|at least) \w+|\w+ or more\b"
)
COUNT = re.compile(r"\d|\b(two|three|four|five|six|seven|eight|nine|ten)\b", re.IGNORECASE)
# "No trigger is entered", "Nobody was asked": there is nothing yet of which to count a part.
NOT_ENTERED = re.compile(
    r"\b(no|nothing|nobody)\b[^.,:;]*?\b((is|are|was|were|has been|have been) (entered|asked)|"
    r"has recorded)\b[^.]*",
    re.IGNORECASE,
)
# Reviewed: sentences that claim nothing of the world.
REVIEWED = {
    r"^Nothing here says (what|which|whether) ": "what the workbook leaves to people",
    r"^The workbook recommends nothing\.": "what the workbook leaves to people",
    r"that does not mean that (all|there is none)": "guards against reading silence as consent",
    r"^It has no price|has no price and is|^Nothing is netted": "how the money is counted",
    r"^No benefit makes up for|^Nothing is added up or ranked": "rules of the screen for harm",
    r"to begin, |This is the first year": "what to do where there is nothing yet",
    r"[Nn]o legal advice: confirm with counsel|they are no conclusions|it is no forecast|"
    r"no company is ranked|“no” is a reason to talk|recommends nothing": "what it is not",
    r"\b[Nn]o (average|total|likelihood)\b.* made\b|have no total|are no steps of the tool|"
    r"rest is split again|when each of its questions": "how a table is made",
    r"(orange|light|nobody's): |: not asked\.$|in the dark part|one that has nothing to report|"
    r"longer a bar|may still play the part|unless it says so|nobody asked may be|"
    r"all who (spoke|are named)": "how to read a picture",
    r"^This edition (shows|counts) no ": "what an edition leaves out, whatever was entered",
}


@pytest.fixture(scope="session")
def workspaces(tmp_path_factory) -> dict[str, Path]:
    """The bundled example, three offices with five activities, and three offices alone."""
    root = tmp_path_factory.mktemp("sentences")
    shutil.copytree(EXAMPLE, root / "example")
    five = [
        activity("hq", "Dialogue", "Alpha Co"),
        activity("hq", "Study", "Beta"),
        activity("ke", "Campaign", "Alpha Co", stance="critical"),
        activity("ke", "Training", "Gamma"),
        activity("kh", "Visit", "Delta"),
    ]
    make_workspace(root / "minimal", {"units": UNITS[:3], "activities": five})
    make_workspace(root / "empty", {"units": UNITS[:3], "returns": []})
    return {name: root / name for name in ("example", "minimal", "empty")}


@pytest.fixture(scope="session")
def opened(workspaces) -> Callable[[str, str], tuple[OpenChapter, ...]]:
    """Each chapter of a workspace, saved as a run saves it: the later ones read the earlier."""

    @cache
    def chapters(name: str, edition: str) -> tuple[OpenChapter, ...]:
        made = []
        for about in CHAPTERS:
            given = {"draws": DRAWS} if about.folder in DRAWN else {}
            made.append(
                notebook.open_chapter(about.name, str(workspaces[name]), edition=edition, **given)
            )
            made[-1].save()
        return tuple(made)

    return chapters


def page_texts(page: Page) -> Iterator[str]:
    """Everything that a page says in words of its own: quotes are people's."""

    def texts(part: object) -> Iterator[str]:
        if isinstance(part, str):
            yield part
        elif isinstance(part, dict):
            if part.get("kind") != Quotes.__name__:
                yield from (t for k, v in part.items() if k in SHOWN for t in texts(v))
                yield from (words for _, words in part.get("legend", ()))
        elif isinstance(part, list):
            for item in part:
                yield from texts(item)

    yield from texts(payload(page))


def told(chapter: OpenChapter) -> list[str]:
    """Everything that a chapter says in sentences."""
    page, result = chapter.page, chapter.result
    means = [sentence for section in page.sections for sentence in section.sentences]
    titles = [text for picture in page.pictures for text in (picture.title, picture.subtitle)]
    return [*page.said, *means, *titles, *result.findings.values(), *result.notes]


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.?!])[\"”')]* +(?=[A-Z\"“'(])", text)


def peoples_words(root: Path, edition: str) -> list[str]:
    """Cells that hold such a word themselves: what people wrote is theirs."""
    frames = notebook.load(str(root), edition=edition).restricted.frames
    cells = {
        value.rstrip(".")
        for frame in frames.values()
        for column in frame
        for value in frame[column].dropna()
        if isinstance(value, str) and " " in value and QUANTIFIER.search(value)
    }
    return sorted(cells, key=len, reverse=True)


def lacks_denominator(sentence: str) -> bool:
    """Whether a sentence speaks of none or all without out of how many."""
    left = NOT_ENTERED.sub("", sentence)
    return bool(QUANTIFIER.search(left)) and not COUNT.search(NO_COUNT.sub("", left))


def is_reviewed(sentence: str) -> bool:
    return any(re.search(pattern, sentence) for pattern in REVIEWED)


# Where nobody has judged, the two editions say the same.
@pytest.mark.parametrize(
    ("name", "edition"),
    [("example", "core"), ("example", "leaders"), ("minimal", "leaders"), ("empty", "core")],
)
def test_no_none_nobody_all_and_every_say_out_of_how_many(workspaces, opened, name, edition):
    theirs = peoples_words(workspaces[name], edition)
    bad = set()
    for chapter in opened(name, edition):
        for text in told(chapter):
            for words in theirs:
                text = text.replace(words, "...")
            said = [s for s in sentences(text) if lacks_denominator(s) and not is_reviewed(s)]
            bad |= {f"{chapter.about.name[:2]}: {sentence}" for sentence in said}
    assert not bad, "\n".join(sorted(bad))


@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        ("No counterpart is worked with by one office and criticised by another.", True),
        ("None of 7 counterparts is worked with by one office and criticised by another.", False),
        ("No country strategy due within 12 months lacks a China section.", True),
        ("None of 3 country strategies due within 12 months lacks a China section.", False),
        ("No country strategy is entered (2 of 3 offices answered).", False),
        ("Every recommendation has a responsible role somewhere.", True),
        ("No case is entered.", False),
        ("No answers on readiness are shown here.", True),
        ("No option is listed yet, and nobody scored one in 2026.", True),
        ("Nobody was asked to judge the options: no assessor is entered.", False),
        ("Nobody puts it lower than 4 of 10, 30% did in 2025 (2026-03-01).", True),
        ("All chapters are there but chapter 03.", True),
        ("All 5 chapters are there.", False),
        ("Nobody at all differs, or fewer than two judged.", True),
        ("Snow falls on another office.", False),
    ],
)
def test_the_rule_tells_a_claim_from_a_count(text, lacks):
    assert lacks_denominator(text) == lacks


class Bracketed(Say):
    """Says every message in brackets, so that what is said otherwise can be told from it."""

    def __call__(self, message: str, /, **arguments) -> str:
        return f"{OPEN}{super().__call__(message, **arguments)}{CLOSE}"

    def day(self, day: date) -> str:
        return f"{OPEN}{super().day(day)}{CLOSE}"

    def names(self, names: Names) -> str:
        return f"{OPEN}{super().names(names)}{CLOSE}"


OPEN, CLOSE = "⟦", "⟧"
INNERMOST = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")
PARTS = re.compile(r"[;:,|·()“”\"\n]+| [–-] |(?<=[.?!]) ")
LETTERS = re.compile(r"[^\W\d_]{2,}")
ENDS = " .…"


def outside(text: str) -> str:
    """What of a text stands outside all brackets."""
    while (left := INNERMOST.sub("", text)) != text:
        text = left
    return text


def known_words(chapter: OpenChapter) -> set[str]:
    """Texts that are data: cells of all tables, names of codes, what settings say."""
    inputs, result = chapter.inputs, chapter.result
    frames = [*inputs.now.restricted.frames.values(), *result.tables.values()]
    frames += [f for f in result.shown.values() if hasattr(f, "columns")]
    for saved in (*inputs.chapters.values(), *inputs.chapters_before.values()):
        frames += saved.tables.values()
    texts = [str(v) for f in frames for c in f for v in f[c].dropna()]
    texts += [str(v) for f in frames for v in (*f.columns, *f.index)]
    for table in ("presence_options", "criteria", "strategic_options"):
        texts += short_names(inputs.now.restricted, table).values()
    codes = resource("data", "codes")
    texts += [path.read_text(encoding="utf-8") for path in codes.glob("*.json")]
    texts += list(reference("readiness_levels")["title"])
    return {part.strip(ENDS).casefold() for text in texts for part in PARTS.split(text)}


@pytest.mark.parametrize("about", CHAPTERS, ids=lambda about: about.name)
def test_everything_that_a_page_says_is_a_message_or_data(opened, about):
    """The main part in a language that does not exist: what is not in brackets is no message."""
    chapter = next(made for made in opened("example", "leaders") if made.about == about)
    made = import_module(f"strategy_lib.chapters.{about.folder}.page")
    page = made.page(chapter.result, chapter.inputs, Bracketed())
    known = known_words(chapter)
    unsaid = {
        part.strip()
        for text in page_texts(page)
        for part in PARTS.split(outside(text))
        if LETTERS.search(part) and part.strip(ENDS).casefold() not in known
    }
    assert not unsaid, "\n".join(sorted(unsaid))
