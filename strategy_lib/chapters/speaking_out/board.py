"""The board of all cases, what is missing in one, and who must still be heard or sign."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

import pandas as pd

from strategy_lib.chapters.codes import Answer, CaseStage
from strategy_lib.chapters.rows import table_of
from strategy_lib.chapters.speaking_out.context import Context, order
from strategy_lib.protocol.case import Case, text
from strategy_lib.protocol.clocks import Clock
from strategy_lib.protocol.faults import all_faults, fault_table
from strategy_lib.protocol.hearing import hearings, signatures
from strategy_lib.protocol.states import STATES, CaseState
from strategy_lib.schema.schema import table_schema

# Fields of a case in the order in which they are shown.
_ABOUT = (
    "title",
    "words",
    "language",
    "channel",
    "country_code",
    "theme",
    "counterpart",
    "urgency",
    "needed_at",
    "proposer_role",
    "whose_decision",
    "change_wanted",
    "why_public",
)
NOT_SAID = "not said"
STAGES = dict(zip(STATES, CaseStage, strict=True))


class _Standing(NamedTuple):
    case: Case
    state: CaseState


def said_at(moment: datetime | None) -> str:
    """A moment as tables print it, in the zone in which it was written."""
    return "" if moment is None else f"{moment:%Y-%m-%d %H:%M} {moment:%z}"


def board(context: Context) -> pd.DataFrame:
    """All cases: state, what is missing first, whose turn, the next clock."""
    return table_of(
        _in_order(context),
        {
            "case_id": lambda one: one.case.case_id,
            "case": lambda one: one.case.said("title"),
            "is_exercise": lambda one: Answer.YES if one.case.is_exercise else Answer.NO,
            "state": lambda one: STAGES[one.state.state],
            "missing_first": lambda one: next((m.what for m in one.state.missing), "nothing"),
            "n_missing": lambda one: len(one.state.missing),
            "whose_turn": lambda one: one.state.whose_turn,
            "next_clock": lambda one: said_at(one.state.next_due),
            "needed_by": lambda one: said_at(one.case.at("needed_at")),
            "recorded_silent": lambda one: "; ".join(one.state.silent),
            "does_not_hold_up": lambda one: "; ".join(one.state.flags),
        },
    )


def next_checks(context: Context) -> pd.DataFrame:
    """Of each case that waits for a check after its decision, which comes next, and its day."""
    rows = []
    for case, state in _in_order(context):
        if state.missing and (due := state.missing[0].due):
            day = pd.Timestamp(due.date())
            check = state.missing[0].check
            rows.append([case.case_id, case.said("title"), check, day, state.whose_turn])
    made = pd.DataFrame(rows, columns=["case_id", "case", "check", "due_date", "whose_turn"])
    return made.astype({"due_date": "datetime64[s]"})


def _in_order(context: Context) -> list[_Standing]:
    """Cases with where they stand, the most urgent first."""
    all_ = [_Standing(case, context.states[code]) for code, case in context.cases.items()]
    return sorted(all_, key=lambda one: order(*one))


def case_totals(context: Context) -> pd.DataFrame:
    """How many cases there are, for an edition that is told so and sees none of them."""
    totals = context.inputs.case_totals
    made = pd.DataFrame(
        {
            "what": [str(total.what) for total in totals],
            "topic": [context.label("theme", total.theme) for total in totals],
            "n_cases": pd.array([total.n_cases for total in totals], dtype="Int64"),
            "count": [str(total.count) for total in totals],
        }
    )
    return made.astype({"what": "str", "topic": "str", "count": "str"})


def about(context: Context) -> pd.DataFrame:
    """The case that is shown, field by field."""
    rows = []
    if context.case is not None:
        schema = table_schema("cases")
        for name in _ABOUT:
            codes = schema[name].codes
            value = context.case.record.get(name)
            said = context.label(codes, value) if codes else text(value)
            said = context.protocol.role(said) if name == "proposer_role" and said else said
            rows.append([schema[name].title(context.inputs.language), said or NOT_SAID])
    return pd.DataFrame(rows, columns=["what", "as_entered"])


def missing(context: Context) -> pd.DataFrame:
    """What keeps the case from its next states, the nearest first."""
    return table_of(
        context.state.missing if context.state else (),
        {
            "keeps_it_from": lambda one: one.gate,
            "what": lambda one: one.what,
            "whose_turn": lambda one: one.whose,
        },
    )


def faults(context: Context) -> pd.DataFrame:
    """What cannot be right in the rows of any case; nothing where the edition shows no case."""
    cases = list(context.cases.values())
    frames = context.inputs.restricted.frames
    found = all_faults(frames, cases, context.protocol, context.now) if cases else fault_table([])
    schemas = {name: table_schema(name) for name in found["table"].unique()}
    language = context.inputs.language
    found["field"] = [
        schemas[t][f].title(language) for t, f in zip(found["table"], found["field"], strict=True)
    ]
    found["table"] = [schemas[name].title(language) for name in found["table"]]
    return found.astype("str")


def path(context: Context) -> pd.DataFrame:
    """Everybody who must be heard or sign, with their clocks: the sign-off path."""
    return table_of(
        _parties(context),
        {
            "step": lambda one: one.step,
            "who": lambda one: one.who,
            "deputy": lambda one: _deputy(context, one.role),
            "is_required": lambda one: "yes" if one.is_required else "no",
            "state": lambda one: one.clock.state,
            "asked": lambda one: _stamp(one.clock.asked_at),
            "due": lambda one: _stamp(one.clock.due_at),
            "silent_from": lambda one: _stamp(one.clock.silent_at),
            "answered": lambda one: _stamp(one.clock.answered_at),
            "answer": lambda one: "" if one.clock.answered_at is None else one.answer,
        },
    )


class _Party(NamedTuple):
    """Who must be heard or sign."""

    step: str
    who: str
    role: str
    is_required: bool
    clock: Clock
    answer: str


def _parties(context: Context) -> Iterator[_Party]:
    case, protocol = context.case, context.protocol
    if case is None:
        return
    for one in hearings(case, protocol, context.now):
        who = case.unit(one.unit_id) if one.unit_id else protocol.role(one.role)
        answer = context.label("consultation_answer", one.answer)
        yield _Party("heard", who, one.role, one.is_required, one.clock, answer)
    for sign in signatures(case, protocol, context.now):
        answer = context.label("sign_off_answer", sign.answer)
        if sign.why_not:
            answer = f"not valid: {sign.why_not}"
        who = protocol.role(sign.role)
        yield _Party(f"signs {sign.step}", who, sign.role, True, sign.clock, answer)


def _deputy(context: Context, role: str) -> str:
    deputy = text(context.protocol.value("roles", role, "deputy"))
    return context.protocol.role(deputy) if deputy else "nobody"


def _stamp(moment: datetime | None) -> pd.Timestamp:
    """A moment in universal time, without its zone: what a time axis draws."""
    if moment is None:
        return pd.NaT  # type: ignore[return-value]
    return pd.Timestamp(moment).tz_convert("UTC").tz_localize(None).as_unit("s")


def answers(context: Context) -> pd.DataFrame:
    """What everybody who was asked said, in their own words; the silent stand there as silent."""
    rows = []
    if context.case is not None:
        for one in hearings(context.case, context.protocol, context.now):
            unit = context.case.unit(one.unit_id)
            answer = context.label("consultation_answer", one.answer) or one.clock.state
            role = context.protocol.role(one.role)
            rows.append([unit or role, role, answer, one.words])
    return pd.DataFrame(rows, columns=["who", "role", "answer", "in_their_words"])
