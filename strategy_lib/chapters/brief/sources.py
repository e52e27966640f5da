"""What the brief rests on: chapters, facts with their age and source, tables for heat maps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import pandas as pd

from strategy_lib.chapters.brief.context import Context, text
from strategy_lib.chapters.codes import Answer, Direction
from strategy_lib.chapters.registry import CHAPTERS
from strategy_lib.chapters.rows import table_of
from strategy_lib.editions.results import SavedChapter
from strategy_lib.schema.reference import reference_names, reference_source

NO_DAY = "no day given"
_DAYS_IN_A_YEAR = 365.25
# Tables that a chapter makes from what people entered, not from a starting list of the workbook.
_OWN = {
    "prepare": (
        "priorities",
        "value_matters",
        "hub",
        "flows",
        "knowledge_by_kind",
        "turnover_by_year",
    ),
    "mapping": ("coverage_places",),
    "presence": ("answers", "ranks", "costs", "decisions"),
    "speaking_out": ("board", "case_totals"),
    "scenarios": ("coverage", "option_cells", "signposts"),
    "partners": ("partnerships", "contacts", "funding", "joint_appearances"),
    "companies": (
        "projects",
        "claims",
        "messages",
        "agreements",
        "needs",
        "ladder",
        "trainings",
        "rules",
    ),
    "watching": ("signals", "lessons", "studies", "roles", "un_measures"),
}
FACTS = ["fact", "from", "source", "as_of", "age_years"]


def resting_on(chapters: Mapping[str, SavedChapter]) -> dict[str, SavedChapter]:
    """The chapters that a brief rests on: not itself of an earlier run, nor the one after it."""
    readers = {key for c in CHAPTERS if c.reads_results for key in (c.name, c.number)}
    return {name: saved for name, saved in chapters.items() if not {name, saved.number} & readers}


def chapters_read(context: Context) -> pd.DataFrame:
    """Every chapter that a brief rests on, whether it is there, and what it says first.

    An optional chapter that is not there lacks nothing: nobody asked for it.

    Returns
    -------
    DataFrame
        `chapter`, `title`, `is_there`, `has_input` (whether it holds anything that people entered),
        `answered`, `says_first`, `as_of`.
    """
    known = {c.name: c.title for c in CHAPTERS if not (c.reads_results or c.is_optional)}
    read = {name: SavedChapter(name, {"title": title}) for name, title in known.items()}
    return table_of(
        [saved for _, saved in sorted({**read, **context.chapters}.items())],
        {
            "chapter": lambda saved: saved.number,
            "title": lambda saved: saved.title,
            "is_there": lambda saved: "yes" if saved.name in context.chapters else "no",
            "has_input": lambda saved: "yes" if _has_input(saved) else "no",
            "answered": lambda saved: saved.answered,
            "says_first": lambda saved: saved.bottom_line[0] if saved.bottom_line else "",
            "as_of": lambda saved: saved.as_of.isoformat() if saved.as_of else "",
        },
    )


def _has_input(saved: SavedChapter) -> bool:
    folder = next((c.folder for c in CHAPTERS if c.name == saved.name), "")
    tables = _OWN.get(folder, tuple(saved.tables))
    return any(len(saved.table(name)) for name in tables)


def facts(context: Context) -> pd.DataFrame:
    """Every fact of the saved tables and reference lists that has a source, the oldest first.

    Those without a day come before all others: nobody knows how old they are. A year alone is
    counted from its middle.

    Returns
    -------
    DataFrame
        `FACTS`; `from` is the chapter and table, `age_years` is missing where no day is given.
    """
    rows = [*_saved_facts(context), *_reference_facts()]
    made = pd.DataFrame(rows, columns=FACTS[:4]).drop_duplicates(ignore_index=True)
    ages = pd.Series([_age(day, context.as_of) for day in made["as_of"]], dtype="float64")
    made = made.assign(age_years=ages, as_of=made["as_of"].replace("", NO_DAY))
    order = made.assign(known=ages.notna(), years=-ages)
    order = order.sort_values(["known", "years", "from", "fact"], kind="stable")
    return order[FACTS].reset_index(drop=True)


def _saved_facts(context: Context) -> Iterator[list[str]]:
    for name in sorted(context.chapters):
        saved = context.chapters[name]
        for table in sorted(saved.tables):
            names = set(saved.columns(table))
            # A source without a column for its day is no source of a fact: in chapter 04 the word
            # names what an influence comes from.
            if "source" not in names or not {"as_of", "period"} & names:
                continue
            frame = saved.table(table)
            column = _fact_column(frame)
            where = f"{saved.number} {saved.title}: {table.replace('_', ' ')}"
            for row in frame.to_dict("records"):
                if source := text(row["source"]):
                    day = text(row.get("as_of")) or text(row.get("period"))
                    yield [text(row[column]), where, source, day.removesuffix(" 00:00:00")]


def _fact_column(frame: pd.DataFrame) -> str:
    """The column that says what the fact is: the wordiest of those that are text."""
    left_out = {"source", "as_of", "evidence", "note"}
    names = [str(c) for c in frame.columns if c not in left_out and frame[c].dtype in ("str", "O")]
    lengths = {name: frame[name].map(lambda v: len(text(v))).mean() for name in names}
    return max(lengths, key=lambda name: lengths[name]) if lengths else "source"


def _reference_facts() -> Iterator[list[str]]:
    for name in reference_names():
        about = reference_source(name)
        yield [about.title, "starting lists of the workbook", about.source, about.as_of]


def _age(day: str, as_of: pd.Timestamp) -> float:
    """Years since a day, or since the middle of the last year that is named."""
    years = [part for part in day.replace("-", " ").split() if len(part) == 4 and part.isdigit()]
    if not years:
        return float("nan")
    moment = pd.to_datetime(day, format="%Y-%m-%d", errors="coerce")
    if pd.isna(moment):
        moment = pd.Timestamp(int(years[-1]), 7, 1)
    return max(0.0, round((as_of - moment).days / _DAYS_IN_A_YEAR, 1))


def sources(table: pd.DataFrame) -> pd.DataFrame:
    """How many facts rest on each source, and how old the oldest and the newest are.

    Returns
    -------
    DataFrame
        `source`, `facts`, `without_a_day`, `oldest_years`, `newest_years`; the oldest first.
    """
    by_source = table.assign(unknown=table["age_years"].isna()).groupby("source", sort=True)
    made = by_source.agg(
        facts=("fact", "size"),
        without_a_day=("unknown", "sum"),
        oldest_years=("age_years", "max"),
        newest_years=("age_years", "min"),
    ).reset_index()
    by = ["without_a_day", "oldest_years", "source"]
    return made.sort_values(by, ascending=[False, False, True], kind="stable", ignore_index=True)


def option_scores(context: Context, value: str, order: Iterable[str] = ()) -> pd.DataFrame:
    """Chapter 02's options (rows) by criterion (columns): middle score, or distance of scores.

    Parameters
    ----------
    value : str
        `median` or `spread`, from 0 to 10.
    order : iterable of str
        Options in the order in which they are shown; others come behind.

    Returns
    -------
    DataFrame
        First column `option`; a cell that fewer than two people scored is missing. Of middle
        scores, a criterion says so on which less is better.
    """
    saved = context.saved("presence")
    cells = saved.table("widest_cells", "option", "criterion", value)
    grid = _crossed(cells, "option", "criterion", value)
    if value == "median":
        known = saved.table("criteria", "criterion", "direction")
        less = known.loc[known["direction"] == Direction.LOWER, "criterion"]
        grid = grid.rename(columns={name: f"{name} (less is better)" for name in map(str, less)})
    place = {name: n for n, name in enumerate(order)}
    rank = grid["option"].map(lambda name: place.get(str(name), len(place)))
    return grid.loc[rank.sort_values(kind="stable").index].reset_index(drop=True)


def scenario_scores(context: Context) -> pd.DataFrame:
    """Chapter 04's options (rows) in the scenarios that hold together (columns): middle scores."""
    return _crossed(_in_scenarios(context, "median"), "option", "scenario", "median")


def scenario_ranges(context: Context) -> pd.DataFrame:
    """The same cells as text: the middle score, with the lowest and the highest."""
    cells = _in_scenarios(context, "median", "lowest", "highest")
    said = [
        ""
        if pd.isna(row["median"])
        else f"{row['median']:g} ({row['lowest']:g}–{row['highest']:g})"
        for row in cells.to_dict("records")
    ]
    return _crossed(cells.assign(said=said), "option", "scenario", "said")


def _in_scenarios(context: Context, *values: str) -> pd.DataFrame:
    cells = context.saved("scenarios").table(
        "option_cells", "option", "scenario", "counted", *values
    )
    return cells[cells["counted"] == Answer.YES]


def _crossed(cells: pd.DataFrame, rows: str, columns: str, value: str) -> pd.DataFrame:
    """Long rows as a grid, in the order of the rows; a cell that nobody filled is missing."""
    if cells.empty:
        return pd.DataFrame(columns=[rows])
    names = sorted({str(name) for name in cells[columns]})
    grid = cells.pivot_table(
        index=rows, columns=columns, values=value, aggfunc="first", sort=False, dropna=False
    )
    order = list(dict.fromkeys(cells[rows]))
    return (
        grid.reindex(index=order, columns=names).rename_axis(index=rows, columns=None).reset_index()
    )


def from_chapter(context: Context, chapter: str, name: str, *columns: str) -> pd.DataFrame:
    """A saved table with those of the columns that it has."""
    saved = context.saved(chapter)
    there = [column for column in columns if column in saved.columns(name)]
    frame = saved.table(name, *there)
    return frame[there] if len(frame) else pd.DataFrame(columns=list(columns))


def other_days(context: Context) -> list[str]:
    """Chapters that counted ages from another day than the brief: saved by an earlier run."""
    return sorted(
        saved.number
        for saved in context.chapters.values()
        if saved.as_of is not None and pd.Timestamp(saved.as_of) != context.as_of
    )
