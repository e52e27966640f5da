"""What the notes of chapter 04 say, in sentences."""

from __future__ import annotations

from strategy_lib.chapters.scenarios.plausible import MATRICES, SEED, Plausible
from strategy_lib.chapters.scenarios.scores import Scores
from strategy_lib.chapters.wording import number
from strategy_lib.core.settings import ScenarioSettings
from strategy_lib.judgements.influences import InfluenceMatrix

START_NOTE = "the starting matrix, which is this workbook's own judgement and waits for yours"


def said_answers(influences: InfluenceMatrix, scores: Scores, asked: int) -> str:
    """Who has judged influences, and who has scored options, of how many who are listed."""
    people, scoring = len(influences.assessors), len(scores.assessors)
    if not people and not scoring:
        of = number(asked, "assessor", "assessors")
        none = (
            f"No answer is shown here from any of {of}"
            if asked
            else ("Nobody was asked: no assessor is entered")
        )
        return f"{none}. Scenarios rest on {START_NOTE}."
    judged = number(people, "assessor has", "assessors have")
    scored = f"{scoring} {'has' if scoring == 1 else 'have'}"
    return f"{judged} judged influences; {scored} scored options."


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


def said_rule_of_kinds(settings: ScenarioSettings) -> str:
    """What the words for kinds of options mean, with the limits that were used."""
    return (
        f"Good enough: {settings.good_enough:g} or more of 10; near the best: at most "
        f"{settings.tolerance:g} behind. No-regret move: both in every scenario. Hedge: good "
        "enough everywhere, at a price somewhere. Bet: near the best somewhere, not good enough "
        "elsewhere."
    )


def said_plausible(plausible: Plausible) -> str:
    """What plausible matrices are, and why there are none where there are none."""
    return plausible.problem or (
        f"Plausible: {MATRICES:,} matrices that another panel could have given, drawn (seed {SEED}) "
        "from how far people lie apart, and where nobody judged from the starting value, one or two "
        "off; each is solved exactly. How many would come back is a floor: in simulations more did, "
        "as another panel shares the starting values."
    )
