"""Chapter 03: do we say it, how, who carries the risk, and who decides?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
_OF_ALL_CASES: Mapping[str, Callable[[Tables], str]] = {
    "board": lambda made: words.said_board(made["board"]),
    "memory": lambda made: words.said_memory(made["memory"]),
}
_OF_ONE_CASE: Mapping[str, Callable[[Context, Tables], str]] = {
    "state": lambda context, _: words.said_state(context),
    "flags": lambda context, _: words.said_flags(context),
    "silent": lambda _, made: words.said_silent(made["path"]),
    "harm": lambda context, made: words.said_harm(made["screen_grid"], context),
    "line": lambda _, made: words.said_line(made["screen_grid"]),
    "apart": lambda _, made: words.said_apart(made["disagreements"], made["screen"]),
    "routes": lambda _, made: words.said_routes(made["routes"]),
    "benefit": lambda _, made: words.said_benefit(made["routes"]),
    "silence": lambda _, made: words.said_silence(made["silence"]),
    "evidence": lambda context, made: words.said_evidence(
        made["evidence"], made["beyond_evidence"], len(context.routes)
    ),
    "wording": lambda context, made: words.said_wording(
        made["wording"], context.case is not None and bool(context.case.said("words"))
    ),
    "path": lambda _, made: words.said_path(made["path"]),
    "acceptance": lambda _, made: words.said_acceptance(made["acceptances"], made["screen_grid"]),
    "decision": lambda _, made: words.said_decision(made["decisions"], made["dissents"]),
    "aftercare": lambda _, made: words.said_aftercare(made["aftercare"]),
}


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
    if not context.inputs.restricted.edition.sees_everything:
        # Parts without a word and without a row are left out of the page.
        return dict.fromkeys((*_OF_ALL_CASES, *_OF_ONE_CASE, "faults"), "")
    entries = sum(len(context.inputs.restricted.frames[name]) for name in TABLES)
    of_all = {name: say_it(made) for name, say_it in _OF_ALL_CASES.items()}
    faults = words.said_faults(made["faults"], entries)
    if context.case is None:
        none_open = words.said_none_open(len(context.cases))
        faults = faults if entries else none_open
        return {**dict.fromkeys(_OF_ONE_CASE, none_open), **of_all, "faults": faults}
    of_one = {name: say_it(context, made) for name, say_it in _OF_ONE_CASE.items()}
    return {**of_one, **of_all, "faults": faults}
