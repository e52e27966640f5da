"""The sentences of chapter 00 on who answered, how ready we are, and what to do first."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from strategy_lib.chapters.prepare.priorities import FIRST, first_things
from strategy_lib.chapters.prepare.readiness import (
    ALL,
    CLEARLY_APART,
    NO_ANSWER,
    NO_ROLE,
    said_range,
)
from strategy_lib.chapters.wording import WITHHELD, listed, number

# Recommendations that a sentence names of those which share a level.
_MOST_NAMED = 2


def said_answers(answers: pd.DataFrame, by_kind: pd.DataFrame, people: int, asked: int = 0) -> str:
    """How many people in how many units answered, who did not, and who is not asked.

    Parameters
    ----------
    people, asked : int
        Assessors who answered, and all who are listed.
    """
    if not people:
        if not asked:
            return "Nobody was asked how ready we are: no assessor is listed here."
        of = number(asked, "listed assessor", "listed assessors")
        return f"No answer on readiness is shown here from any of {of}."
    if by_kind.empty:
        return f"{number(people, 'assessor is', 'assessors are')} shown here with their answers."
    counts = by_kind[["n_answered", "n_silent", "n_not_asked"]].sum().astype(int)
    text = (
        f"{number(people, 'assessor has', 'assessors have')} answered, for "
        f"{counts['n_answered']} of {number(int(counts.sum()), 'unit', 'units')}"
    )
    if counts["n_not_asked"]:
        text += f"; in {counts['n_not_asked']} nobody was asked"
    # Without the column nobody may be named.
    named = answers.get("no_answer_from", pd.Series(dtype="str"))
    silent = [code for cell in named for code in cell.split(", ") if code]
    few = int((answers["assessors"] - answers["answered"]).sum())
    whom = listed(silent) if silent else f"{few} who are listed" if few else ""
    return f"{text}." + (f" No answer is shown here from {whom}." if whom else "")


def said_level(cells: pd.DataFrame) -> str:
    """On what people together see most done, and on what least."""
    whole = without_parts(cells[cells["unit"] == ALL])
    if whole.empty:
        return f"No answer on these recommendations is entered{WITHHELD}."
    low = whole[whole["median"] == whole["median"].min()]
    high = whole[whole["median"] == whole["median"].max()]
    if len(low) == len(whole):
        return f"The middle level is {low['median'].iloc[0]:g} of 4 on all that were answered."
    return f"Furthest is {_leveled(high)}; least far {_leveled(low)}."


def in_words(recommendation: str) -> str:
    """A recommendation in a sentence, with its number behind it.

    Examples
    --------
    >>> in_words("9 Institutional memory")
    'Institutional memory [9]'
    """
    code, _, topic = recommendation.partition(" ")
    return f"{topic} [{code}]"


def _all_in_words(recommendations: Iterable[str]) -> list[str]:
    return [in_words(name) for name in recommendations]


def _named(recommendations: Iterable[str]) -> str:
    """Those that share a place: the first few by name, the others by their number."""
    names = _all_in_words(recommendations)
    return listed(names, most=_MOST_NAMED)


def without_parts(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows of whole recommendations, without those of their parts such as 4.1."""
    return frame[~frame["recommendation_id"].str.contains(".", regex=False)]


def _leveled(rows: pd.DataFrame) -> str:
    """Recommendations that share a middle level, with the range of what people said."""
    shown = rows.head(_MOST_NAMED)
    ranges = map(said_range, shown["lowest"], shown["highest"])
    named = [
        f"{in_words(name)} ({said})"
        for name, said in zip(shown["recommendation"], ranges, strict=True)
    ]
    if len(rows) > _MOST_NAMED:
        named.append(f"{len(rows) - _MOST_NAMED} more")
    return f"{listed(named)}, in the middle {rows['median'].iloc[0]:g} of 4"


def said_apart(table: pd.DataFrame, pairs: pd.DataFrame) -> str:
    """How far units and people are from each other."""
    table = without_parts(table)
    known = table["apart_between"].dropna()
    if known.empty and pairs.empty:
        of = number(len(table), "recommendation", "recommendations")
        return f"On none of {of} may answers of two or more people be shown here."
    parts = []
    if len(known):
        far = table[table["apart_between"] >= CLEARLY_APART]
        widest = table[table["apart_between"] == known.max()]
        few = number(len(far), "recommendation", "recommendations")
        parts.append(
            f"units are two or more levels apart on {few} of {len(known)} that several answered"
            + (f", furthest on {_named(widest['recommendation'])}" if len(far) else "")
        )
    if len(pairs):
        first = pairs.iloc[0]
        parts.append(
            f"within a unit, people are clearly apart {number(len(pairs), 'time', 'times')}, most "
            f"in {first['unit']} on {in_words(first['recommendation'])} ({first['lowest']} and "
            f"{first['highest']})"
        )
    text = "; ".join(parts)
    return f"{text[:1].upper()}{text[1:]}."


def said_nobody(nobody: pd.DataFrame, sees_all: bool) -> str:
    """Which recommendations no role answers for, anywhere.

    Parameters
    ----------
    sees_all : bool
        Whether nothing is withheld; else what is not shown may still be somebody's job.
    """
    whole = without_parts(nobody)
    if whole.empty:
        return (
            "Every one of the 48 recommendations has a responsible role somewhere, in at least one "
            "office that answered."
        )
    owned, silent = whole[whole["why"] == NO_ROLE], whole[whole["why"] == NO_ANSWER]
    parts = []
    if len(owned):
        few = number(len(owned), "recommendation", "recommendations")
        verb = "is" if len(owned) == 1 else "are"
        lead = f"{few} {verb} nobody's job" if sees_all else f"For {few} no role is named here"
        parts.append(f"{lead}: {listed(_all_in_words(owned['recommendation']))}.")
    if len(silent):
        few = number(len(silent), "recommendation", "recommendations")
        lead = f"On {few} nobody has answered" if sees_all else f"On {few} no answer is shown here"
        parts.append(f"{lead}: {listed(_all_in_words(silent['recommendation']))}.")
    return " ".join(parts)


def said_first(ranked: pd.DataFrame) -> str:
    """The things to do first, ties said, and whether one person more or less would change them."""
    if ranked.empty:
        return f"No answer is entered on both how far we are and how much it matters{WITHHELD}."
    chosen = first_things(ranked)
    if chosen.empty:
        many = int(((ranked["rank"] <= FIRST) & (ranked["median"] > 0)).sum())
        if not many:
            of = number(len(ranked), "recommendation", "recommendations")
            return f"Nobody who answered sees a gap that matters to them, on {of}."
        return f"{many} recommendations tie for the first {FIRST} places; nothing comes first."
    text = f"To do first, by gap times importance: {_in_order(chosen)}"
    if len(chosen) > FIRST:
        text += f"; there are {len(chosen)} because the last ones tie"
    people = int(chosen["answers"].max())
    if people == 1:
        return f"{text}. It rests on one person's answers."
    shaky = chosen[chosen["n_drops_without"].fillna(0) > 0]
    if chosen["lean_pct"].notna().any():
        text += ". Many share a middle; they are told apart where clearly more people are above it"
    if len(shaky):
        text += f". Without some one person, {len(shaky)} of them would not be there"
    for column, way in (
        ("is_first_by_units", "Where each unit counts once"),
        ("is_first_by_smaller", "Where nothing is multiplied"),
    ):
        other = int((chosen[column] == False).sum())  # noqa: E712
        if other:
            text += f". {way}, {other} of them would not be there"
    return f"{text}."


def _in_order(chosen: pd.DataFrame) -> str:
    """Names in their order; those that tie stand together."""
    places = []
    for _, group in chosen.groupby("rank", sort=True):
        names = _all_in_words(group["recommendation"])
        places.append(listed(names, most=len(names)) + (" (equal)" if len(names) > 1 else ""))
    return "; then ".join(places)
