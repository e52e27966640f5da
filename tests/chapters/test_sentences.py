"""Silence is never good news: no, none, nobody, all and every stand beside out of how many."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

CHAPTERS = Path(__file__).resolve().parents[2] / "strategy_lib" / "chapters"
ABSOLUTE = re.compile(r"\b(no|none|nobody|nothing|all|every)\b", re.IGNORECASE)
# A number, or what a function fills in, in the same sentence or the one beside it.
COUNTED = re.compile(r"\d|\{\}")
# Nothing is there to count yet: the sentence says so, and says nothing of the world.
NOT_THERE = re.compile(
    r"\b(entered|listed|recorded|saved|shown|named|planned|written|scored|rated|judged|counted|"
    r"asked|said|answered|yet|here|not said)\b"
)


def sentences():
    """Texts of the sentence functions, `{}` for what they fill in, with where they stand."""
    for path in sorted(CHAPTERS.rglob("*.py")):
        if "panel" in path.parts or path.name == "panel.py":
            continue
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef) and "said" in function.name:
                for text in _texts(function):
                    if " " in text.strip():
                        yield f"{path.parent.name}/{path.name}::{function.name}", text


def _texts(function):
    body = [n for n in function.body if not _is_text(n)]
    inside = {id(part) for n in body for f in ast.walk(n) if isinstance(f, ast.JoinedStr)
              for part in ast.walk(f) if part is not f}  # fmt: skip
    for statement in body:
        for node in ast.walk(statement):
            if id(node) in inside:
                continue
            if isinstance(node, ast.JoinedStr):
                yield "".join(v.value if isinstance(v, ast.Constant) else "{}" for v in node.values)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def _is_text(node):
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def lacks_denominator(text):
    """Whether a text speaks of none or all without out of how many."""
    return bool(ABSOLUTE.search(text)) and not (COUNTED.search(text) or NOT_THERE.search(text))


# Reviewed: a part of a sentence whose other part counts, or a name that only looks like a claim.
REVIEWED = {
    "Nothing that the ranking rests on has changed.": "the parts that are compared stand below it",
    "No criterion is weighed otherwise by the same people, or by too few to show.": "says both",
    "Fragile, and no verdict": "no claim",
    "No verdict": "no claim",
    "The authors name no risk": "goes on with how many the chapters found",
    "action is nobody's job": "follows a count",
    "actions are nobody's job": "follows a count",
    "no-regret move": "name of a kind",
    "no-regret moves": "name of a kind",
    "No day is set for anything.": "an empty calendar",
    "There is no decision to ask about.": "an empty list",
    "No current activity names a counterpart, so that no contact is known.": "an empty list",
    "no reported activity": "follows a count of how many",
    "No activity is reported by theme, or too few to show.": "says both",
    "A no-go for all who spoke": "names the matters; who spoke is counted in the table",
    "nobody does it": "text that is looked for",
    "nobody stands in": "text that is looked for",
    "has nobody": "follows a count of how many",
    "have nobody": "follows a count of how many",
    "none of them": "follows a count of pieces",
    "Where nothing is multiplied": "name of a way to rank",
    "Nothing to compare between units.": "an empty table",
    "No scenario misses by so little that it is worth listing.": "of those counted above",
    "nothing watches this": "text that is looked for",
    "There is no scenario to show as a card.": "an empty table",
    "No card to hold up.": "an empty table",
    "With fewer than two assessors there is no agreement to show.": "an empty table",
    "No harm to people is screened in either year, or this edition does not show it.": "says both",
}


def test_no_none_nobody_all_and_every_say_out_of_how_many():
    bad = {text: where for where, text in sentences() if lacks_denominator(text)}
    assert {where for text, where in bad.items() if text not in REVIEWED} == set(), bad
    assert set(REVIEWED) <= set(bad), "reviewed exceptions that no sentence needs any more"


@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        ("No counterpart is worked with by one office and criticised by another.", True),
        ("None of {} counterparts is worked with by one office.", False),
        ("Every recommendation has a responsible role somewhere.", True),
        ("No case is entered.", False),
        ("Snow falls on another office.", False),
    ],
)
def test_the_rule_tells_a_claim_from_a_count(text, lacks):
    assert lacks_denominator(text) == lacks
