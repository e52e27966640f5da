"""Which of the notebooks of a run are the organisation's own copies."""

from __future__ import annotations

import json

from strategy_lib.chapters.registry import chapters_for
from strategy_lib.core.hashing import hash_file
from strategy_lib.core.resources import resource
from strategy_lib.core.workspace import COPIED_FROM_FILE, Workspace


def own_copy_warnings(workspace: Workspace) -> list[str]:
    """Which chapters are the organisation's own copies, and whether the workbook's has moved on.

    `workbook customise` notes in `notebooks/copied_from.json` which notebook it copied.
    """
    warnings = []
    for chapter in chapters_for(workspace.settings.optional):
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
