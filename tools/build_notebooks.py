"""Run the committed notebooks on the bundled example and keep their outputs."""

from __future__ import annotations

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from strategy_lib.chapters.registry import CHAPTERS

NOTEBOOKS = Path(__file__).resolve().parents[1] / "notebooks"


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
    for chapter in CHAPTERS:
        build(NOTEBOOKS / chapter.notebook)
        print(chapter.notebook, file=sys.stderr)
