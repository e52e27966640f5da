"""What the notes of chapter 04 say, in sentences."""

from __future__ import annotations

from strategy_lib.chapters.scenarios.scores import Scores
from strategy_lib.chapters.scenarios.tables import Context
from strategy_lib.chapters.wording import joined
from strategy_lib.core.messages import Names, Number, say
from strategy_lib.judgements.influences import InfluenceMatrix


def said_answers(influences: InfluenceMatrix, scores: Scores, asked: int) -> str:
    """Who has judged influences, and who has scored options, of how many who are listed."""
    judged, scored = len(influences.assessors), len(scores.assessors)
    if judged or scored:
        return say("scenarios-told-answers", judged=judged, scored=scored)
    return say("scenarios-told-no-answer", asked=int(asked))


def said_basis(influences: InfluenceMatrix) -> str:
    """How much of the matrix is people's own."""
    cells = int(influences.others.sum())
    own = int((influences.is_judged & influences.others).sum())
    fewest = influences.fewest
    if not cells or own == cells:
        return ""
    if not own:
        return say("scenarios-note-unjudged", pairs=cells, fewest=fewest)
    share = Number(100 * own / cells, 0)
    return say("scenarios-note-judged", own=own, pairs=cells, share=share, fewest=fewest)


def notes(context: Context) -> tuple[str, ...]:
    """What the futures rest on, what was left out, and what this edition shows."""
    influences, restricted = context.influences, context.inputs
    few, alone = influences.system.left_out, influences.uncovered
    shows_people, withheld = restricted.edition.shows_people, restricted.withheld_count
    return joined(
        (
            say("scenarios-note-decides"),
            say("scenarios-note-value"),
            said_basis(influences),
            say("scenarios-note-starting") if influences.system.is_starting_list else "",
            say("scenarios-note-few-states", names=Names(few, 6)) if few else "",
            say("scenarios-note-uncovered", names=Names(alone, 6)) if alone else "",
            say("scenarios-note-beyond", beyond=influences.beyond) if influences.beyond else "",
            "" if shows_people else say("scenarios-note-people", fewest=str(influences.fewest)),
            "" if context.lists_records else say("scenarios-note-records"),
            say("note-withheld", records=int(withheld)) if withheld else "",
        )
    )
