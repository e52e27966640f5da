"""The steps of a run that need more than the standard library, each in a process of its own.

What they take and give goes between processes. What is heavy is imported in each step, so that the
one that reads does not wait for what the others need.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from strategy_lib.chapters.registry import CHAPTERS, unmade
from strategy_lib.core.audiences import Edition
from strategy_lib.core.errors import InputError
from strategy_lib.core.hashing import hash_of
from strategy_lib.core.workspace import SUMMARY_FILE, Cycle, open_workspace
from strategy_lib.editions.make_snapshot import read_usable, reading_cache
from strategy_lib.editions.snapshot import (
    KeptSnapshot,
    fill_snapshot,
    ingredients,
    read_snapshot,
    same_day,
)
from strategy_lib.editions.to_mend import write_list


def read_and_restrict(
    root: str,
    year: int,
    day: date,
    editions: Sequence[tuple[Edition, Path]],
    *,
    made_with: str,
    fresh: bool,
    strict: bool,
) -> dict[str, Any]:
    """Read and check the inputs, and write what each edition may show into its folder.

    Parameters
    ----------
    editions : sequence of (Edition, Path)
        Each edition, and the folder for its snapshot.
    made_with : str
        The cycle's `reading_fingerprint`, where it has been taken already.
    fresh : bool
        Whether files that have not changed are read again all the same.
    strict : bool
        Whether to refuse as soon as anything must be mended.

    Returns
    -------
    dict
        `warnings`: how many lines a person should look at; `broken`: table of which something
        cannot be used -> why; for each edition, in the same order, `withheld`: how many records
        were withheld, or None where it may not say, and `set_aside`: how many rows of which office
        cannot be used, as far as it may say.

    Raises
    ------
    InputError
        If what nothing can be made without must be mended, or anything where it is strict.
    """
    from strategy_lib.editions.case_totals import case_totals
    from strategy_lib.editions.mentions import Mentions
    from strategy_lib.editions.restrict import restrict
    from strategy_lib.editions.text_problems import text_problems

    cycle = open_workspace(root).cycle(year)
    kept = reading_cache(cycle, made_with, is_fresh=fresh)
    tables = read_usable(cycle, day, kept, strict=strict)
    write_list(cycle, tables)
    mentions = Mentions(tables)
    texts = text_problems(tables, cycle.workspace.settings.editions.values(), mentions)
    shown = []
    for edition, folder in editions:
        restricted = restrict(tables, edition, mentions)
        totals = case_totals(tables, edition, cycle, day)
        fill_snapshot(folder, cycle, restricted, day, totals)
        shown.append((restricted.withheld_count, dict(restricted.set_aside)))
    return {
        "warnings": len(tables.warnings) + len(texts.warnings),
        "broken": {name: str(problem) for name, problem in tables.broken.items()},
        "withheld": [withheld for withheld, _ in shown],
        "set_aside": [set_aside for _, set_aside in shown],
    }


def restrict_before(
    root: str,
    year: int,
    day: date,
    editions: Sequence[tuple[Edition, Path]],
    *,
    fresh: bool,
    strict: bool,
) -> str:
    """The same of the cycle before; what could not be read of it, empty where there is nothing.

    It seldom changes: what is kept of it from run to run is taken while it is up to date.

    Parameters
    ----------
    editions : sequence of (Edition, Path)
        Each edition in which a chapter reads it, and the folder for its snapshot.
    fresh : bool
        Whether to read it in any case.
    strict : bool
        Whether anything that must be mended in it is reason enough not to compare with it.
    """
    cycle = open_workspace(root).cycle(year)
    before = cycle.before
    if before is None:
        return ""
    day = same_day(day, before.year)
    todo = []
    for edition, copy in editions:
        kept = KeptSnapshot.before(cycle, edition.name)
        made_from = hash_of(ingredients(before, edition, day))
        if not fresh:
            with suppress(OSError):
                shutil.copytree(kept.folder, copy)
        if not kept.is_current(made_from, copy):
            # Not to be compared with, whatever becomes of reading it anew.
            shutil.rmtree(copy, ignore_errors=True)
            todo.append((edition, copy, kept, made_from))
    try:
        left_out = _restrict_before(before, day, todo, strict=strict)
    except InputError as error:
        return f"Nothing was compared with {before.year}: {error}"
    rows = "1 row" if left_out == 1 else f"{left_out:,} rows"
    what = f"{rows} of {before.year} could not be compared with"
    return f"{what}: workbook check {root} --cycle {before.year}" if left_out else ""


def _restrict_before(
    before: Cycle,
    day: date,
    editions: Sequence[tuple[Edition, Path, KeptSnapshot, str]],
    *,
    strict: bool,
) -> int:
    if not editions:
        return 0
    from strategy_lib.editions.restrict import restrict
    from strategy_lib.schema.schema import table_schema

    tables = read_usable(before, day, strict=strict)
    needed = unmade(CHAPTERS, tables.broken)
    if needed:
        names = ", ".join(table_schema(name).title() for found in needed.values() for name in found)
        raise InputError(f"its own tables must be mended first: {names}")
    for edition, folder, kept, made_from in editions:
        fill_snapshot(folder, before, restrict(tables, edition), day)
        kept.put(folder, made_from)
    return tables.set_aside.rows


def execute_chapter(task: Mapping[str, Any], executed: str, failed: str) -> dict[str, str] | None:
    """Execute one chapter.

    Parameters
    ----------
    executed, failed : str
        Where the executed notebook goes, if all went well and if not.

    Returns
    -------
    dict or None
        None if all went well; else `cause` (two lines) and `log`.
    """
    from strategy_lib.running.execution import Task, cause, execute, log_text, save_notebook

    told = Task(**task)
    witness = execute(told)
    if witness.failure is None:
        save_notebook(witness, Path(executed))
        return None
    # Why it failed is told, whether its notebook can be kept or not.
    with suppress(OSError):
        save_notebook(witness, Path(failed))
    return {"cause": cause(witness), "log": log_text(told, witness)}


def publish(
    executed: Path,
    results: Path,
    outputs: Path,
    chapters: Sequence[Mapping[str, str]],
    context: Mapping[str, Any],
    snapshot: Path,
    inputs: Path | None,
    kept: Path,
    kept_pages: Sequence[str],
    documents: Mapping[str, Any],
    template: Path,
) -> list[str]:
    """Make the pages and documents of an edition from its executed notebooks and saved results.

    Parameters
    ----------
    chapters : sequence of mapping
        Name, title and question of each chapter, in order.
    context : mapping
        Fields of a `PublishContext`.
    snapshot : Path
        Folder of what the edition may show.
    inputs : Path or None
        Folder of what was entered, for the minutes of workshops; None where the edition may not
        show who entered what.
    kept, kept_pages : Path, sequence of str
        Folder of the edition in place, and names of the chapters whose pages are as they are there.
    documents : mapping
        `formats`, how many pages are printed at a time (`jobs`), the folder of the edition `before`
        whose documents may be taken over, and where a browser can be had that has been started
        already (`early`).
    template : Path
        Where the organisation's own template is, if it has one.

    Returns
    -------
    list of str
        Which documents could not be made, and why.

    Raises
    ------
    ChapterError
        If a notebook shows something that a page cannot hold.
    """
    from strategy_lib.editions.results import read_saved
    from strategy_lib.publishing.data_package import write_edition_package
    from strategy_lib.publishing.edition import (
        Documents,
        ExecutedChapter,
        PublishContext,
        write_index,
        write_pages,
    )
    from strategy_lib.publishing.front.options import option_names

    made = []
    for chapter in chapters:
        path = executed / f"{chapter['name']}.ipynb"
        summary = json.loads((results / chapter["name"] / SUMMARY_FILE).read_bytes())
        made.append(ExecutedChapter(**chapter, notebook=path, summary=summary))
    shown = read_snapshot(snapshot)
    if inputs:
        from strategy_lib.publishing.minutes_page import minutes_chapter

        told = minutes_chapter(shown, inputs)
        made += [told] if told else []
    # What is withheld is not told from what nobody has entered.
    may_be_hidden = bool(context["withheld"]) or not context["edition"].may_see("internal")
    to_begin = {
        c.title: "Nothing of it is shown in this edition."
        if may_be_hidden
        else c.summary["bottom_line"][0]
        for c in made
        if not c.is_begun
    }
    about = PublishContext(**context, to_begin=to_begin)
    made = [chapter for chapter in made if chapter.is_begun]
    write_pages(made, outputs, about, {name: kept / f"{name}.html" for name in kept_pages})
    written = Documents()
    if documents["formats"]:
        from strategy_lib.publishing.documents import write_documents

        own = template.read_bytes() if template.is_file() else None
        written = write_documents(outputs, results, made, about, template=own, **documents)
    saved = read_saved(results)
    write_index(made, outputs, about, written.made, saved, option_names(shown.restricted))
    title = f"{about.organisation} {about.cycle}: tables of the edition {about.edition.name}"
    write_edition_package(results, f"{about.edition.name}-{about.cycle}", title)
    return list(written.missing)
