"""The board of all cases, what is missing in one, and who must still be heard or sign."""

from __future__ import annotations

from datetime import datetime

import pandas as pd

from strategy_lib.chapters.codes import Answer, CaseStage
from strategy_lib.chapters.speaking_out.context import Context, order
from strategy_lib.protocol.case import Case, text
from strategy_lib.protocol.clocks import Clock
from strategy_lib.protocol.faults import all_faults, fault_table
from strategy_lib.protocol.hearing import hearings, signatures
from strategy_lib.protocol.states import STATES
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


def said_at(moment: datetime | None) -> str:
    """A moment as tables print it, in the zone in which it was written."""
    return "" if moment is None else f"{moment:%Y-%m-%d %H:%M} {moment:%z}"


def board(context: Context) -> pd.DataFrame:
    """All cases: state, what is missing first, whose turn, the next clock."""
    rows = []
    for code, case in _in_order(context):
        state = context.states[code]
        is_exercise = _is_yes(case.record.get("is_exercise"))
        rows.append(
            [
                code,
                case.said("title"),
                Answer.YES if is_exercise else Answer.NO,
                STAGES[state.state],
                state.missing[0].what if state.missing else "nothing",
                len(state.missing),
                state.whose_turn,
                said_at(state.next_due),
                said_at(case.at("needed_at")),
                "; ".join(state.silent),
                "; ".join(state.flags),
            ]
        )
    columns = [
        "case_id",
        "case",
        "is_exercise",
        "state",
        "missing_first",
        "n_missing",
        "whose_turn",
        "next_clock",
        "needed_by",
        "recorded_silent",
        "does_not_hold_up",
    ]
    return pd.DataFrame(rows, columns=columns)


def next_checks(context: Context) -> pd.DataFrame:
    """Of each case that waits for a check after its decision, which comes next, and its day."""
    rows = []
    for code, case in _in_order(context):
        state = context.states[code]
        if state.missing and (due := state.missing[0].due):
            day = pd.Timestamp(due.date())
            rows.append([code, case.said("title"), state.missing[0].check, day, state.whose_turn])
    made = pd.DataFrame(rows, columns=["case_id", "case", "check", "due_date", "whose_turn"])
    return made.astype({"due_date": "datetime64[s]"})


def _in_order(context: Context) -> list[tuple[str, Case]]:
    """Cases by their codes, the most urgent first."""
    return sorted(context.cases.items(), key=lambda c: order(c[1], context.states[c[0]]))


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


def _is_yes(value: object) -> bool:
    return bool(value) if pd.notna(value) else False  # type: ignore[call-overload]


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
    found = context.state.missing if context.state else ()
    rows = [[one.gate, one.what, one.whose] for one in found]
    return pd.DataFrame(rows, columns=["keeps_it_from", "what", "whose_turn"])


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
    rows: list[list[object]] = []
    case, protocol = context.case, context.protocol
    if case is not None:
        for one in hearings(case, protocol, context.now):
            who = case.unit(one.unit_id) if one.unit_id else protocol.role(one.role)
            rows.append(
                _line("heard", who, one.role, one.is_required, one.clock, one.answer, context)
            )
        for sign in signatures(case, protocol, context.now):
            answer = f"not valid: {sign.why_not}" if sign.why_not else sign.answer
            codes = "" if sign.why_not else "sign_off_answer"
            who = protocol.role(sign.role)
            rows.append(
                _line(
                    f"signs {sign.step}", who, sign.role, True, sign.clock, answer, context, codes
                )
            )
    columns = [
        "step",
        "who",
        "deputy",
        "is_required",
        "state",
        "asked",
        "due",
        "silent_from",
        "answered",
        "answer",
    ]
    return pd.DataFrame(rows, columns=columns)


def _line(
    step: str,
    who: str,
    role: str,
    is_required: bool,
    clock: Clock,
    answer: str,
    context: Context,
    codes: str = "consultation_answer",
) -> list[object]:
    deputy = text(context.protocol.value("roles", role, "deputy"))
    is_heard = clock.answered_at is not None
    said = (context.label(codes, answer) if codes else answer) if is_heard else ""
    return [
        step,
        who,
        context.protocol.role(deputy) if deputy else "nobody",
        "yes" if is_required else "no",
        clock.state,
        _stamp(clock.asked_at),
        _stamp(clock.due_at),
        _stamp(clock.silent_at),
        _stamp(clock.answered_at),
        said,
    ]


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
