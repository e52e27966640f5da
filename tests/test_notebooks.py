"""A chapter's anatomy: short cells, no logic, the answer first, nothing of this machine."""

from __future__ import annotations

import ast
import re
from importlib import import_module
from pathlib import Path

import nbformat
import pytest

from strategy_lib.chapters.registry import CHAPTERS

ROOT = Path(__file__).resolve().parents[1]
WORKSHOP = "workshop"
FORBIDDEN = (ast.FunctionDef, ast.ClassDef, ast.For, ast.While, ast.Lambda, ast.Try, ast.With)


@pytest.fixture(params=CHAPTERS, ids=lambda chapter: chapter.name)
def chapter(request):
    path = ROOT / "notebooks" / request.param.notebook
    return request.param, nbformat.read(path, 4), path.read_text(encoding="utf-8")


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def tags(cell):
    return cell.metadata.get("tags", [])


def test_every_notebook_is_a_chapter():
    assert {p.name for p in (ROOT / "notebooks").glob("*.ipynb")} == {c.notebook for c in CHAPTERS}


def test_the_heading_is_the_question(chapter):
    about, notebook, _ = chapter
    first = notebook.cells[0]
    assert first.cell_type == "markdown"
    assert first.source.splitlines()[0] == f"# {about.question}"
    for part in ("What you decide", "Who should be in the room", "What this cannot tell you"):
        assert part in first.source


def test_cells_are_few_short_and_without_logic(chapter):
    _, notebook, _ = chapter
    cells = code_cells(notebook)
    assert len([cell for cell in cells if WORKSHOP not in tags(cell)]) <= 20
    for cell in cells:
        assert len(cell.source.splitlines()) <= 9, cell.source
        tree = ast.parse(cell.source)
        assert not [node for node in ast.walk(tree) if isinstance(node, FORBIDDEN)], cell.source
        assert not re.search(r"^\s*[%!]|\binput\(", cell.source, re.MULTILINE)


def test_parameters_are_typed_literals_with_help(chapter):
    _, notebook, _ = chapter
    (cell,) = [cell for cell in code_cells(notebook) if "parameters" in tags(cell)]
    names = []
    for line, statement in zip(cell.source.splitlines(), ast.parse(cell.source).body, strict=True):
        assert isinstance(statement, ast.AnnAssign | ast.Assign)
        target = statement.target if isinstance(statement, ast.AnnAssign) else statement.targets[0]
        names.append(target.id)
        ast.literal_eval(statement.value)
        assert "#" in line, f"{line}: needs a comment"
    assert names[:4] == ["workspace", "cycle", "edition", "as_of"]


def test_every_parameter_does_something(chapter):
    _, notebook, _ = chapter
    (cell,) = [cell for cell in code_cells(notebook) if "parameters" in tags(cell)]
    others = "\n".join(c.source for c in code_cells(notebook) if c is not cell)
    names = re.findall(r"^(\w+):", cell.source, re.MULTILINE)
    assert [name for name in names if not re.search(rf"\b{name}\b", others)] == []


def named(source, names):
    return any(name in source for name in names)


def test_the_answer_comes_before_any_figure_and_the_result_is_saved(chapter):
    about, notebook, _ = chapter
    outputs = import_module(f"strategy_lib.chapters.{about.folder}.outputs").OUTPUTS
    figures = [f'"{name}"' for name, output in outputs.items() if output.draws]
    cells = code_cells(notebook)
    bottom = next(n for n, cell in enumerate(cells) if ".show_page(" in cell.source)
    shown = [cell.source if ".show(" in cell.source else "" for cell in cells]
    # The optional chapters draw on the page alone: what their notebooks show first is a table.
    first = next(
        n for n, source in enumerate(shown) if source and (not figures or named(source, figures))
    )
    assert bottom < first
    assert any(".save(" in cell.source for cell in cells[first:])


def test_what_a_room_does_together_has_one_panel_that_batch_runs_drop(chapter):
    about, notebook, _ = chapter
    panels = [cell for cell in code_cells(notebook) if WORKSHOP in tags(cell)]
    assert len(panels) == (0 if about.reads_before else 1)
    for cell in panels:
        assert "Panel.open(" in cell.source
        assert cell.outputs == []
    others = [cell.source for cell in code_cells(notebook) if cell not in panels]
    assert not any("Panel" in source for source in others)


def test_prose_quotes_no_result(chapter):
    _, notebook, _ = chapter
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            assert not re.search(r"\d+ ?(%|percent|per cent|offices|activities)", cell.source)


def test_nothing_of_this_machine_is_committed(chapter):
    _, notebook, text = chapter
    assert notebook.metadata.kernelspec.name == "python3"
    for part in ("injected-parameters", str(ROOT), str(Path.home()) + "/", "papermill", "/tmp/"):
        assert part not in text
    assert all(cell.get("execution_count") for cell in code_cells(notebook) if cell.outputs)
    assert not [o for c in code_cells(notebook) for o in c.outputs if o.output_type == "error"]


@pytest.fixture(
    params=sorted((ROOT / "notebooks" / "methods").glob("*.ipynb")), ids=lambda p: p.stem
)
def lesson(request):
    return nbformat.read(request.param, 4)


def test_a_lesson_has_the_answer_first_short_cells_and_one_number_to_change(lesson):
    assert lesson.cells[0].source.splitlines()[0].startswith("# ")
    for cell in lesson.cells:
        if cell.cell_type == "markdown":
            prose = " ".join(line for line in cell.source.splitlines() if line[:1] != "#")
            assert 40 <= len(prose.split()) <= 70, prose
        else:
            body = ast.parse(cell.source).body
            imported = [node for node in body if isinstance(node, ast.Import | ast.ImportFrom)]
            assert len(body) - len(imported) <= 2, cell.source
            assert not [
                node for part in body for node in ast.walk(part) if isinstance(node, FORBIDDEN)
            ]
    changed = [c for c in code_cells(lesson) if "# the number to change" in c.source]
    assert len(changed) == 1


def test_a_lesson_is_no_chapter_and_keeps_its_outputs(lesson):
    cells = code_cells(lesson)
    assert not [cell for cell in cells if tags(cell)]
    assert cells[-1].outputs and all(cell.execution_count for cell in cells)
    assert not [o for cell in cells for o in cell.outputs if o.output_type == "error"]


def test_six_methods_are_taught():
    names = {path.stem for path in (ROOT / "notebooks" / "methods").glob("*.ipynb")}
    assert names == {
        *("smaa", "cross_impact_balance", "firm_futures", "metalog", "regret", "kendalls_w")
    }
