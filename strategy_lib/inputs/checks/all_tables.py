"""Checks across tables: what no single row can tell."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from strategy_lib.inputs.checks.activity_ids import with_activity_ids
from strategy_lib.inputs.checks.answers import check_answers, check_dates, with_own_country
from strategy_lib.inputs.checks.assessors import check_assessors
from strategy_lib.inputs.checks.companies import check_companies, with_gates
from strategy_lib.inputs.checks.duplicates import without_duplicates
from strategy_lib.inputs.checks.estimates import check_currencies, check_estimates
from strategy_lib.inputs.checks.labels import check_labels, with_caveats
from strategy_lib.inputs.checks.lookalikes import check_lookalikes
from strategy_lib.inputs.checks.partners import check_partners
from strategy_lib.inputs.checks.ranges import with_ranges
from strategy_lib.inputs.checks.references import (
    check_links,
    check_parents,
    check_references,
    spell_codes,
)
from strategy_lib.inputs.checks.signed_words import check_signed_words
from strategy_lib.inputs.checks.signposts import check_signpost_ratings
from strategy_lib.inputs.checks.starting_lists import with_starting_lists, without_unasked
from strategy_lib.inputs.checks.watching import check_watching
from strategy_lib.inputs.checks.wordings import check_wordings
from strategy_lib.inputs.layout.carried_over import without_confirmed
from strategy_lib.inputs.problem_log import ProblemLog
from strategy_lib.schema.frames import Tables
from strategy_lib.schema.schema import schemas

if TYPE_CHECKING:
    from strategy_lib.core.workspace import Cycle


def check_tables(tables: Tables, cycle: Cycle, as_of: date) -> Tables:
    """Check tables against each other, and complete what can be completed without a guess.

    Codes are spelled as in their own lists, rows sent twice are counted once, carried rows that
    were sent anew are left out, and activities without a code get one. A list that was judged and
    never saved is the starting list.

    Parameters
    ----------
    tables : Tables
        What was read.
    cycle : Cycle
        Its year and settings tell which returns are old and how alike two names may be.
    as_of : date
        Day against which dates are checked.

    Returns
    -------
    Tables
        The same with further problems: errors must be mended, warnings looked at.
    """
    problem_log = ProblemLog(refused=set(tables.refused), faulty=dict(tables.faulty))
    frames = with_starting_lists({name: tables[name] for name in schemas()}, problem_log)
    frames = with_own_country(without_unasked(spell_codes(frames)), problem_log)
    frames = without_duplicates(without_confirmed(with_caveats(frames)), problem_log)
    frames["activities"] = with_activity_ids(frames["activities"])
    frames = with_ranges(frames)
    check_references(frames, problem_log)
    check_links(frames, problem_log)
    check_parents(frames, problem_log)
    check_dates(frames, as_of, problem_log)
    check_answers(frames, as_of, cycle.year, problem_log)
    check_assessors(frames, problem_log)
    check_estimates(frames, problem_log)
    check_signpost_ratings(frames, problem_log)
    check_currencies(frames, cycle.workspace.settings.currency, problem_log)
    check_companies(frames, problem_log)
    frames = with_gates(frames, as_of)
    check_labels(frames, problem_log)
    check_signed_words(frames, problem_log)
    check_wordings(frames, problem_log)
    check_partners(frames, problem_log)
    check_watching(frames, problem_log, cycle.workspace.settings.name)
    check_lookalikes(frames, cycle.workspace.settings.mapping.likely_match_pct, problem_log)
    return replace(
        tables,
        frames=frames,
        problems=tuple(sorted((*tables.problems, *problem_log.finished()))),
        faulty=problem_log.faulty,
        entered=tables.frames if problem_log.faulty else {},
    )
