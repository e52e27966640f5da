"""Starting: a new workspace, forms for its offices, a chapter to change."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from strategy_lib.core.audiences import DEFAULT_EDITIONS, OUTWARD
from strategy_lib.core.errors import InputError, WorkspaceError
from strategy_lib.core.privacy import make_private
from strategy_lib.core.resources import resource
from strategy_lib.core.settings import (
    OPTIONAL_CHAPTERS,
    ORGANISATION_NAME,
    SETTINGS_FILE,
    Settings,
)
from strategy_lib.core.settings_reader import shown
from strategy_lib.core.workspace import Cycle, open_workspace
from strategy_lib.forms.office import write_office_form
from strategy_lib.forms.prefill import form_rows, matrix_of
from strategy_lib.forms.workbook import write_form
from strategy_lib.forms.xlsform import write_xlsform
from strategy_lib.inputs.layout.migrations import note_versions
from strategy_lib.schema.exchange import PEER_TABLE
from strategy_lib.schema.schema import LANGUAGES, TableSchema, schemas

# The office's form of one sheet, and what is asked only of those who know.
OFFICE_FORM, OPTIONAL_FORM = "mapping", "mapping-more"


@dataclass(frozen=True)
class Created:
    """A new workspace: its folder, the year it begins with, and the forms in it."""

    root: Path
    year: int
    forms: tuple[Path, ...]


@dataclass(frozen=True)
class BlankForm:
    """One form of a new workspace: its file's name and its tables."""

    name: str
    tables: tuple[str, ...]

    @property
    def filled_by(self) -> str:
        """Who fills it in: `coordinator`, or `office` or `assessor` with one form each."""
        return schemas()[self.tables[0]].filled_by

    @property
    def is_sent_out(self) -> bool:
        """Whether others than the coordinator fill it in."""
        return self.filled_by != "coordinator"


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
    folder.mkdir(parents=True, exist_ok=True)
    make_private(folder)
    for area in areas(()):
        (folder / str(year) / "inputs" / area).mkdir(parents=True)
    made = Settings.run_editions
    values = {
        "name": json.dumps(name, ensure_ascii=False),
        "title": f"{name} - Global China strategy workbook",
        "underline": "=" * (len(name) + 34),
        "language": languages[0],
        "cycle": str(year),
        "folder": folder.name,
        "languages": ", ".join(LANGUAGES),
        "other_editions": ", ".join(name for name in DEFAULT_EDITIONS if name not in made),
        "outward_editions": ", ".join(OUTWARD),
    }
    for template in (SETTINGS_FILE, "README.txt"):
        text = resource("templates", "workspace", template).read_text(encoding="utf-8")
        (folder / template).write_text(_filled(text, values), encoding="utf-8")
    cycle = open_workspace(folder).cycle(year)
    note_versions(cycle.root)
    return Created(folder, year, tuple(_blank_forms(cycle, languages)))


def areas(optional: Collection[str]) -> list[str]:
    """Folders of `inputs/` of an organisation that uses these optional chapters."""
    unused = set(OPTIONAL_CHAPTERS).difference(optional)
    return sorted({schema.area for schema in schemas().values()} - unused)


def _refuse(name: str, year: int, languages: tuple[str, ...]) -> None:
    if not ORGANISATION_NAME.fits(name):
        raise InputError(f"--name {shown(name)}: must be {ORGANISATION_NAME.allowed}.")
    if not 1900 <= year <= 2199:
        raise InputError(f"--cycle {year}: a year from 1900 to 2199 is needed.")
    for language in languages:
        if language not in LANGUAGES:
            allowed = ", ".join(LANGUAGES)
            raise InputError(f"There are no forms in {language!r}; there are: {allowed}.")


def _filled(text: str, values: dict[str, str]) -> str:
    return re.sub(r"\{\{ (\w+) \}\}", lambda match: values[match.group(1)], text)


def blank_forms(optional: Collection[str] = ()) -> tuple[BlankForm, ...]:
    """Every form of a workspace, in the order in which it is needed.

    Parameters
    ----------
    optional : collection of str
        Optional chapters that the organisation uses; the forms of the others are not there.

    Examples
    --------
    >>> [form.name for form in blank_forms()][:3]
    ['offices', 'mapping', 'mapping-more']
    """
    first = [
        BlankForm("offices", ("units", "assessors")),
        BlankForm(OFFICE_FORM, ("activities",)),
        BlankForm(OPTIONAL_FORM, ("capacities", "local_initiatives", "added_value_tests")),
        BlankForm(
            "names", ("counterparts", "country_strategies", "name_decisions", "text_releases")
        ),
    ]
    # What an office answers once stands above its form.
    taken = {name for form in first for name in form.tables} | {"returns", PEER_TABLE}
    others: dict[str, list[str]] = {}
    unused = set(OPTIONAL_CHAPTERS).difference(optional)
    for table in schemas().values():
        if table.name not in taken and table.area not in unused:
            suffix = {"assessor": "-assessor", "office": "-office"}.get(table.filled_by, "")
            others.setdefault(f"{table.area}{suffix}", []).append(table.name)
    return (*first, *(BlankForm(name, tuple(tables)) for name, tables in sorted(others.items())))


def _blank_forms(cycle: Cycle, languages: Iterable[str]) -> Iterable[Path]:
    folder = cycle.root / "forms"
    folder.mkdir(parents=True, exist_ok=True)
    for number, language in enumerate(languages):
        for form in blank_forms(cycle.workspace.settings.optional):
            if not number or form.is_sent_out:
                suffix = f"-{language}" if number else ""
                path = folder / f"{form.name}{suffix}.xlsx"
                yield write_blank_form(path, form, *about_form(cycle, language))
    yield write_xlsform(folder / "mapping-xlsform.xlsx", survey_tables())


def about_form(cycle: Cycle, language: str = "") -> tuple[str, str, int]:
    """Language of a form (the organisation's unless stated), organisation and year: its head."""
    settings = cycle.workspace.settings
    return language or settings.language, settings.name, cycle.year


def write_blank_form(
    path: Path, form: BlankForm, language: str, organisation: str, year: int
) -> Path:
    """Write one form with the starting lists of the field."""
    if form.name == OFFICE_FORM:
        return write_office_form(path, language, organisation, year)
    tables = [schemas()[name] for name in form.tables]
    rows, matrix = form_rows(tables, language=language), matrix_of()
    return write_form(path, tables, language, organisation, year, rows=rows, matrix=matrix)


def survey_tables() -> list[TableSchema]:
    """Tables of the office form as a survey: the two answers for all, and a repeat of activities."""
    return [schemas()["returns"], schemas()["activities"]]
