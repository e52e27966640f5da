"""Chapter 03: do we say it, how, who carries the risk, and who decides?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from strategy_lib.chapters.result import ChapterInputs, ChapterResult
from strategy_lib.chapters.speaking_out import board as boards
from strategy_lib.chapters.speaking_out import pressure, records, routes, words
from strategy_lib.chapters.speaking_out import screen as screens
from strategy_lib.chapters.speaking_out.context import Context, context_of
from strategy_lib.chapters.speaking_out.rehearsal import room_of
from strategy_lib.core.messages import say
from strategy_lib.editions.snapshot import Snapshot
from strategy_lib.protocol.case import TABLES
from strategy_lib.protocol.reading import Protocol, read_protocol

Tables = Mapping[str, pd.DataFrame]


def analyse(given: ChapterInputs) -> ChapterResult:
    """Everything that chapter 03 shows; its parameters are `case_id`, `at` and `rehearsal`."""
    protocol = read_protocol(given.protocol)
    room = room_of(given.now, protocol, **given.parameters)
    result = analyse_speaking_out(room.inputs, protocol, room.case_id, room.at)
    shown = {**result.shown, **room.shown}
    return replace(result, shown=shown, is_saved=room.inputs is given.now)


def analyse_speaking_out(
    inputs: Snapshot, protocol: Protocol, case_id: str = "", at: str = ""
) -> ChapterResult:
    """Everything that chapter 03 shows, from what the edition may see.

    Parameters
    ----------
    protocol : Protocol
        What the organisation has agreed, from `read_protocol`.
    case_id : str
        Case to show in detail; empty for the most urgent open one.
    at : str
        Moment as of which clocks are read, with its zone; empty for the end of the snapshot's day.

    Raises
    ------
    InputError
        If there is no such case, or `at` is no moment with a zone.
    """
    context = context_of(inputs, protocol, case_id, at)
    made = _tables(context)
    findings = _findings(context, made)
    if inputs.restricted.edition.sees_everything:
        findings = {k: text or say("speaking-told-empty") for k, text in findings.items()}
    return ChapterResult(
        tables=made,
        findings=findings,
        notes=words.notes(context, made["faults"]),
        shown={"who_differs": made["routes"][["route", "who_differs"]]},
        given={"case_id": context.shown, "now": context.now},
    )


def _tables(context: Context) -> dict[str, pd.DataFrame]:
    return {
        "board": boards.board(context),
        "next_checks": boards.next_checks(context),
        "case_totals": boards.case_totals(context),
        "about": boards.about(context),
        "missing": boards.missing(context),
        "faults": boards.faults(context),
        "evidence": records.evidence(context),
        "beyond_evidence": records.beyond(context),
        "screen": screens.screen(context),
        "screen_grid": screens.screen_grid(context),
        "disagreements": screens.disagreements(context),
        "measures": screens.measures(context),
        "acceptances": screens.accepted(context),
        "routes": routes.routes(context),
        "silence": routes.silence(context),
        "reasons": routes.reasons(context),
        "wording": records.wording(context),
        "path": boards.path(context),
        "answers": boards.answers(context),
        "decisions": records.decisions(context),
        "dissents": records.dissents(context),
        "aftercare": records.aftercare(context),
        "pressure_ladder": records.pressure_ladder(context),
        "memory": records.memory(context),
        "pressure_incidents": pressure.incidents(context.inputs.restricted),
        "pressure_patterns": pressure.patterns(context.inputs.restricted),
        "impact_notes": pressure.impact_notes(context.inputs.restricted),
        "tolerances": records.tolerances(context),
        "roles": records.roles(context),
    }


def _findings(context: Context, made: Tables) -> dict[str, str]:
    case, grid = context.case, made["screen_grid"]
    of_all = {"board": words.said_board(made["board"]), "memory": words.said_memory(made["memory"])}
    of_one = {
        "state": words.said_state(context),
        "flags": words.said_flags(context),
        "silent": words.said_silent(made["path"]),
        "harm": words.said_harm(grid, context),
        "line": words.said_line(grid),
        "apart": words.said_apart(made["disagreements"], made["screen"]),
        "routes": words.said_routes(made["routes"]),
        "benefit": words.said_benefit(made["routes"]),
        "silence": words.said_silence(made["silence"]),
        "evidence": words.said_evidence(
            made["evidence"], made["beyond_evidence"], len(context.routes)
        ),
        "wording": words.said_wording(made["wording"], bool(case and case.said("words"))),
        "path": words.said_path(made["path"]),
        "acceptance": words.said_acceptance(made["acceptances"], grid),
        "decision": words.said_decision(made["decisions"], made["dissents"]),
        "aftercare": words.said_aftercare(made["aftercare"]),
    }
    if not context.inputs.restricted.edition.sees_everything:
        # Parts without a word and without a row are left out of the page.
        return dict.fromkeys((*of_all, *of_one, "faults"), "")
    entries = sum(len(context.inputs.restricted.frames[name]) for name in TABLES)
    faults = words.said_faults(made["faults"], entries)
    if case is None:
        none_open = words.said_none_open(len(context.cases))
        of_one = dict.fromkeys(of_one, none_open)
        faults = faults if entries else none_open
    return {**of_one, **of_all, "faults": faults}
