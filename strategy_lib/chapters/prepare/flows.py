"""Which information may go to, be opened in, or be kept in mainland China, and what contradicts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

import pandas as pd

from strategy_lib.chapters.codes import Contradiction
from strategy_lib.chapters.prepare.context import Context
from strategy_lib.core.messages import say
from strategy_lib.schema.schema import code_list

COLUMNS = ["what", "information", "action", "offices", "detail"]
_PERMITS = ("allowed", "with_safeguards")


def flows(context: Context) -> pd.DataFrame:
    """Rules by class of information and action, as offices hold them.

    Returns
    -------
    DataFrame
        One row a class of information and action, also where nobody answered: `information`,
        `action`, `rule` (each different one, the strictest first), `offices` (how many answered),
        `strictness` (0 allowed, 1 with safeguards, 2 not allowed of the strictest; missing where
        nothing is decided), `differ`, `no_decision` (rules that nobody is said to have decided).
    """
    columns = ["information", "action", "rule", "offices", "strictness", "differ", "no_decision"]
    rows, answered = [], _answered(context)
    groups = dict(iter(answered.groupby(["information_class", "action"])))
    pairs = product(code_list("information_class").values, code_list("flow_action").values)
    for pair in pairs if len(answered) and context.lists_records else ():
        labels = _labels(context, *pair)
        group = groups.get(pair)
        if group is None:
            rows.append([*labels, "no answer", 0, pd.NA, False, 0])
            continue
        held = [c for c in reversed(code_list("flow_rule").values) if c in set(group["rule"])]
        held.sort(key=lambda code: -_strictness(code))
        words = " / ".join(context.label("flow_rule", code) for code in held)
        strictest = max(map(_strictness, held))
        is_decided = group["rule"] != "not_decided"
        shows_who = context.can_show("data_flows", "decided_by_role")
        undecided = int((is_decided & group["decided_by_role"].isna()).sum()) if shows_who else 0
        shade = strictest if strictest >= 0 else pd.NA
        rows.append([*labels, words, len(group), shade, len(held) > 1, undecided])
    made = pd.DataFrame(rows, columns=columns)
    return made.astype({"strictness": "Int64", "offices": "Int64", "no_decision": "Int64"})


def _strictness(rule: str) -> int:
    return {"allowed": 0, "with_safeguards": 1, "not_allowed": 2}.get(rule, -1)


def _answered(context: Context) -> pd.DataFrame:
    frame = context.frame("data_flows").dropna(subset=["information_class", "action"])
    frame = frame[frame["rule"].notna()]
    return frame.assign(unit=context.unit_of(frame["unit_id"]))


def _labels(context: Context, information: str, action: str) -> tuple[str, str]:
    return context.label("information_class", information), context.label("flow_action", action)


def contradictions(context: Context) -> pd.DataFrame:
    """Flows that contradict each other, the most pressing first.

    Returns
    -------
    DataFrame
        `what` (a `Contradiction`), `information`, `action`, `offices`, `detail`.
    """
    answered = _answered(context)
    if not context.lists_records:
        return pd.DataFrame(columns=COLUMNS)
    found = [*_between_offices(context, answered)]
    for _, group in answered.groupby(["information_class", "unit_id"], dropna=False):
        found += _stricter_to_open(context, group)
    for row in answered.to_dict("records"):
        found += _in_one_answer(context, row)
    made = pd.DataFrame(found, columns=COLUMNS)
    place = made["what"].map({what: n for n, what in enumerate(Contradiction)})
    order = made.assign(place=place).sort_values(["place", *COLUMNS[1:]], kind="stable").index
    return made.loc[order].reset_index(drop=True)


def _between_offices(context: Context, answered: pd.DataFrame) -> Iterator[list[str]]:
    """An open question is no rule: it does not contradict one."""
    ruled = answered[answered["rule"] != "not_decided"]
    for key, group in ruled.groupby(["information_class", "action"]):
        if group["rule"].nunique() < 2:
            continue
        held = [
            f"{context.label('flow_rule', rule)}: {', '.join(sorted(part['unit']))}"
            for rule, part in group.groupby("rule")
        ]
        units = ", ".join(sorted(group["unit"]))
        labels = _labels(context, *map(str, key))
        yield [Contradiction.RULES_DIFFER, *labels, units, "; ".join(held)]


def _stricter_to_open(context: Context, group: pd.DataFrame) -> Iterator[list[str]]:
    """What may be sent or kept there can be opened there."""
    rules = dict(zip(group["action"], group["rule"], strict=True))
    if rules.get("open") != "not_allowed":
        return
    for action in ("send", "store"):
        if rules.get(action) in _PERMITS:
            said = context.label("flow_rule", rules[action])
            row = group.iloc[0]
            labels = _labels(context, row["information_class"], action)
            yield [Contradiction.OPEN_STRICTER, *labels, row["unit"], f"{labels[1]}: {said}"]


def _in_one_answer(context: Context, row: Mapping[Any, Any]) -> Iterator[list[str]]:
    labels = _labels(context, row["information_class"], row["action"])
    said = context.label("flow_rule", row["rule"])
    done = say("prepare-flow-done", what=str(said))
    if row["is_done"] == "yes" and row["rule"] == "not_allowed":
        yield [Contradiction.DONE_AGAINST, *labels, row["unit"], done]
    if row["is_done"] == "yes" and row["rule"] == "not_decided":
        yield [Contradiction.DONE_UNDECIDED, *labels, row["unit"], done]
    shows = context.can_show("data_flows", "safeguard")
    if shows and row["rule"] == "with_safeguards" and pd.isna(row["safeguard"]):
        yield [Contradiction.UNNAMED, *labels, row["unit"], said]
