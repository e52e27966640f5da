"""A papermill engine that runs the cells in this process, in an IPython shell: there is no kernel.

The process is one chapter's alone; what its cells show becomes their outputs, as in a kernel.
"""

from __future__ import annotations

from contextlib import redirect_stderr, redirect_stdout
from io import TextIOBase
from typing import Any

import nbformat
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from papermill.engines import Engine, papermill_engines
from papermill.execute import raise_for_execution_errors
from traitlets.config import Config

ENGINE = "workbook"
_new_output: Any = nbformat.v4.new_output


class _Publisher(DisplayPublisher):  # type: ignore[misc]
    """What a cell displays, as outputs of that cell; what has an id can be shown anew."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[no-untyped-call]
        self.outputs: list[Any] = []
        self._by_id: dict[str, list[Any]] = {}
        self._clears_next = False

    def publish(
        self,
        data: Any,
        metadata: Any = None,
        source: Any = None,  # noqa: ARG002
        *,
        transient: Any = None,
        update: bool = False,
        **_: Any,
    ) -> None:
        output = _new_output("display_data", data, metadata=metadata or {})
        shown = self._by_id.setdefault((transient or {}).get("display_id", ""), [])
        if not update:
            self.add(output)
            shown.append(output)
        elif transient:
            for earlier in shown:
                earlier.update(data=output["data"], metadata=output["metadata"])

    def clear_output(self, wait: bool = False) -> None:
        self._clears_next = wait
        if not wait:
            self.outputs.clear()

    def add(self, output: Any) -> None:
        """Add an output to the cell; what it prints in one go is one output."""
        if self._clears_next:
            self.clear_output()
        last = self.outputs[-1] if self.outputs else {}
        if output["output_type"] == "stream" and output["name"] == last.get("name"):
            last["text"] += output["text"]
        else:
            self.outputs.append(output)


class _Hook(DisplayHook):  # type: ignore[misc]
    """The value of a cell's last line, as its output."""

    shell: Any

    def write_output_prompt(self) -> None:
        """Nothing: the number stands in the output."""

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        count = self.shell.execution_count
        output = _new_output(
            "execute_result", format_dict, metadata=md_dict or {}, execution_count=count
        )
        self.shell.display_pub.add(output)


class _Shell(InteractiveShell):  # type: ignore[misc]
    """A shell whose errors are outputs too."""

    display_pub: Any

    def _showtraceback(self, etype: Any, evalue: Any, stb: Any) -> None:
        error = _new_output("error", ename=etype.__name__, evalue=str(evalue), traceback=stb)
        self.display_pub.add(error)


class _Stream(TextIOBase):
    """What a cell prints."""

    encoding = "utf-8"

    def __init__(self, name: str, publisher: _Publisher) -> None:
        self.name, self._publisher = name, publisher

    def write(self, text: str) -> int:
        if text:
            self._publisher.add(_new_output("stream", name=self.name, text=text))
        return len(text)


class ShellEngine(Engine):  # type: ignore[misc]
    """Runs one cell after another, up to the first that fails."""

    @classmethod
    def execute_notebook(cls, nb: Any, *args: Any, **kwargs: Any) -> Any:
        """Execute; an empty notebook comes back, the executed one is in `witness`.

        Papermill makes a text of what comes back, also where it is to be written nowhere.
        """
        raise_for_execution_errors(super().execute_notebook(nb, *args, **kwargs), None)
        return nbformat.v4.new_notebook()  # type: ignore[no-untyped-call]

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: Any,
        kernel_name: str,  # noqa: ARG003
        *,
        witness: Any,
        **_: Any,
    ) -> None:
        """Execute, telling `witness` of each cell before it runs."""
        witness.notebook = nb_man.nb
        shell = _Shell.instance(
            config=Config({"HistoryManager": {"enabled": False}}),
            displayhook_class=_Hook,
            display_pub_class=_Publisher,
            colors="nocolor",
        )
        for cell in nb_man.nb.cells:
            witness.begins(cell)
            if cell.cell_type == "code" and cell.source.strip() and not _runs(shell, cell):
                break


def _runs(shell: Any, cell: Any) -> bool:
    """Run a cell; whether it came to its end."""
    publisher = shell.display_pub
    cell.outputs = publisher.outputs = []
    out, err = _Stream("stdout", publisher), _Stream("stderr", publisher)
    with redirect_stdout(out), redirect_stderr(err):
        done = shell.run_cell(cell.source, store_history=True)
    cell.execution_count = shell.execution_count - 1
    return bool(done.success)


papermill_engines.register(ENGINE, ShellEngine)
