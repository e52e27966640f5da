"""What notebooks show by name is there: in the chapter's outputs, its figures and its notebook."""

from __future__ import annotations

import ast
import inspect
import json
from importlib import import_module

import pytest

from strategy_lib.chapters.registry import CHAPTERS, chapter_named
from strategy_lib.core.errors import InputError
from strategy_lib.core.resources import resource
from strategy_lib.notebook import OpenChapter

CONVERTED = [
    chapter
    for chapter in CHAPTERS
    if hasattr(import_module(f"strategy_lib.chapters.{chapter.folder}.outputs"), "OUTPUTS")
]


def outputs_of(chapter):
    return import_module(f"strategy_lib.chapters.{chapter.folder}.outputs").OUTPUTS


def shown_in_notebook(chapter):
    """Names in every `result.show(...)` of the chapter's notebook."""
    content = json.loads(resource("notebooks", chapter.notebook).read_bytes())
    code = ("".join(c["source"]) for c in content["cells"] if c["cell_type"] == "code")
    for call in (n for source in code for n in ast.walk(ast.parse(source))):
        if isinstance(call, ast.Call) and getattr(call.func, "attr", "") == "show":
            yield from (argument.value for argument in call.args)


@pytest.mark.parametrize("chapter", CONVERTED, ids=lambda c: c.folder)
def test_a_notebook_shows_each_output_once_and_nothing_else(chapter):
    shown = list(shown_in_notebook(chapter))
    assert sorted(shown) == sorted(outputs_of(chapter))


@pytest.mark.parametrize("chapter", CONVERTED, ids=lambda c: c.folder)
def test_every_figure_that_is_named_takes_what_it_is_given(chapter):
    for name, output in outputs_of(chapter).items():
        if output.draws:
            figures = import_module(f"strategy_lib.chapters.{chapter.folder}.figures")
            given = {"title", *output.takes, *output.where}
            signature = inspect.signature(getattr(figures, output.draws))
            needed = [p for p in signature.parameters.values() if p.default is p.empty][1:]
            assert {p.name for p in needed} <= given <= signature.parameters.keys(), name


def test_an_output_that_is_not_there_is_told_with_the_nearest():
    result = OpenChapter(chapter_named("presence"), None, None, "")
    with pytest.raises(InputError, match=r"02_china_presence shows nothing called 'rank' \(did"):
        result.show("rank")
