"""A chapter that fails: what is said of it, and that nothing else suffers."""

from __future__ import annotations

import nbformat
import pytest

from strategy_lib.running import one_edition, run

from .conftest import FIRST, SECOND


def test_the_cause_is_told_in_two_lines_and_the_rest_goes_on(house):
    run(house.workspace, editions=["core"])
    before = house.pages("core")
    house.chapter(SECOND, "rows = {}", "rows['theme']")
    events = []
    report = run(house.workspace, editions=["core", "public"], progress=events.append)
    assert [(e.edition, e.state) for e in report.editions] == [
        ("core", "failed"),
        ("public", "made"),
    ]
    assert house.pages("core") == before
    assert report.failed
    assert report.indexes == (str(house.cycle.outputs("public") / "index.html"),)
    (failure,) = report.editions[0].failures
    assert failure.cause == (
        "failed in code cell 4, under “Extra”:\n  a name was not found (KeyError: 'theme')"
    )
    assert "the last complete edition stays as it was" in report.lines[0]
    assert [str(e) for e in events if e.kind == "failed"] == [
        f"core · {SECOND}: failed in code cell 4, under “Extra”"
    ]
    log = failure.log.read_text()
    assert "rows['theme']" in log
    assert "Traceback" in log
    assert "\x1b" not in log
    executed = nbformat.read(failure.log.with_suffix(".ipynb"), as_version=4)
    assert any("ename" in output for cell in executed.cells for output in cell.get("outputs", ()))

    house.chapter(SECOND)
    assert not run(house.workspace, editions=["core"]).failed
    assert not failure.log.exists()


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("os._exit(3)", "its process ended by itself"),
        ("import threading\nthreading.Event().wait()", "it took longer than 1 seconds"),
        (
            "from strategy_lib.core import errors\nraise errors.InputError('Say it so.\\nMore')",
            "\n  Say it so.",
        ),
        ("1 +", "a cell is not valid Python (SyntaxError: invalid syntax"),
        ("assert 1 == 2, 'parts do not add up'", "a check did not hold (AssertionError: parts"),
    ],
)
def test_causes_in_words(house, monkeypatch, cell, words):
    if "longer than" in words:
        monkeypatch.setattr(one_edition, "LONGEST_CHAPTER_SECONDS", 1.0)
    house.chapter(FIRST, cell)
    (failure,) = run(house.workspace, chapters=["01"]).editions[0].failures
    assert failure.cause.startswith("failed in code cell 3, under “Extra”:\n")
    assert words in failure.cause
    assert failure.cause.count("\n") == 1
    assert cell in failure.log.read_text()
    assert not house.cycle.outputs("core").exists()


def test_a_chapter_that_saves_nothing_is_not_published(house):
    house.chapter(FIRST, "os.environ['WORKBOOK_RESULTS'] = os.environ['IPYTHONDIR']")
    (failure,) = run(house.workspace, chapters=["01"]).editions[0].failures
    assert "it saved no result" in failure.cause


def test_pages_that_cannot_be_made_leave_the_edition_as_it_was(house):
    run(house.workspace, chapters=["01"])
    before = house.pages()
    house.chapter(FIRST, "import plotly.graph_objects as go", "go.Figure(layout={'title': 'bare'})")
    report = run(house.workspace, chapters=["01"])
    assert report.failed
    assert "pages could not be made:\n  01_first: The figure in cell" in "\n".join(report.lines)
    assert house.pages() == before
    assert not (house.cycle.root / ".making").exists()


def test_a_disk_that_takes_no_log_hides_no_cause(house):
    run(house.workspace, chapters=["01"])
    before = house.pages()
    house.chapter(FIRST, "1 / 0")
    logs = house.cycle.logs("core")
    logs.parent.mkdir(exist_ok=True)
    logs.write_text("a file stands where the folder should be")
    report = run(house.workspace, chapters=["01"], editions=["core"])
    (failure,) = report.editions[0].failures
    assert failure.log is None and "a division by zero" in failure.cause
    assert "Log:" not in "\n".join(report.lines)
    assert house.pages() == before
