"""Cells that run without a kernel: what they show is what a kernel would have shown."""

from __future__ import annotations

import nbformat
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat.v4 import new_code_cell, new_notebook

from strategy_lib.running.workers import Workers

SHOWS = (
    "from IPython.display import clear_output, display\n1 + 1",
    "print('a', end='')\nprint('b')",
    "import sys\nprint('c', file=sys.stderr)",
    "_ = display({'text/plain': 'first'}, raw=True, display_id='one')\n'value'",
    "display({'text/plain': 'then'}, raw=True, display_id='one', update=True)\n"
    "display({'text/html': '<b>x</b>'}, raw=True, metadata={'m': 1})",
    "print('gone')\nclear_output()\nprint('here')\nclear_output(wait=True)\nprint('last')",
    "import asyncio\nawait asyncio.sleep(0, 'waited')",
    "x = 4\nx;",
)


@pytest.mark.parametrize(
    "cells", [SHOWS, ("print('before')\n1 / 0", "'never'"), ("raise SystemExit(2)",)]
)
def test_cells_show_what_they_show_in_a_kernel(house, cells):
    parameters = new_code_cell("workspace = ''", metadata={"tags": ["parameters"]})
    plain = new_notebook(cells=[parameters, *map(new_code_cell, cells)])
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    plain.metadata["kernelspec"] = kernel
    path = house.bundled / "cells.ipynb"
    nbformat.write(plain, path)
    failed, made = _executed(house, path)
    if failed:
        with pytest.raises(CellExecutionError):
            NotebookClient(plain).execute()
    else:
        NotebookClient(plain).execute()
    sources = [cell.source for cell in made.cells]
    # Papermill adds a cell with parameters, and a note before one that failed.
    ours = [made.cells[sources.index(cell)] for cell in cells]
    assert [_shown(cell) for cell in ours] == [_shown(cell) for cell in plain.cells[1:]]


def _executed(house, path):
    """Whether it failed, and the notebook as it was executed in a step of a run."""
    made, failed = house.root / "made.ipynb", house.root / "failed.ipynb"
    task = {
        "chapter": "cells",
        "edition": "core",
        "notebook": str(path),
        "parameters": {},
        "environment": {},
        "seconds": 60.0,
        "under_way": str(house.root / "under_way.json"),
    }
    step = "strategy_lib.running.steps:execute_chapter"
    with Workers() as workers:
        said = workers.call(step, task=task, executed=str(made), failed=str(failed))
    return bool(said), nbformat.read(failed if said else made, as_version=4)


def _shown(cell) -> list[dict]:
    own = ("execution_count", "traceback")
    return [{k: v for k, v in output.items() if k not in own} for output in cell.outputs]
