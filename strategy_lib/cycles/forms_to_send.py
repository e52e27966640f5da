"""Forms that are ready to be sent: one for each office, and for each assessor."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import pandas as pd

from strategy_lib.chapters.mapping.analysis import exposure_by_country
from strategy_lib.core.errors import InputError
from strategy_lib.core.problems import Problem
from strategy_lib.core.workspace import Cycle
from strategy_lib.cycles.asking.lists import Asking, make_lists, question_id, save_lists
from strategy_lib.cycles.asking.plan import PLAN_FILE, plan_lines, write_plan
from strategy_lib.cycles.asking.questions import TABLES
from strategy_lib.cycles.carry_over import office_rows
from strategy_lib.cycles.create import OFFICE_FORM, about_form, blank_forms
from strategy_lib.editions.snapshot import day_of, same_day
from strategy_lib.forms.office import write_office_form
from strategy_lib.forms.person import write_person_form
from strategy_lib.forms.prefill import form_rows, matrix_of, not_looked_at, starting_rows
from strategy_lib.forms.workbook import write_form
from strategy_lib.inputs.layout.headings import READING_MARK
from strategy_lib.inputs.read import read_inputs
from strategy_lib.schema.frames import Tables
from strategy_lib.schema.schema import LANGUAGES, schemas

# What an office may tell beside its form, in one file.
MORE = "more"
# What the China desk looks at once for all offices.
EVIDENCE_FORM = "partners-evidence.xlsx"
# Read once, with the weights; beside each score it would push the answers out of sight.
_TOO_MUCH = (("presence_options", "description"), ("criteria", "question"))


@dataclass(frozen=True)
class SentForms:
    """Forms that are ready to be sent: one for each office, and one for each assessor and area.

    Attributes
    ----------
    problems : tuple of Problem
        What must be mended in the lists that the forms are made from.
    plan : tuple of str
        Who is asked what, in a few lines.
    """

    offices: tuple[Path, ...]
    assessors: tuple[Path, ...]
    problems: tuple[Problem, ...] = ()
    plan: tuple[str, ...] = ()


Rows = list[dict[str, Any]]
Told = Callable[[str, str], dict[str, Rows] | None]


def write_forms_to_send(
    cycle: Cycle,
    progress: Callable[[int, Path], None] | None = None,
    told: Told | None = None,
    *,
    minutes: int | None = None,
    round_number: int = 1,
    chapters: Collection[str] = (),
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
    minutes : int, optional
        What each assessor is asked for at most; else what the settings say.
    round_number : int
        1, or 2 for what people are apart on.
    chapters : collection of str
        Numbers of the chapters that assessors are asked for; all unless stated.

    Raises
    ------
    InputError
        If no office is listed yet, the settings leave out a question that there is not, or a chapter
        asks assessors for nothing.
    """
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
    languages = {unit["unit_id"]: _language(unit, cycle) for unit in units.to_dict("records")}
    asking = make_lists(cycle, tables, minutes, round_number, chapters)
    lines = save_lists(cycle, asking)
    plan = cycle.root / "forms" / PLAN_FILE
    write_plan(plan, asking, cycle.workspace.settings.name, cycle.year)
    numbers = count(1)

    def counted(paths: Iterator[Path]) -> Iterator[Path]:
        for path in paths:
            if progress is not None:
                progress(next(numbers), path)
            yield path

    evidence = _evidence_form(cycle, tables.frames)
    return SentForms(
        tuple(counted(_office_forms(cycle, units, told or _told_before(cycle)))),
        tuple(counted(_assessor_forms(cycle, tables.frames, languages, asking))),
        problems,
        (*lines, *plan_lines(asking), f"The plan, question by question: {plan}", *evidence),
    )


def _problems_of_lists(tables: Tables) -> tuple[Problem, ...]:
    """Errors of the coordinator's own files; what others sent is told by `check` alone."""
    sent = {name for name, table in schemas().items() if table.filled_by != "coordinator"}
    others = {file.file for file in tables.files if file.rows and sent.issuperset(file.rows)}
    return tuple(p for p in tables.errors if p.file and p.file not in others)


def _office_forms(cycle: Cycle, units: pd.DataFrame, told: Told) -> Iterator[Path]:
    folder = cycle.root / "forms" / "offices"
    folder.mkdir(parents=True, exist_ok=True)
    settings = cycle.workspace.settings
    exposed = exposure_by_country(settings)["is_highly_exposed"]
    listed = dict(zip(units["unit_id"], units["name"].fillna(units["unit_id"]), strict=True))
    used = [form for form in blank_forms(settings.optional) if form.filled_by == "office"]
    more = [schemas()[name] for form in used if form.name != OFFICE_FORM for name in form.tables]
    for unit in units.to_dict("records"):
        unit_id, country, language = unit["unit_id"], unit["country_code"], _language(unit, cycle)
        country = "" if pd.isna(country) else str(country)
        rows = told(unit_id, language) or {}
        about = about_form(cycle, language)
        yield write_office_form(
            folder / f"{OFFICE_FORM}-{unit_id}.xlsx",
            *about,
            unit_id=unit_id,
            country=country,
            units=listed,
            rows=rows.get("activities", ()),
        )
        # What an office can do is asked where there is most to do.
        is_exposed = bool(exposed.get(country, False))
        tables = [table for table in more if table.name != "capacities" or is_exposed]
        path = folder / f"{MORE}-{unit_id}.xlsx"
        yield write_form(path, tables, *about, unit_id=unit_id, units=listed, rows=rows)


def _evidence_form(cycle: Cycle, known: Mapping[str, pd.DataFrame]) -> tuple[str, ...]:
    """Write a row for each indicator of a partner that nobody has read: for the China desk."""
    path = cycle.root / "forms" / EVIDENCE_FORM
    settings, rows = cycle.workspace.settings, not_looked_at(known)
    if rows and "partners" in settings.optional:
        table = schemas()["partner_evidence"]
        write_form(path, [table], *about_form(cycle), rows={table.name: rows})
        return (f"For the China desk, {len(rows)} indicators that nobody has read: {path}",)
    path.unlink(missing_ok=True)
    return ()


def _language(unit: Mapping[Any, Any], cycle: Cycle) -> str:
    """The first of an office's working languages that there are forms in."""
    default = cycle.workspace.settings.language
    return next((x for x in unit["languages"] if x in LANGUAGES), default)


def _told_before(cycle: Cycle) -> Told:
    """Gives what an office told in the cycle before, as rows of its form, in its language."""
    before = cycle.before
    if before is None:
        return lambda *_: None
    day = same_day(day_of(cycle.workspace.settings), before.year)
    frames, year, then = read_inputs(before, day).frames, before.year, pd.Timestamp(day)
    return lambda unit_id, language: office_rows(frames, unit_id, year, then, language)


def _assessor_forms(
    cycle: Cycle, known: Mapping[str, pd.DataFrame], languages: Mapping[str, str], asking: Asking
) -> Iterator[Path]:
    """For each assessor the list of questions, and a form of each area that has none on lists."""
    settings = cycle.workspace.settings
    assessors = known["assessors"].dropna(subset="assessor_id").drop_duplicates("assessor_id")
    if assessors.empty:
        return
    folder = cycle.root / "forms" / "assessors"
    folder.mkdir(parents=True, exist_ok=True)
    listed = set(TABLES.values())
    forms = [form for form in blank_forms(settings.optional) if form.filled_by == "assessor"]
    for row in assessors.sort_values("assessor_id").to_dict("records"):
        code, language = row["assessor_id"], languages.get(row["unit_id"], settings.language)
        yield _person_form(folder, cycle, known, asking, code, language)
        for form in forms:
            tables = [schemas()[name] for name in form.tables if name not in listed]
            if tables:
                path = folder / f"{tables[0].area}-{code}.xlsx"
                rows = form_rows(tables, known, code, language)
                about = about_form(cycle, language)
                yield write_form(path, tables, *about, assessor_id=code, rows=rows)


def _person_form(
    folder: Path,
    cycle: Cycle,
    known: Mapping[str, pd.DataFrame],
    asking: Asking,
    code: str,
    language: str,
) -> Path:
    own = asking.of(code)
    asked: dict[str, Rows] = {}
    others: dict[str, Rows] = {}
    for name in TABLES.values():
        keys = [row["key"] for row in own[own["table"] == name].to_dict("records")]
        rows = _rows_to_judge(name, known, code, language)
        asked[name], others[name] = _parted(rows, keys, asking, name)
    blocks = own[own["table"] == "cross_impacts"]["block"]
    return write_person_form(
        folder / f"questions-{code}.xlsx",
        *about_form(cycle, language),
        assessor_id=code,
        seconds=asking.seconds()[code],
        seed=asking.seed,
        asked=asked,
        others=others,
        blocks=[(a, b) for a, _, b in (block.partition(">") for block in blocks)],
        states=matrix_of(known),
        round_number=asking.round_number,
    )


def _rows_to_judge(table: str, known: Mapping[str, pd.DataFrame], code: str, language: str) -> Rows:
    """Rows of one table; beside a score only what is needed to give it."""
    if table == "cross_impacts":
        return []
    rows = starting_rows(schemas()[table], known, code, language)
    if table == "signpost_ratings":
        return _states_in_words(rows, known)
    if table != "scores":
        return rows
    without = {f"{READING_MARK} {schemas()[name][field].title()}" for name, field in _TOO_MUCH}
    return [{key: value for key, value in row.items() if key not in without} for row in rows]


def _states_in_words(rows: Rows, known: Mapping[str, pd.DataFrame]) -> Rows:
    """Rows in which the state that a signpost points to stands in words, not as its code."""
    words = {state.state_id: f"{state.descriptor}: {state.name}" for state in matrix_of(known)}
    head = f"{READING_MARK} {schemas()['signposts']['state_id'].title()}"
    return [row | {head: words.get(row[head], row[head])} for row in rows]


def _parted(rows: Rows, keys: Rows, asking: Asking, table: str) -> tuple[Rows, Rows]:
    """Rows that are asked, in the order of the list, and the others; none that is left out."""
    places = {tuple(key.values()): place for place, key in enumerate(keys)}
    names = list(keys[0]) if keys else list(schemas()[table].prefilled_by)
    turn = {"round": asking.round_number} if asking.round_number > 1 else {}
    asked: dict[int, dict[str, Any]] = {}
    others = []
    for row in rows:
        key = tuple(str(row[name]) for name in names)
        if question_id(table, dict(zip(names, key, strict=True))) in asking.left_out:
            continue
        if key in places:
            asked[places[key]] = row | turn
        else:
            others.append(row | turn)
    return [asked[place] for place in sorted(asked)], others
