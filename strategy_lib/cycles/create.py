"""Starting: a new workspace, forms for its offices, a chapter to change."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from strategy_lib.core.errors import InputError, WorkspaceError
from strategy_lib.core.privacy import make_private
from strategy_lib.core.resources import resource
from strategy_lib.core.settings import OPTIONAL_CHAPTERS, ORGANISATION_NAME, SETTINGS_FILE
from strategy_lib.core.settings_reader import shown
from strategy_lib.core.workspace import Cycle, open_workspace
from strategy_lib.editions.snapshot import day_of, same_day
from strategy_lib.inputs.layout.migrations import note_versions
from strategy_lib.schema.schema import LANGUAGES, TableSchema, schemas

if TYPE_CHECKING:
    import pandas as pd

    from strategy_lib.core.problems import Problem
    from strategy_lib.schema.frames import Tables


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
    def is_for_assessors(self) -> bool:
        """Whether assessors fill it in, one form each."""
        return schemas()[self.tables[0]].filled_by == "assessor"

    @property
    def is_for_offices(self) -> bool:
        """Whether offices fill it in, one form each."""
        return schemas()[self.tables[0]].filled_by == "office"

    @property
    def is_sent_out(self) -> bool:
        """Whether others than the coordinator fill it in."""
        return schemas()[self.tables[0]].filled_by != "coordinator"


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
    ['offices', 'mapping', 'names']
    """
    first = [
        BlankForm("offices", ("units", "assessors")),
        BlankForm("mapping", tuple(t.name for t in form_tables("mapping"))),
        BlankForm("names", ("name_decisions", "text_releases")),
    ]
    taken = {name for form in first for name in form.tables}
    others: dict[str, list[str]] = {}
    unused = set(OPTIONAL_CHAPTERS).difference(optional)
    for table in schemas().values():
        if table.name not in taken and table.area not in unused:
            suffix = {"assessor": "-assessor", "office": "-office"}.get(table.filled_by, "")
            others.setdefault(f"{table.area}{suffix}", []).append(table.name)
    return (*first, *(BlankForm(name, tuple(tables)) for name, tables in sorted(others.items())))


def _blank_forms(cycle: Cycle, languages: Iterable[str]) -> Iterable[Path]:
    from strategy_lib.forms.xlsform import write_xlsform

    folder = cycle.root / "forms"
    folder.mkdir(parents=True, exist_ok=True)
    organisation = cycle.workspace.settings.name
    for number, language in enumerate(languages):
        for form in blank_forms(cycle.workspace.settings.optional):
            if not number or form.is_sent_out:
                suffix = f"-{language}" if number else ""
                path = folder / f"{form.name}{suffix}.xlsx"
                yield write_blank_form(path, form, language, organisation, cycle.year)
    yield write_xlsform(folder / "mapping-xlsform.xlsx", form_tables("mapping"))


def write_blank_form(
    path: Path, form: BlankForm, language: str, organisation: str, year: int
) -> Path:
    """Write one form with the starting lists of the field."""
    from strategy_lib.forms.prefill import form_rows, matrix_of
    from strategy_lib.forms.workbook import write_form

    tables = [schemas()[name] for name in form.tables]
    rows, matrix = form_rows(tables, language=language), matrix_of()
    return write_form(path, tables, language, organisation, year, rows=rows, matrix=matrix)


def form_tables(area: str) -> list[TableSchema]:
    """Tables of one form: in `mapping`, those that offices fill in.

    Examples
    --------
    >>> [table.name for table in form_tables("mapping")][:2]
    ['returns', 'activities']
    """
    tables = [schema for schema in schemas().values() if schema.area == area]
    return [t for t in tables if t.filled_by == "office"] or tables


@dataclass(frozen=True)
class SentForms:
    """Forms that are ready to be sent: one for each office, and one for each assessor and area.

    Attributes
    ----------
    problems : tuple of Problem
        What must be mended in the lists that the forms are made from.
    """

    offices: tuple[Path, ...]
    assessors: tuple[Path, ...]
    problems: tuple[Problem, ...] = ()


Told = Callable[[str, str], dict[str, list[dict[str, Any]]] | None]


def write_forms_to_send(
    cycle: Cycle,
    progress: Callable[[int, Path], None] | None = None,
    told: Told | None = None,
) -> SentForms:
    """Write the forms of each open office and of each assessor, with their codes filled in.

    A form is in the first of the office's working languages that there are forms in. Options and
    criteria that were entered already stand in the assessors' forms; else the starting lists.

    Parameters
    ----------
    progress : callable, optional
        Takes how many forms have been written so far, and the last of them.
    told : callable, optional
        Gives the rows that an office's form begins with, from its code and its language; without
        it, what it told in the cycle before.

    Raises
    ------
    InputError
        If no office is listed yet.
    """
    from strategy_lib.inputs.read import read_inputs

    tables = read_inputs(cycle)
    units = tables["units"]
    is_open = units["unit_id"].notna() & units["closed_date"].isna()
    units = units[is_open].sort_values("unit_id")
    problems = _problems_of_lists(tables)
    if units.empty:
        raise InputError(
            f"No office is listed yet with a code; fill in {cycle.root / 'forms' / 'offices.xlsx'} "
            f"and save it in {cycle.inputs / 'prepare'}.",
            problems,
        )
    default = cycle.workspace.settings.language
    languages = {
        unit["unit_id"]: next((x for x in unit["languages"] if x in LANGUAGES), default)
        for unit in units.to_dict("records")
    }
    listed = dict(zip(units["unit_id"], units["name"].fillna(units["unit_id"]), strict=True))
    numbers = count(1)

    def counted(paths: Iterator[Path]) -> Iterator[Path]:
        for path in paths:
            if progress is not None:
                progress(next(numbers), path)
            yield path

    return SentForms(
        tuple(counted(_office_forms(cycle, listed, languages, told or _told_before(cycle)))),
        tuple(counted(_assessor_forms(cycle, tables.frames, languages))),
        problems,
    )


def _problems_of_lists(tables: Tables) -> tuple[Problem, ...]:
    """Errors of the coordinator's own files; what others sent is told by `check` alone."""
    sent = {name for name, table in schemas().items() if table.filled_by != "coordinator"}
    others = {file.file for file in tables.files if file.rows and sent.issuperset(file.rows)}
    return tuple(p for p in tables.errors if p.file and p.file not in others)


def _office_forms(
    cycle: Cycle, listed: dict[str, str], languages: dict[str, str], told: Told
) -> Iterator[Path]:
    from strategy_lib.forms.workbook import write_form

    folder = cycle.root / "forms" / "offices"
    folder.mkdir(parents=True, exist_ok=True)
    organisation = cycle.workspace.settings.name
    used = blank_forms(cycle.workspace.settings.optional)
    forms = [[schemas()[name] for name in form.tables] for form in used if form.is_for_offices]
    for unit_id, language in languages.items():
        rows = told(unit_id, language)
        for tables in forms:
            yield write_form(
                folder / f"{tables[0].area}-{unit_id}.xlsx",
                tables,
                language,
                organisation,
                cycle.year,
                unit_id=unit_id,
                units=listed,
                rows=rows,
            )


def _told_before(cycle: Cycle) -> Told:
    """Gives what an office told in the cycle before, as rows of its form, in its language."""
    import pandas as pd

    from strategy_lib.cycles.carry_over import office_rows
    from strategy_lib.inputs.read import read_inputs

    before = cycle.before
    if before is None:
        return lambda *_: None
    day = same_day(day_of(cycle.workspace.settings), before.year)
    frames, year, then = read_inputs(before, day).frames, before.year, pd.Timestamp(day)
    return lambda unit_id, language: office_rows(frames, unit_id, year, then, language)


def _assessor_forms(
    cycle: Cycle, known: Mapping[str, pd.DataFrame], languages: dict[str, str]
) -> Iterator[Path]:
    from strategy_lib.forms.prefill import form_rows, matrix_of
    from strategy_lib.forms.workbook import write_form

    settings, matrix = cycle.workspace.settings, matrix_of(known)
    folder = cycle.root / "forms" / "assessors"
    assessors = known["assessors"].dropna(subset="assessor_id").sort_values("assessor_id")
    for form in (form for form in blank_forms(settings.optional) if form.is_for_assessors):
        tables = [schemas()[name] for name in form.tables]
        for code, unit in zip(assessors["assessor_id"], assessors["unit_id"], strict=True):
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / f"{tables[0].area}-{code}.xlsx"
            language = languages.get(unit, settings.language)
            rows = form_rows(tables, known, code, language)
            yield write_form(
                path,
                tables,
                language,
                settings.name,
                cycle.year,
                assessor_id=code,
                rows=rows,
                matrix=matrix,
            )
