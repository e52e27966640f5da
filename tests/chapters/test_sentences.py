"""Silence is never good news: no, none, nobody, all and every say out of how many."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from strategy_lib import notebook
from strategy_lib.chapters.registry import CHAPTERS
from strategy_lib.notebook import OpenChapter
from tests.workspaces import UNITS, activity, make_workspace

EXAMPLE = Path(__file__).resolve().parents[2] / "data" / "example"
PARAMETERS = {"presence": {"draws": 300, "seed": 1}, "annual": {"draws": 300, "seed": 1}}
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
    r"\b(no|nothing|nobody)\b[^.,:;]*?\b(is|are|was|were|has been|have been) (entered|asked)\b"
    r"[^.]*",
    re.IGNORECASE,
)
# Reviewed: sentences that claim nothing of the world.
REVIEWED = {
    r"^Nothing here says (what|which|whether) ": "what the workbook leaves to people",
    r"^The workbook recommends nothing\.": "what the workbook leaves to people",
    r"that does not mean that (all|there is none)": "guards against reading silence as consent",
    r"^It has no price": "how the money is counted",
    r"^This edition (shows|counts) no ": "what an edition leaves out, whatever was entered",
}  # fmt: skip


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


def chapters(root: Path, edition: str) -> Iterator[OpenChapter]:
    """Each chapter, saved as a run saves it: the later ones read the earlier."""
    for chapter in sorted(CHAPTERS, key=lambda chapter: chapter.reads_results):
        more = PARAMETERS.get(chapter.folder, {})
        opened = notebook.open_chapter(chapter.name, str(root), edition=edition, **more)
        opened.save()
        yield opened


def told(opened: OpenChapter) -> list[str]:
    """Everything that a chapter says in sentences."""
    page, result = opened.page, opened.result
    said = [*page.said, *result.findings.values(), *result.notes]
    said += [sentence for section in page.sections for sentence in section.sentences]
    return said + [picture.title for picture in page.pictures]


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
def test_no_none_nobody_all_and_every_say_out_of_how_many(workspaces, name, edition, monkeypatch):
    monkeypatch.setattr(notebook, "load", cache(notebook.load))
    root = workspaces[name]
    theirs = peoples_words(root, edition)
    bad = set()
    for opened in chapters(root, edition):
        for text in told(opened):
            for words in theirs:
                text = text.replace(words, "...")
            said = [s for s in sentences(text) if lacks_denominator(s) and not is_reviewed(s)]
            bad |= {f"{opened.about.name}: {sentence}" for sentence in said}
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
