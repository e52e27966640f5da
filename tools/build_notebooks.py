"""Run the committed notebooks on the bundled example and keep their outputs.

They run one after another in one copy of it, as in a run: the brief reads what the others saved.
Those that teach a method (`notebooks/methods`) need no example and can be made alone:
`tools/build_notebooks.py methods`.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from strategy_lib.chapters.registry import CHAPTERS
from strategy_lib.core.workspace import WORKSPACE_VARIABLE, copy_example, open_workspace
from strategy_lib.running import run

NOTEBOOKS = Path(__file__).resolve().parents[1] / "notebooks"
METHODS = NOTEBOOKS / "methods"


@contextmanager
def one_example() -> Iterator[None]:
    """Let all notebooks that are run now work in one copy of the bundled example."""
    with tempfile.TemporaryDirectory(prefix="workbook-example-") as folder:
        root = copy_example(Path(folder, "example"))
        workspace = open_workspace(root)
        # The annual chapter reads what the chapters of the year before saved.
        run(workspace, min(workspace.years), ["core"], formats=())
        os.environ[WORKSPACE_VARIABLE] = str(root)
        yield
        del os.environ[WORKSPACE_VARIABLE]


def build(path: Path) -> None:
    """Execute one notebook in place; nothing of this machine stays in it."""
    notebook = nbformat.read(path, 4)
    NotebookClient(notebook, kernel_name="python3", timeout=600, record_timing=False).execute()
    notebook.metadata = nbformat.NotebookNode(
        kernelspec={"name": "python3", "display_name": "Python 3", "language": "python"},
        language_info={"name": "python"},
    )
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number:02d}"
        if "workshop" in cell.metadata.get("tags", []):
            # A panel lives with its kernel; what is stored of it shows nothing.
            cell.outputs, cell.execution_count = [], None
        cell.metadata = nbformat.NotebookNode(
            {k: v for k, v in cell.metadata.items() if k == "tags"}
        )
    nbformat.write(notebook, path)


if __name__ == "__main__":
    for path in sorted(METHODS.glob("*.ipynb")):
        build(path)
        print(path.name, file=sys.stderr)
    if sys.argv[1:] != [METHODS.name]:
        with one_example():
            for chapter in CHAPTERS:
                build(NOTEBOOKS / chapter.notebook)
                print(chapter.notebook, file=sys.stderr)
