"""Chapter 03's page for those who see the cases: their board, and the most urgent one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import pandas as pd

from strategy_lib.chapters.codes import CaseStage
from strategy_lib.chapters.page import Page, Section
from strategy_lib.chapters.result import ChapterInputs, ChapterResult
from strategy_lib.chapters.speaking_out.case_sections import sections, with_more
from strategy_lib.core.messages import Names, Say
from strategy_lib.plotting.pictures import Column, Grid, Picture, Row, Sign, State, Unknown
from strategy_lib.protocol.clocks import SILENT
from strategy_lib.schema.schema import code_list

_MOST = 8
_SIGNS = {
    CaseStage.DRAFT: Sign.NO,
    CaseStage.COMPLETE: Sign.NO,
    CaseStage.CONSULTED: Sign.NEAR,
    CaseStage.CLOSED: Sign.YES,
}


def cases_page(result: ChapterResult, given: ChapterInputs, say: Say) -> Page:
    """The board of all cases, and of the one that is shown: harm, path, silence, dissent."""
    board: list[dict[str, Any]] = result["board"].to_dict("records")
    shown = next((row for row in board if row["case_id"] == result["case_id"]), None)
    parts: tuple[Section, ...] = sections(result, given, say, str(shown["case"])) if shown else ()
    return Page(
        _finding(board, say),
        tuple(_sentences(result, board, shown, say))[:3],
        main=_board(board, result, given, say),
        sections=parts,
    )


def _is_real(row: dict[str, Any]) -> bool:
    return bool(row["is_exercise"] != "yes")


def _finding(board: list[dict[str, Any]], say: Say) -> str:
    real = [row for row in board if _is_real(row)] or board
    open_ = [row for row in real if row["state"] != CaseStage.CLOSED]
    if not open_:
        return say("speaking-finding-closed", cases=len(real))
    turn = str(open_[0]["whose_turn"])
    if not turn:
        return say("speaking-finding-nobody", open=len(open_), cases=len(real))
    return say("speaking-finding", open=len(open_), cases=len(real), turn=turn)


def _sentences(
    result: ChapterResult, board: list[dict[str, Any]], shown: dict[str, Any] | None, say: Say
) -> Iterable[str]:
    path = result["path"]
    silent = path.loc[(path["state"] == SILENT) & (path["is_required"] == "yes"), "who"]
    if shown:
        yield _lacks(shown, say)
        if flags := [flag for flag in str(shown["does_not_hold_up"]).split("; ") if flag]:
            yield say("speaking-flags", flags=len(flags))
    if len(silent) == 1:
        yield say("speaking-silent", who=str(silent.iloc[0]))
    elif len(silent):
        yield say("speaking-silent-many", who=Names(list(silent)))
    exercises = sum(not _is_real(row) for row in board)
    if exercises and exercises < len(board):
        yield say("speaking-exercises", exercises=exercises)


def _lacks(row: dict[str, Any], say: Say) -> str:
    case, missing, needed = str(row["case"]), int(row["n_missing"]), _day(row["needed_by"])
    if not missing:
        return say("speaking-nothing-missing", case=case)
    if needed is None:
        return say("speaking-lacks", case=case, missing=missing)
    return say("speaking-needed", case=case, missing=missing, day=needed)


def _day(moment: object) -> date | None:
    """Day of a moment as the board prints it."""
    try:
        return date.fromisoformat(str(moment)[:10])
    except ValueError:
        return None


def _board(
    board: list[dict[str, Any]], result: ChapterResult, given: ChapterInputs, say: Say
) -> Picture:
    stages = code_list("case_state")
    nobody, no_day = say("speaking-nobody"), say("speaking-no-day")
    rows = tuple(
        Row(
            str(row["case"]),
            (
                State(
                    stages.label(str(row["state"]), given.now.language),
                    _SIGNS.get(row["state"], Sign.NEAR),
                ),
                str(row["missing_first"]),
                str(row["whose_turn"]) or (Unknown(nobody) if row["n_missing"] else ""),
                str(row["next_clock"])[:16],
                str(row["needed_by"])[:10] or Unknown(no_day),
            ),
            note="" if _is_real(row) else say("speaking-exercise"),
        )
        for row in board[:_MOST]
    )
    columns = (
        Column(say("speaking-board-state"), width="6.5rem"),
        Column(say("speaking-board-missing")),
        Column(say("speaking-board-turn"), width="7rem"),
        Column(say("speaking-board-clock"), width="6rem"),
        Column(say("speaking-board-needed"), width="6rem"),
    )
    subtitle = say("speaking-board-sub", day=pd.Timestamp(result["now"]).date())
    subtitle = with_more(subtitle, len(board) - _MOST, say)
    grid = Grid(columns, rows, head_width="10rem", stacks=True)
    return Picture(say("speaking-board"), grid, subtitle, ("board", "next_checks"))
