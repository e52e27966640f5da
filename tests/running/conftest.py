"""Small chapters and a small workspace: what is tested is the running, not the analysis."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import forkserver
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from strategy_lib.chapters import registry
from strategy_lib.chapters.registry import Chapter
from strategy_lib.core.workspace import open_workspace
from strategy_lib.running import notebooks, planning
from strategy_lib.running.workers import Workers

FIRST, SECOND = "01_first", "02_second"
CHAPTERS = (
    Chapter(FIRST, "First", "What is there?", "first"),
    Chapter(SECOND, "Second", "What is not?", "second", floor="internal"),
)
PARAMETERS = """\
workspace = ""  # folder
cycle = 0
edition = "core"
as_of = ""
seed = 20260101
draws = 100
label = "plain"
"""
LOAD = """\
import os
from pathlib import Path
from strategy_lib.editions.snapshot import ensure_snapshot, read_snapshot
known = read_snapshot(ensure_snapshot(workspace, cycle, edition, as_of))"""
ANALYSE = """\
from strategy_lib.publishing.display import show_sentences
sentences = [f"{edition} {as_of} {seed} {label}", *known.restricted["activities"]["title"]]
show_sentences(sentences)"""
SAVE = """\
import json
folder = Path(os.environ["WORKBOOK_RESULTS"]) / {name!r}
folder.mkdir(parents=True)
known.restricted["activities"].to_csv(folder / "activities.csv", index=False)
_ = (folder / "summary.json").write_text(json.dumps({{"bottom_line": sentences}}))"""


def notebook(name: str, *extra: str, parameters: str = PARAMETERS, tag: str = "parameters"):
    """A chapter that loads, shows and saves; `extra` cells come between, under `## Extra`."""
    given = new_code_cell(parameters, metadata={"tags": [tag]})
    workshop = new_code_cell("raise SystemError('a workshop cell ran')")
    workshop.metadata["tags"] = ["workshop"]
    cells = [new_markdown_cell(f"# {name}?"), given, new_code_cell(LOAD)]
    cells += [new_markdown_cell("## Extra"), *map(new_code_cell, extra), workshop]
    cells += [new_code_cell(ANALYSE), new_code_cell(SAVE.format(name=name))]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return new_notebook(cells=cells, metadata={"kernelspec": kernel})


def activity(key: str, title: str, **more) -> dict[str, object]:
    """One activity as offices would enter it."""
    return {"activity_id": key, "unit_id": "ke", "title": title, "handling": "internal", **more}


@dataclass(frozen=True)
class House:
    """A workspace and the workbook's chapters, both made for one test."""

    root: Path
    bundled: Path

    @property
    def workspace(self):
        """The workspace, with its settings read anew."""
        return open_workspace(self.root)

    @property
    def cycle(self):
        """Its one cycle."""
        return self.workspace.cycle(2026)

    def chapter(self, name: str, *extra: str, folder: Path | None = None, **options) -> Path:
        """Write a chapter's notebook."""
        path = (folder or self.bundled) / f"{name}.ipynb"
        path.parent.mkdir(exist_ok=True)
        nbformat.write(notebook(name, *extra, **options), path)
        return path

    def enter(self, *rows: dict[str, object], file: str = "kenya") -> None:
        """What an office sends."""
        path = self.cycle.inputs / "mapping" / f"{file}.json"
        path.write_text(json.dumps(rows))

    def settings(self, text: str) -> None:
        """Set `workbook.toml`."""
        (self.root / "workbook.toml").write_text(text)

    def pages(self, edition: str = "core") -> dict[str, bytes]:
        """Everything in an edition's folder of pages."""
        folder = self.cycle.outputs(edition)
        return {p.name: p.read_bytes() for p in sorted(folder.glob("*")) if p.is_file()}


SETTINGS = (
    '[organisation]\nname = "Acme"\n[run]\nas_of = 2026-11-01\nformats = []\neditions = ["core"]\n'
)


# The processes of a run find this in the place of the reader: it reads what `House.enter` wrote.
# A title "wrong" is an error without whose mending nothing is made, "odd" a warning.
READER = """\
import importlib.abc, importlib.util, json, sys
def read_inputs(cycle, as_of=None, kept=None):
    from strategy_lib.schema.frames import Tables, typed_frame
    from strategy_lib.core.problems import Problem
    from strategy_lib.schema.schema import schemas
    rows = []
    for path in sorted((cycle.inputs / "mapping").glob("*.json")):
        rows += json.loads(path.read_text())
    kinds = {"wrong": "error", "odd": "warning"}
    problems = [
        Problem("workbook.toml", "", 4, "Title", kinds[row["title"]], "kind", "a title")
        for row in rows if row["title"] in kinds
    ]
    frames = {name: typed_frame(schema, []) for name, schema in schemas().items()}
    frames["activities"] = typed_frame(schemas()["activities"], rows)
    return Tables(frames, tuple(problems))
class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name, path=None, target=None):
        if name == "strategy_lib.inputs.read":
            return importlib.util.spec_from_loader(name, self)
    def create_module(self, spec):
        return None
    def exec_module(self, module):
        module.read_inputs = read_inputs
sys.meta_path.insert(0, Finder())
"""


@pytest.fixture(scope="session")
def reader(tmp_path_factory) -> Path:
    """Where the processes of these tests find the reader's stand-in."""
    folder = tmp_path_factory.mktemp("reader")
    (folder / "sitecustomize.py").write_text(READER)
    return folder


@contextmanager
def in_place(server: forkserver.ForkServer) -> Iterator[pytest.MonkeyPatch]:
    """What is forked now is forked from this server."""
    with pytest.MonkeyPatch.context() as patches:
        patches.setattr(forkserver, "_forkserver", server)
        for name in ("ensure_running", "connect_to_new_process", "set_forkserver_preload"):
            patches.setattr(forkserver, name, getattr(server, name))
        yield patches


@pytest.fixture(scope="session")
def server(reader) -> forkserver.ForkServer:
    """A server that knows the stand-in, begun as a run begins it; it ends with us."""
    made = forkserver.ForkServer()
    with in_place(made) as patches:
        patches.setenv("PYTHONPATH", str(reader))
        Workers().close()
    return made


@pytest.fixture(scope="module", autouse=True)
def server_of_their_own(server):
    """That of others must not know the stand-in."""
    with in_place(server):
        yield


def use_small_chapters(bundled: Path, set_attribute) -> None:
    """Let the running know the chapters in `bundled` only."""
    for module in (registry, planning):
        set_attribute(module, "CHAPTERS", CHAPTERS)
    for module in (planning, notebooks):
        set_attribute(module, "resource", lambda *parts: bundled.joinpath(*parts[1:]))


@pytest.fixture
def house(tmp_path, monkeypatch, reader) -> House:
    """A workspace with one office's input, and two chapters."""
    use_small_chapters(tmp_path / "bundled", monkeypatch.setattr)
    monkeypatch.setenv("PYTHONPATH", str(reader))
    (tmp_path / "acme" / "2026" / "inputs" / "mapping").mkdir(parents=True)
    made = House(tmp_path / "acme", tmp_path / "bundled")
    made.settings(SETTINGS)
    for chapter in CHAPTERS:
        made.chapter(chapter.name)
    made.enter(activity("a1", "Seen by all"), activity("a2", "Hidden", handling="restricted"))
    return made
