"""What a chapter may be told: known names, the type of their default, plain data."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategy_lib.core.errors import ChapterError, ParameterError
from strategy_lib.running.parameters import check_parameters, fitting, known_parameters

from .conftest import FIRST, PARAMETERS

DEFAULTS = {
    "seed": 1,
    "share": 0.5,
    "name": "a",
    "is_on": True,
    "rows": [1],
    "more": {},
    "any": None,
}


def test_the_parameters_cell_is_read_and_not_executed(house):
    known = known_parameters(house.chapter(FIRST, parameters=PARAMETERS + "limit: float = -1.5\n"))
    assert known["draws"] == 100
    assert known["limit"] == -1.5
    assert list(known)[:4] == ["workspace", "cycle", "edition", "as_of"]
    with pytest.raises(ChapterError, match="may hold only lines such as"):
        known_parameters(house.chapter(FIRST, parameters="workspace = __import__('os').getcwd()"))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda nb: nb["metadata"].clear(), "names no kernel"),
        (lambda nb: nb["cells"].clear(), "no cell with the tag"),
        (lambda nb: nb["cells"][1].update(source="seed = 1"), "lacks workspace, cycle, edition"),
        (lambda nb: nb["cells"][1].update(source="seed ="), "may hold only lines"),
        (lambda nb: nb.pop("cells"), "is not a notebook"),
    ],
)
def test_a_notebook_that_cannot_be_run_is_told_why(house, change, words):
    path = house.chapter(FIRST)
    content = json.loads(path.read_text())
    change(content)
    path.write_text(json.dumps(content))
    with pytest.raises(ChapterError, match=words):
        known_parameters(path)


def test_what_is_no_notebook_at_all_is_told(tmp_path):
    (tmp_path / "x.ipynb").write_text("# text")
    with pytest.raises(ChapterError, match="is not a notebook"):
        known_parameters(tmp_path / "x.ipynb")
    with pytest.raises(ChapterError, match="cannot be read"):
        known_parameters(tmp_path / "absent.ipynb")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("seed", 2),
        ("share", 1),
        ("share", 0.1),
        ("name", "b"),
        ("is_on", False),
        ("rows", []),
        ("more", {"a": [1, {"b": None}]}),
        ("any", "x"),
    ],
)
def test_a_value_like_its_default_is_taken(name, value):
    check_parameters({name: value}, {"01": DEFAULTS})


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("seed", True, "a whole number"),
        ("seed", 1.0, "a whole number"),
        ("seed", None, "a whole number"),
        ("share", "0.5", "a number"),
        ("share", float("nan"), "plain data"),
        ("name", 1, "a text"),
        ("is_on", 1, "true or false"),
        ("rows", (1,), "a list"),
        ("rows", [(1,)], "plain data"),
        ("more", {1: 2}, "plain data"),
        ("any", b"x", "plain data"),
        ("sed", 1, "did you mean 'seed'"),
        ("workspace", "/", "set by the run"),
    ],
)
def test_any_other_value_is_refused(name, value, words):
    with pytest.raises(ParameterError, match=words):
        check_parameters({name: value}, {"01": DEFAULTS, "02": {"other": 1}})


def test_each_chapter_gets_what_it_knows():
    check_parameters({"seed": 2, "other": 3}, {"01": DEFAULTS, "02": {"other": 1}})
    assert fitting({"seed": 2, "other": 3}, {"other": 1}) == {"other": 3}


plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(plain)
@settings(deadline=None, derandomize=True)
def test_what_is_taken_is_what_json_gives_back(value):
    check_parameters({"any": value}, {"01": DEFAULTS})
    assert json.loads(json.dumps(value)) == value
