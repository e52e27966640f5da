"""What an organisation changes in its workbook: optional chapters, and copies of its own."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

from strategy_lib.chapters.registry import chapter_named
from strategy_lib.core.atomic import write_whole
from strategy_lib.core.errors import InputError, WorkspaceError
from strategy_lib.core.hashing import hash_file
from strategy_lib.core.resources import resource
from strategy_lib.core.settings import OPTIONAL_CHAPTERS, SETTINGS_FILE
from strategy_lib.core.workspace import COPIED_FROM_FILE, Workspace
from strategy_lib.cycles.create import about_form, blank_forms, write_blank_form
from strategy_lib.schema.schema import schemas

PROTOCOL = "protocol"
WORD_TEMPLATE = "template"


def add_chapter(workspace: Workspace, name: str) -> list[Path]:
    """Let an organisation use an optional chapter: in its settings, with blank forms.

    Parameters
    ----------
    name : str
        Name of the chapter's folder, such as `partners`.

    Returns
    -------
    list of Path
        Its forms, and the forms of offices with it.

    Raises
    ------
    InputError
        If there is no such optional chapter, or it is used already.
    WorkspaceError
        If the settings have a section `[chapters]` that only a person can change.
    """
    if name not in OPTIONAL_CHAPTERS:
        allowed = ", ".join(OPTIONAL_CHAPTERS)
        raise InputError(f"There is no optional chapter {name!r}; there are: {allowed}.")
    used = workspace.settings.optional
    if name in used:
        raise InputError(f"{name} is used already.")
    path, chosen = workspace.root / SETTINGS_FILE, (*used, name)
    text = _with_optional(path.read_text(encoding="utf-8"), chosen, path)
    cycle = workspace.cycle()
    (cycle.inputs / name).mkdir(exist_ok=True)
    folder = cycle.root / "forms"
    folder.mkdir(exist_ok=True)
    made = [
        write_blank_form(folder / f"{form.name}.xlsx", form, *about_form(cycle))
        for form in blank_forms(chosen)
        if schemas()[form.tables[0]].area == name
    ]
    write_whole(path, text.encode())
    return made


def _with_optional(text: str, optional: Iterable[str], path: Path) -> str:
    """The settings with the list of optional chapters, all else as somebody wrote it."""
    line = f"optional = {json.dumps(list(optional))}"
    if not re.search(r"^\s*\[chapters\]", text, re.MULTILINE):
        return f"{text.rstrip()}\n\n[chapters]\n{line}\n"
    changed, n = re.subn(r"^optional\s*=\s*\[[^\]]*\]", line, text, flags=re.MULTILINE)
    if n != 1:
        raise WorkspaceError(f"Write into [chapters] of {path}: {line}")
    return changed


def customise(workspace: Workspace, name: str) -> Path:
    """Copy a chapter, the protocol or the Word template into the workspace to be changed there.

    Parameters
    ----------
    name : str
        Number or name of a chapter, or `protocol`, or `template`.

    Returns
    -------
    Path
        The copy: a notebook, the folder of the protocol's files, or the Word template.

    Raises
    ------
    WorkspaceError
        If the workspace has its own already.
    """
    if name == PROTOCOL:
        target = _free(workspace.root / PROTOCOL)
        shutil.copytree(resource("templates", PROTOCOL), target)
        return target
    if name == WORD_TEMPLATE:
        target = _free(workspace.own_template)
        target.parent.mkdir(exist_ok=True)
        shutil.copy(resource("templates", "documents", target.name), target)
        return target
    return customise_chapter(workspace, name)


def _free(target: Path) -> Path:
    if target.exists():
        raise WorkspaceError(f"{target} is there already; it was left as it is.")
    return target


def customise_chapter(workspace: Workspace, name: str) -> Path:
    """Copy one bundled chapter into the workspace; a copy that is there already stays.

    Raises
    ------
    WorkspaceError
        If the workspace has its own copy already.
    """
    chapter = chapter_named(name)
    target = _free(workspace.own_notebooks / chapter.notebook)
    target.parent.mkdir(parents=True, exist_ok=True)
    bundled = resource("notebooks", chapter.notebook)
    shutil.copy(bundled, target)
    _note_origin(target.parent / COPIED_FROM_FILE, chapter.name, hash_file(bundled))
    return target


def _note_origin(path: Path, chapter: str, fingerprint: str) -> None:
    """Note which version a copy was made from, so that runs can say when it has moved on."""
    known = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    known[chapter] = fingerprint
    path.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n", encoding="utf-8")
