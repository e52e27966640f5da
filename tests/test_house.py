"""The house as `docs/architecture.md` draws it: rooms, their order, and how big they may grow."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import grimp
import networkx as nx
import pytest

from tests.workspaces import make_workspace

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "strategy_lib"
MOST_ROOMS, MOST_MODULES, MOST_LINES = 20, 22, 400


def rooms() -> set[str]:
    """Folders and modules at the top of the package."""
    folders = {p.parent.name for p in PACKAGE.glob("*/__init__.py")}
    return folders | {p.name for p in PACKAGE.glob("*.py") if p.name != "__init__.py"}


def test_there_are_few_rooms_and_each_stands_in_the_drawing():
    drawn = set(re.findall(r"^\| `(\w+(?:\.py)?)/?` \|", read("docs/architecture.md"), re.M))
    assert len(rooms()) <= MOST_ROOMS
    assert drawn == rooms()


def test_no_folder_is_crowded_and_no_module_long():
    for folder in {path.parent for path in PACKAGE.rglob("*.py")}:
        assert len(list(folder.glob("*.py"))) <= MOST_MODULES, folder
    for path in PACKAGE.rglob("*.py"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES, path


def test_nothing_is_imported_in_a_circle():
    graph = grimp.build_graph("strategy_lib")
    arrows = nx.DiGraph(
        (module, other)
        for module in graph.modules
        for other in graph.find_modules_directly_imported_by(module)
    )
    assert [c for c in nx.strongly_connected_components(arrows) if len(c) > 1] == []


def test_every_file_that_the_drawing_names_is_there():
    named = re.findall(r"`([\w/]+\.(?:py|ftl|json|csv|toml))`", read("docs/architecture.md"))
    # Those of any chapter or table, of an organisation's folder, and of a person's or file's own.
    files = {n for n in named if "/" in n and not re.search("NAME|NN|TABLE|^forms/q", n)}
    assert len(files) > 20
    places = (ROOT, PACKAGE)
    assert [n for n in sorted(files) if not any((place / n).exists() for place in places)] == []


def test_numbers_of_chapters_stand_in_the_registry_alone():
    number = re.compile(r"""(?<!\d)["']0\d(_[a-z]+)*["']""")
    written = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        # An example shows what people type and see.
        if number.search(line) and not re.match(r"\s*(>>>|\()", line)
    }
    # The second lies below the registry, and holds the number against what people entered.
    assert written == {"chapters/registry.py", "inputs/checks/wordings.py"}


def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


TOY = {
    "strategy_lib/chapters/toy/__init__.py": '"""A toy chapter."""\n',
    "strategy_lib/chapters/toy/analysis.py": '''\
"""How many offices there are."""

from __future__ import annotations

from strategy_lib.chapters.result import ChapterInputs, ChapterResult


def analyse(given: ChapterInputs) -> ChapterResult:
    """One table."""
    units = given.now.restricted["units"][["unit_id", "name"]]
    return ChapterResult({"offices": units}, {}, ("A toy.",))
''',
    "strategy_lib/chapters/toy/outputs.py": '''\
"""What the toy shows."""

from __future__ import annotations

from strategy_lib.chapters.result import Output, Outputs
from strategy_lib.editions.people import Declared

POINTS: Declared = {}
OUTPUTS: Outputs = {"offices": Output("Offices")}
''',
    "strategy_lib/chapters/toy/page.py": '''\
"""The main part of its page."""

from __future__ import annotations

from strategy_lib.chapters.page import Page
from strategy_lib.chapters.result import ChapterInputs, ChapterResult
from strategy_lib.core.messages import Say
from strategy_lib.plotting.pictures import Column, Grid, Picture, Row


def page(result: ChapterResult, given: ChapterInputs, say: Say) -> Page:
    """One sentence, one picture."""
    rows = tuple(Row(str(name), (str(code),)) for code, name in result["offices"].to_numpy())
    drawn = Picture(say("toy-offices"), Grid((Column(say("toy-code")),), rows))
    return Page(say("toy-finding", offices=len(result["offices"])), main=drawn)
''',
    "data/messages/en/toy.ftl": "toy-finding = There are { $offices } offices\n"
    "toy-offices = Our offices\ntoy-code = Code\n",
}
REGISTERED = '    Chapter("10_toy", "Toy", "How many offices are there?", "toy"),\n'
RUN = """\
import sys
from pathlib import Path
from strategy_lib.core.workspace import open_workspace
from strategy_lib.running import run
report = run(open_workspace(Path(sys.argv[1])), editions=["core"], chapters=["toy"], formats=())
print(report.editions[0].state, *report.indexes)"""


@pytest.fixture
def copy(tmp_path) -> Path:
    """The repository as far as a run needs it."""
    for name in ("strategy_lib", "notebooks", "data", "templates", "requirements.lock"):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, tmp_path)
    return tmp_path


def test_a_chapter_is_a_folder_a_notebook_its_messages_and_a_line_in_the_registry(copy):
    from nbformat import write
    from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

    for path, text in TOY.items():
        (copy / path).parent.mkdir(exist_ok=True)
        (copy / path).write_text(text, encoding="utf-8")
    given = 'workspace: str = ""\ncycle: int = 0\nedition: str = "core"\nas_of: str = ""'
    cells = [
        new_markdown_cell("# How many offices are there?"),
        new_code_cell(given, metadata={"tags": ["parameters"]}),
        new_code_cell(
            "from strategy_lib.notebook import open_chapter\n"
            'result = open_chapter("toy", workspace, cycle, edition, as_of)'
        ),
        new_code_cell("result.show_page()"),
        new_code_cell('result.show("offices")\nsaved = result.save()'),
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    write(
        new_notebook(cells=cells, metadata={"kernelspec": kernel}), copy / "notebooks/10_toy.ipynb"
    )
    registry = copy / "strategy_lib/chapters/registry.py"
    text = registry.read_text(encoding="utf-8")
    where = text.index('    Chapter(\n        "08_strategy_brief"')
    registry.write_text(text[:where] + REGISTERED + text[where:], encoding="utf-8")
    make_workspace(copy / "ours", {})
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(copy / "ours")],
        cwd=copy,
        env={"PATH": "", "PYTHONPATH": str(copy)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.startswith("made "), done.stderr
    page = copy / "ours/2026/outputs/core/10_toy.html"
    assert "There are" in page.read_text(encoding="utf-8")
    assert (copy / "ours/2026/results/core/10_toy/offices.csv").is_file()
