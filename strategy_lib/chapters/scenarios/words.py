"""What the tables of chapter 04 say, in sentences; never which option anybody should choose."""

from __future__ import annotations

import pandas as pd

from strategy_lib.chapters.scenarios.names import FAILS
from strategy_lib.chapters.scenarios.scores import Scores
from strategy_lib.chapters.scenarios.sets import Futures
from strategy_lib.chapters.scenarios.today import drift
from strategy_lib.chapters.wording import listed, number
from strategy_lib.judgements.drivers import today
from strategy_lib.judgements.influences import InfluenceMatrix

MANY = 40
START_NOTE = "the starting matrix, which is this workbook's own judgement and waits for yours"


def said_answers(influences: InfluenceMatrix, scores: Scores, asked: int) -> str:
    """Who has judged influences, and who has scored options, of how many who are listed."""
    people, scoring = len(influences.assessors), len(scores.assessors)
    if not people and not scoring:
        of = number(asked, "assessor", "assessors")
        none = f"No answer is shown here from any of {of}" if asked else (
            "Nobody was asked: no assessor is entered"
        )  # fmt: skip
        return f"{none}. Scenarios rest on {START_NOTE}."
    judged = number(people, "assessor has", "assessors have")
    scored = f"{scoring} {'has' if scoring == 1 else 'have'}"
    return f"{judged} judged influences; {scored} scored options."


def said_count(futures: Futures) -> str:
    """How many scenarios hold together, of how many."""
    matrix, count = futures.influences.matrix, len(futures.found)
    if matrix is None:
        return "Fewer than two descriptors with states are shown here; nothing can be compared."
    if futures.problem:
        return f"The scenarios could not be worked out: {futures.problem}"
    whole = f"{matrix.n_scenarios:,} combinations of states"
    if not count:
        return (
            f"None of the {whole} holds together under these judgements; the near misses show "
            "which ones to talk about."
        )
    text = f"{number(count, 'scenario holds', 'scenarios hold')} together, of {whole}"
    if count > MANY:
        text += (
            "; so many mean that the judgements leave much open: judge cells that nobody has "
            "judged, or tell fewer descriptors apart"
        )
    return f"{text}."


def said_basis(influences: InfluenceMatrix) -> str:
    """How much of the matrix is people's own."""
    cells = int(influences.others.sum())
    own = int((influences.is_judged & influences.others).sum())
    if not cells or own == cells:
        return ""
    if not own:
        judged = (
            "been judged"
            if influences.fewest <= 1
            else f"been judged by {influences.fewest} people"
        )
        return f"None of {cells:,} cells has {judged}. They rest on {START_NOTE}."
    people = "People" if influences.fewest <= 1 else f"{influences.fewest} people or more"
    return (
        f"{people} judged {own:,} of {cells:,} cells ({100 * own / cells:.0f}%). The others rest "
        f"on {START_NOTE}."
    )


def said_cards(futures: Futures) -> str:
    """Which few scenarios to work with."""
    if futures.cards.empty:
        return said_count(futures)
    named = futures.cards["scenario_id"].ne("").sum()
    least = int(futures.cards["nearest"].min())
    cards = number(len(futures.cards), "scenario", "scenarios")
    text = f"{cards} to work with"
    if len(futures.cards) > 1:
        text += f", any two of which differ in {number(least, 'descriptor', 'descriptors')} or more"
    waiting = len(futures.cards) - int(named)
    return f"{text}; {number(waiting, 'waits', 'wait')} for a name." if waiting else f"{text}."


def said_margins(margins: pd.DataFrame, futures: Futures) -> str:
    """Which cards nearly break."""
    if margins.empty:
        return said_count(futures)
    tied = margins[margins["margin"] == 0].groupby("scenario", sort=False).size()
    count = int(margins["scenario"].nunique())
    if tied.empty:
        return f"In none of {number(count, 'scenario', 'scenarios')} is any state tied."
    return (
        f"{len(tied)} of {number(count, 'scenario', 'scenarios')} rest on a tie: "
        f"one judgement changed by one can break {listed([str(n) for n in tied.index], 3)}."
    )


def said_today(futures: Futures, far: pd.DataFrame) -> str:
    """Where today stands, and where the judgements would move it."""
    known, open_ones = today(futures.influences.system)
    if not known:
        of = number(len(open_ones), "descriptor", "descriptors")
        return f"Nobody has said yet where today stands on any of {of}."
    nearest = "" if far.empty else str(far["scenario"].iloc[0])
    least = -1 if far.empty else int(far["differs_in"].iloc[0])
    if open_ones:
        near = f" As far as it is said, it is nearest to {nearest}." if nearest else ""
        count = f"{len(open_ones)} of {len(known) + len(open_ones)} descriptors"
        return f"Today's state is not said of {count}: {listed(open_ones)}.{near}"
    if least == 0:
        has_name = nearest in set(futures.named["name"])
        if has_name:
            return f"Today's states hold together: they are those of {nearest}."
        of = number(len(futures.found), "scenario", "scenarios")
        return f"Today's states hold together. Of {of}, today's own ({nearest}) has no name."
    text = "Today's states do not hold together by these judgements."
    if nearest:
        count = number(least, "descriptor differs", "descriptors differ")
        text += f" Today is nearest to {nearest} ({count})."
    goes = drift(futures)
    return f"{text} It would move towards {goes}." if goes else text


def said_flips(flips: pd.DataFrame, judgements: int, found: int) -> str:
    """Which single judgements make or unmake scenarios, within what people said.

    Parameters
    ----------
    judgements, found : int
        Judgements that were tried, and scenarios that hold together.
    """
    if flips.empty:
        return (
            f"None of {judgements:,} judgements, changed by one, makes or unmakes any of {found} "
            "scenarios."
        )
    reached = flips[flips["is_reached"]]
    if reached.empty:
        first = flips.iloc[0]
        return (
            f"The judgement to look at first is that of {first['source']} on {first['target']}: "
            f"changed by one, it touches {int(first['makes'] + first['unmakes'])} scenarios."
        )
    first = reached.iloc[0]
    cells = reached[["source_state", "target_state"]].drop_duplicates()
    return (
        f"{number(len(cells), 'cell', 'cells')} on which people differ decide over scenarios; most "
        f"hangs on {first['source']} and its influence on {first['target']}."
    )


def said_agreement(futures: Futures, people: pd.DataFrame) -> str:
    """For how many assessors the scenarios hold together."""
    if people.empty:
        return f"Agreement needs two assessors; {len(futures.influences.assessors)} judged."
    count = len(futures.influences.assessors)
    mine = people[people["in_room"]]
    everybody = int(mine["n_consistent"].eq(count).fillna(False).sum())
    others = int((~people["in_room"]).sum())
    text = (
        f"{everybody} of {number(len(mine), 'scenario holds', 'scenarios hold')} together for all "
        f"{count} assessors, each with their own matrix"
    )
    more = number(others, "further one holds", "further ones hold")
    return f"{text}; {more} for somebody only." if others else f"{text}."


def said_cells(cells: pd.DataFrame, influences: InfluenceMatrix) -> str:
    """On which influence people are furthest apart."""
    if cells.empty:
        if len(influences.assessors) < 2:
            return f"A difference needs two assessors; {len(influences.assessors)} judged."
        judged = int((influences.is_judged & influences.others).sum())
        return (
            f"On none of {judged:,} judged cells do two of {len(influences.assessors)} assessors "
            "differ, or too few judged them."
        )
    first = cells.iloc[0]
    opposed = int(cells["is_opposed"].sum())
    text = (
        f"People differ most on {first['source']} and its influence on {first['target']}: from "
        f"{signed(first['lowest'])} to {signed(first['highest'])}"
    )
    if opposed:
        text += f"; on {number(opposed, 'cell', 'cells')} some see a push and others a brake"
    return f"{text}."


def signed(value: float) -> str:
    """A judgement with its sign; 0 has none.

    Examples
    --------
    >>> signed(2.0), signed(0.0), signed(-3)
    ('+2', '0', '-3')
    """
    return f"{value:+g}" if value else "0"


def said_set_aside(away: pd.DataFrame) -> str:
    """Named scenarios whose scores are kept but do not count."""
    if away.empty:
        return ""
    failing = away[away["status"] == FAILS]
    names = [str(name) for name in away["scenario"]]
    many = len(away) > 1
    text = f"{listed(names)} {'are' if many else 'is'} not counted"
    if len(failing):
        only = "" if len(failing) == len(away) else f" {listed(list(failing['scenario']))}"
        they = only or (" they" if many else " it")
        verb = "does" if len(failing) == 1 else "do"
        text += f": under these judgements{they} {verb} not hold together"
    return f"{text}; scores given there are kept and shown."
