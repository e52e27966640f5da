"""Chapter 03: do we say it, how, who carries the risk, and who decides?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from strategy_lib.chapters.speaking_out import board as boards
from strategy_lib.chapters.speaking_out import records, routes, words
from strategy_lib.chapters.speaking_out import screen as screens
from strategy_lib.chapters.speaking_out.context import Ground, ground_of
from strategy_lib.chapters.wording import joined, number
from strategy_lib.editions.snapshot import Snapshot
from strategy_lib.protocol.reading import Protocol

_ORDER = ("board", "state", "flags", "silent", "harm", "line", "routes", "silence", "wording",
          "path", "acceptance", "decision")  # fmt: skip


_NOTHING = "Nothing is entered here yet."


@dataclass(frozen=True)
class SpeakingOutResult:
    """The answer of chapter 03.

    Attributes
    ----------
    case_id : str
        Case that is shown in detail; empty where there is none.
    tables : mapping of str to DataFrame
        Tables by name, as saved in `results/`.
    bottom_line : tuple of str
        Where things stand, in sentences; never what anybody is to say or leave unsaid.
    findings : mapping of str to str
        One sentence for each figure or table, used as its title.
    notes : tuple of str
        What this edition shows and what is missing.
    """

    case_id: str
    tables: Mapping[str, pd.DataFrame]
    bottom_line: tuple[str, ...]
    findings: Mapping[str, str]
    notes: tuple[str, ...]
    class_note: str = (
        "Severity is the worst of scale, scope and irremediability, and outranks likelihood. One "
        "assessor over a line is enough unless the protocol says otherwise; what is not known is "
        "never taken for no risk."
    )
    silence_note: str = (
        "Ratings from 0 (none) to 4 (grave). Over-caution harms people, too; silence has no price "
        "and is in no total."
    )


def analyse_speaking_out(
    inputs: Snapshot, protocol: Protocol, case_id: str = "", at: str = ""
) -> SpeakingOutResult:
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
    ground = ground_of(inputs, protocol, case_id, at)
    made = _tables(ground)
    findings = _findings(ground, made)
    bottom_line = joined(findings[name] for name in _ORDER)
    if inputs.restricted.edition.sees_everything:
        findings = {name: text or _NOTHING for name, text in findings.items()}
    return SpeakingOutResult(
        case_id=ground.shown,
        tables=made,
        bottom_line=bottom_line,
        findings=findings,
        notes=_notes(ground, made),
    )


def _tables(ground: Ground) -> dict[str, pd.DataFrame]:
    return {
        "board": boards.board(ground),
        "listed": boards.listed_cases(ground),
        "about": boards.about(ground),
        "missing": boards.missing(ground),
        "faults": boards.faults(ground),
        "evidence": records.evidence(ground),
        "beyond_evidence": records.beyond(ground),
        "screen": screens.screen(ground),
        "screen_grid": screens.screen_grid(ground),
        "disagreements": screens.disagreements(ground),
        "measures": screens.measures(ground),
        "acceptances": screens.accepted(ground),
        "routes": routes.routes(ground),
        "silence": routes.silence(ground),
        "reasons": routes.reasons(ground),
        "wording": records.wording(ground),
        "path": boards.path(ground),
        "answers": boards.answers(ground),
        "decisions": records.decisions(ground),
        "dissents": records.dissents(ground),
        "aftercare": records.aftercare(ground),
        "pressure_ladder": records.pressure_ladder(ground),
        "memory": records.memory(ground),
        "tolerances": records.tolerances(ground),
        "roles": records.roles(ground),
    }


def _findings(ground: Ground, made: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    if not ground.inputs.restricted.edition.sees_everything:
        count = len(made["listed"])
        shown = number(count, "case may", "cases may") if count else "No case may"
        limits = ", without state, harm or words" if count else ""
        names = ("state", "flags", "silent", "harm", "line", "apart", "routes", "benefit",
                 "silence", "evidence", "wording", "path", "acceptance", "decision", "aftercare",
                 "memory", "faults")  # fmt: skip
        board = f"{shown} be listed in this edition{limits}."
        # Parts without a word and without a row are left out of the page.
        return dict.fromkeys(names, "") | {"board": board}
    has_words = bool(ground.case and ground.case.said("words"))
    return {
        "board": words.said_board(made["board"]),
        "state": words.said_state(ground),
        "flags": words.said_flags(ground),
        "silent": words.said_silent(made["path"]),
        "harm": words.said_harm(made["screen_grid"], ground),
        "line": words.said_line(made["screen_grid"]),
        "apart": words.said_apart(made["disagreements"]),
        "routes": words.said_routes(made["routes"]),
        "benefit": words.said_benefit(made["routes"]),
        "silence": words.said_silence(made["silence"]),
        "evidence": words.said_evidence(made["evidence"], made["beyond_evidence"]),
        "wording": words.said_wording(made["wording"], has_words),
        "path": words.said_path(made["path"]),
        "acceptance": words.said_acceptance(made["acceptances"]),
        "decision": words.said_decision(made["decisions"], made["dissents"]),
        "aftercare": words.said_aftercare(made["aftercare"]),
        "memory": words.said_memory(made["memory"]),
        "faults": words.said_faults(made["faults"]),
    }


def _notes(ground: Ground, made: Mapping[str, pd.DataFrame]) -> tuple[str, ...]:
    notes = [
        "Nothing here says whether anything is to be said: it shows what people wrote and rated, "
        "what is missing, and whose turn it is. A named role decides.",
    ]
    if not ground.inputs.restricted.edition.sees_everything:
        return (*notes, words.WITHHELD)
    own = ground.protocol.own_files
    told = f"Own files of the protocol: {', '.join(own)}." if own else (
        "The protocol is the workbook's starting one; nothing in it has been agreed by the "
        "organisation yet."
    )  # fmt: skip
    notes += [f"Clocks are read as of {boards.said_at(ground.now)}.", told]
    found = ground.state.screening if ground.state else None
    if found and found.silent:
        people = ", ".join(found.silent)
        notes.append(f"Asked to rate harm and silent, at least in part, after the clock: {people}.")
    if found and found.without_measure:
        pairs = number(len(found.without_measure), "rating", "ratings")
        notes.append(f"{pairs} after measures left out, because no measure is entered there.")
    if len(made["faults"]):
        notes.append(words.said_faults(made["faults"]))
    return tuple(notes)
