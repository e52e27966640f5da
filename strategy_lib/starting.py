"""Starting: a new workspace, forms for its offices, a chapter to change."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from strategy_lib.chapters.registry import chapter_named
from strategy_lib.errors import InputError, WorkspaceError
from strategy_lib.fingerprints import hash_file
from strategy_lib.resources import resource
from strategy_lib.settings import SETTINGS_FILE
from strategy_lib.tables.schema import LANGUAGES, TableSchema, schemas
from strategy_lib.workspace import COPIED_FROM_FILE, Cycle, Workspace, open_workspace


@dataclass(frozen=True)
class Created:
    """A new workspace: its folder, the year it begins with, and the forms in it."""

    root: Path
    year: int
    forms: tuple[Path, ...]


def create_workspace(
    folder: Path, name: str, year: int | None = None, languages: tuple[str, ...] = ("en",)
) -> Created:
    """Make a workspace folder with settings and blank forms.

    Raises
    ------
    InputError
        If the name is empty, the year is out of range or a language has no forms.
    WorkspaceError
        If the folder exists and is not empty.
    """
    year = year or date.today().year
    _refuse(name, year, languages)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise WorkspaceError(f"{folder} is there already and is not empty; name another folder.")
    for area in sorted({schema.area for schema in schemas().values()}):
        (folder / str(year) / "inputs" / area).mkdir(parents=True)
    values = {
        "name": json.dumps(name, ensure_ascii=False),
        "title": f"{name} - Global China strategy workbook",
        "underline": "=" * (len(name) + 34),
        "language": languages[0],
        "cycle": str(year),
        "folder": folder.name,
    }
    for template in (SETTINGS_FILE, "README.txt"):
        text = resource("templates", "workspace", template).read_text(encoding="utf-8")
        (folder / template).write_text(_filled(text, values), encoding="utf-8")
    cycle = open_workspace(folder).cycle(year)
    return Created(folder, year, tuple(_blank_forms(cycle, languages)))


def _refuse(name: str, year: int, languages: tuple[str, ...]) -> None:
    if not name.strip():
        raise InputError("--name is empty; give the name of your organisation.")
    if not 1900 <= year <= 2199:
        raise InputError(f"--cycle {year}: a year from 1900 to 2199 is needed.")
    for language in languages:
        if language not in LANGUAGES:
            allowed = ", ".join(LANGUAGES)
            raise InputError(f"There are no forms in {language!r}; there are: {allowed}.")


def _filled(text: str, values: dict[str, str]) -> str:
    return re.sub(r"\{\{ (\w+) \}\}", lambda match: values[match.group(1)], text)


def _blank_forms(cycle: Cycle, languages: Iterable[str]) -> Iterable[Path]:
    from strategy_lib.tables.forms import write_form
    from strategy_lib.tables.xlsform import write_xlsform

    folder = cycle.root / "forms"
    folder.mkdir(parents=True, exist_ok=True)
    organisation = cycle.workspace.settings.name
    for number, language in enumerate(languages):
        suffix = f"-{language}" if number else ""
        path = folder / f"mapping{suffix}.xlsx"
        yield write_form(path, form_tables("mapping"), language, organisation, cycle.year)
        if not number:
            for name, tables in (
                ("offices", form_tables("prepare")),
                ("names", [schemas()["name_decisions"]]),
            ):
                yield write_form(
                    folder / f"{name}.xlsx", tables, language, organisation, cycle.year
                )
    yield write_xlsform(folder / "mapping-xlsform.xlsx", form_tables("mapping"))


def form_tables(area: str) -> list[TableSchema]:
    """Tables of one form: in `mapping`, those that offices fill in.

    Examples
    --------
    >>> [table.name for table in form_tables("mapping")][:2]
    ['returns', 'activities']
    """
    tables = [schema for schema in schemas().values() if schema.area == area]
    return [t for t in tables if t.filled_by == "office"] or tables


def write_office_forms(cycle: Cycle) -> tuple[Path, ...]:
    """One mapping form for each open office in the list of offices, with its code filled in.

    The form is in the first of the office's working languages that there are forms in.

    Raises
    ------
    InputError
        If no office is listed yet.
    """
    from strategy_lib.tables.forms import write_form
    from strategy_lib.tables.read import read_inputs

    units = read_inputs(cycle)["units"]
    units = units[units["closed_date"].isna()]
    if units.empty:
        raise InputError(
            f"No office is listed yet; fill in {cycle.root / 'forms' / 'offices.xlsx'} "
            f"and save it in {cycle.inputs / 'prepare'}."
        )
    settings = cycle.workspace.settings
    folder = cycle.root / "forms" / "offices"
    folder.mkdir(parents=True, exist_ok=True)
    listed = dict(zip(units["unit_id"], units["name"], strict=True))
    paths = []
    for unit in units.sort_values("unit_id").to_dict("records"):
        spoken = [language for language in unit["languages"] if language in LANGUAGES]
        path = folder / f"mapping-{unit['unit_id']}.xlsx"
        language = spoken[0] if spoken else settings.language
        paths.append(
            write_form(
                path,
                form_tables("mapping"),
                language,
                settings.name,
                cycle.year,
                unit_id=unit["unit_id"],
                units=listed,
            )
        )
    return tuple(paths)


def customise_chapter(workspace: Workspace, name: str) -> Path:
    """Copy one bundled chapter into the workspace; a copy that is there already stays.

    Raises
    ------
    WorkspaceError
        If the workspace has its own copy already.
    """
    chapter = chapter_named(name)
    target = workspace.own_notebooks / chapter.notebook
    if target.exists():
        raise WorkspaceError(f"{target} is there already; it was left as it is.")
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
