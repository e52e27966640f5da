"""The notebooks of a run: what they import, and which of them are the organisation's own."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from strategy_lib.chapters.registry import CHAPTERS
from strategy_lib.core.hashing import hash_file
from strategy_lib.core.resources import resource
from strategy_lib.core.workspace import COPIED_FROM_FILE, Workspace

# Imported before kernels are forked, if a chapter imports them: they start no threads.
_SAFE_TO_FORK = (
    "networkx", "numpy", "pandas", "plotly", "pypinyin", "rapidfuzz", "scipy", "strategy_lib",
)  # fmt: skip


def preloadable(notebooks: Iterable[Path]) -> list[str]:
    """Modules that the notebooks import and that may be imported before kernels are forked."""
    found = {module for path in notebooks for module in _imported(path)}
    return sorted(m for m in found if m.partition(".")[0] in _SAFE_TO_FORK)


def _imported(path: Path) -> Iterator[str]:
    for source in _code(path):
        try:
            statements = ast.parse(source).body
        except SyntaxError:
            continue
        for statement in statements:
            if isinstance(statement, ast.Import):
                yield from (alias.name for alias in statement.names)
            elif isinstance(statement, ast.ImportFrom) and statement.module:
                # `from package import module` or `... import name`: one of the two imports.
                yield statement.module
                yield from (f"{statement.module}.{alias.name}" for alias in statement.names)


def _code(path: Path) -> Iterator[str]:
    content = json.loads(path.read_text(encoding="utf-8"))
    for cell in content["cells"]:
        if cell["cell_type"] == "code" and "workshop" not in cell["metadata"].get("tags", []):
            yield "".join(cell["source"])


def own_copy_warnings(workspace: Workspace) -> list[str]:
    """Which chapters are the organisation's own copies, and whether the workbook's has moved on.

    `workbook customise` notes in `notebooks/copied_from.json` which notebook it copied.
    """
    warnings = []
    for chapter in CHAPTERS:
        own = workspace.own_notebooks / chapter.notebook
        if own.is_file():
            warnings.append(f"{chapter.name} is your own copy, {own}.")
            bundled = hash_file(resource("notebooks", chapter.notebook))
            if _copied_from(workspace).get(chapter.name, bundled) != bundled:
                warnings.append(
                    f"{chapter.name} has changed in the workbook since you copied it; "
                    "see what is new there, and copy it again if you want that."
                )
    return warnings


def _copied_from(workspace: Workspace) -> dict[str, str]:
    try:
        content = json.loads((workspace.own_notebooks / COPIED_FROM_FILE).read_bytes())
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}
