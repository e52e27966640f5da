"""The sentences of chapter 00 on values, the hub, information, memory and secondments."""

from __future__ import annotations

import pandas as pd

from strategy_lib.chapters.codes import Contradiction
from strategy_lib.chapters.prepare.secondments import FITS, Matched
from strategy_lib.chapters.prepare.tables import NO_ANSWER
from strategy_lib.chapters.wording import WITHHELD, listed, number


def said_values(matters: pd.DataFrame, lists_records: bool) -> str:
    """No-go first; where views differ; what is not judged."""
    if matters.empty:
        return f"No matter between our approach and that of Chinese actors is entered{WITHHELD}."
    parts, matters_ = [], number(len(matters), "matter", "matters")
    differ = matters["differ"].fillna(False).astype(bool)
    ways = {
        "no_go": "A no-go for all who spoke",
        "conflict": "In conflict",
        "complementarity": "Each helps the other",
    }
    for column, words in ways.items():
        named = list(matters.loc[matters[column].fillna(0).gt(0) & ~differ, "matter"])
        if named:
            parts.append(f"{words} ({len(named)} of {matters_}): {listed(named)}.")
        if column == "no_go" and differ.any():
            parts.append(f"Views differ on {listed(list(matters.loc[differ, 'matter']))}.")
    judged = matters[["no_go", "conflict", "complementarity"]].fillna(0).sum(axis=1)
    open_ = list(matters.loc[judged == 0, "matter"]) if lists_records else []
    if open_:
        parts.append(f"Not judged yet: {listed(open_)}.")
    return " ".join(parts) or f"None of {matters_} is judged yet."


def said_hub(functions: pd.DataFrame) -> str:
    """Whether the coordinator's functions have somebody, and somebody to stand in."""
    if functions.empty:
        return f"No function of a coordinator or hub is entered{WITHHELD}."
    missing = functions["missing"]
    nobody = functions[missing.str.contains("nobody does it", regex=False)]
    alone = int(missing.str.contains("nobody stands in", regex=False).sum())
    text = f"Of {number(len(functions), 'function', 'functions')} of the hub, {len(nobody)} "
    text += "has nobody" if len(nobody) == 1 else "have nobody"
    if len(nobody):
        text += f" ({listed([_lower(name) for name in nobody['function']], most=2)})"
    text += f" and {alone} {'hangs' if alone == 1 else 'hang'} on one role with no deputy"
    silent = int((missing == NO_ANSWER).sum())
    if silent:
        text += f"; for {silent} no answer is shown"
    time = functions["staff_fte"]
    if time.notna().any():
        known = int(time.notna().sum())
        text += f"; {time.sum():g} full-time posts in all are given to {known} of them"
    return f"{text}."


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def said_flows(flows: pd.DataFrame, found: pd.DataFrame, shows_practice: bool) -> str:
    """How many flows have no rule, and where rules contradict each other or the practice."""
    if flows.empty:
        return f"No flow of information to mainland China is entered{WITHHELD}."
    open_ = int(flows["strictness"].isna().sum())
    text = f"For {open_} of {number(len(flows), 'flow', 'flows')} of information no rule is shown"
    counts = found["what"].value_counts()
    parts = [f"{counts[what]} where {words}" for what, words in _FOUND.items() if what in counts]
    text += (
        f"; found: {listed(parts, most=len(parts))}"
        if parts
        else f"; none of {len(flows)} contradicts another"
    )
    return f"{text}." + ("" if shows_practice else " What is done in practice is not shown here.")


_FOUND = {
    Contradiction.DONE_AGAINST: "it is done although not allowed",
    Contradiction.OPEN_STRICTER: "what may not be opened there may go there",
    Contradiction.RULES_DIFFER: "offices hold different rules",
    Contradiction.DONE_UNDECIDED: "it is done before it was decided",
    Contradiction.UNNAMED: "a safeguard is asked for but not named",
}


def said_memory(by_kind: pd.DataFrame, keepers: pd.DataFrame) -> str:
    """What one person knows, what of it is unwritten, and what leaves soon."""
    counts = by_kind.drop(columns="kind").sum().astype(int)
    total = int(counts.sum())
    if not total:
        return f"No piece of knowledge is entered{WITHHELD}; much may be known."
    text = f"Of {number(total, 'piece', 'pieces')} of knowledge, "
    lost = int((keepers["holders"] == 0).sum())
    alone = len(keepers) - lost
    text += f"{alone} {'is' if alone == 1 else 'are'} held by one person"
    text += f" and {lost} by nobody any more" if lost else ""
    if len(keepers):
        text += f"; {counts['n_one_unwritten']} of these are not known to be written down"
    leaving = int((keepers["days_left"] >= 0).fillna(False).sum())
    if leaving:
        text += f", and for {leaving} the day is known on which that person leaves"
    return f"{text}."


def said_readers(readers: tuple[int, int, int, int]) -> str:
    """Whether somebody who reads Chinese holds knowledge at global or regional level [9]."""
    held, wide, told, pieces_ = readers
    if not pieces_:
        return f"No piece of knowledge is entered{WITHHELD}."
    if not held:
        of = number(pieces_, "piece of knowledge", "pieces of knowledge")
        return f"None of {of} is held by somebody who reads Chinese; of {told} it is said."
    pieces = number(held, "piece of knowledge", "pieces of knowledge")
    where = f"{wide or 'none'} of them"
    return (
        f"Somebody who reads Chinese holds {pieces}, {where} at the international office or a desk."
    )


def said_turnover(by_year: pd.DataFrame) -> str:
    """How many left in the last year told, and how many without handing over."""
    if by_year.empty:
        return f"No count of people who came and went is entered{WITHHELD}."
    row = by_year.iloc[0]
    if pd.isna(row["n_without_handover"]):
        return f"Too few people left in {int(row['year'])} to be counted here."
    parts = row[["n_without_handover", "n_handed_over", "n_not_said"]].fillna(0).astype(int)
    left = int(parts.sum())
    units = number(int(row["units"]), "unit says", "units say")
    if not left:
        return f"In {int(row['year'])}, nobody who worked on China left, as {units}."
    people = number(left, "person", "people")
    text = f"In {int(row['year'])}, {people} who worked on China left, as {units}"
    text += f": {parts['n_without_handover']} of them without handing over"
    if parts["n_not_said"]:
        text += f", and for {parts['n_not_said']} nobody says whether they did"
    return f"{text}."


def said_secondments(matched: Matched) -> str:
    """How many needs are met, and who is left."""
    left = matched.unmatched["kind"].value_counts()
    if matched.matches.empty and left.empty:
        return f"No need and no offer of a secondment is entered{WITHHELD}."
    fits = int((matched.matches["fit"] == FITS).sum())
    needs = len(matched.matches) + int(left.get("need", 0))
    text = f"{fits} of {number(needs, 'need', 'needs')} of a colleague can be met"
    perhaps = len(matched.matches) - fits
    if perhaps:
        text += f", {perhaps} perhaps: something is not said yet"
    return (
        f"{text}; {number(int(left.get('need', 0)), 'need', 'needs')} and "
        f"{number(int(left.get('offer', 0)), 'offer', 'offers')} are left."
    )
