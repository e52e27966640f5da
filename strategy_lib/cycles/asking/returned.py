"""What came back, held against the lists: told with counts, and everything that was answered counts."""

from __future__ import annotations

from collections.abc import Iterator

from strategy_lib.core.audiences import DEFAULT_EDITIONS
from strategy_lib.core.problems import Problem
from strategy_lib.core.workspace import Cycle
from strategy_lib.cycles.asking.answered import answered
from strategy_lib.cycles.asking.lists import LISTS_FILE, all_lists, was_edited
from strategy_lib.editions.restrict import restrict
from strategy_lib.methods.elicitation.not_asked import compare_with_lists
from strategy_lib.schema.frames import Tables

_MOST_NAMED = 6


def tell_returned(cycle: Cycle, tables: Tables) -> Iterator[Problem]:
    """Notes on answers outside the lists, withdrawn questions, and a list changed by hand."""
    lists = all_lists(cycle)
    if lists.empty:
        return
    file = f"forms/{LISTS_FILE}"
    if was_edited(cycle):
        message = (
            "was changed by hand; write the forms again, so that everybody's list is the one told"
        )
        yield Problem(file, "", 0, "", "warning", "edited_list", message)
    left_out = cycle.workspace.settings.asking.left_out
    said = answered(restrict(tables, DEFAULT_EDITIONS["core"]))
    open_questions = {*lists["question_id"], *said["question_id"]} - set(left_out)
    found = compare_with_lists(lists, said, open_questions)
    done = int((found["was_asked"] & found["is_answered"]).sum())
    outside = int((found["is_answered"] & ~found["was_asked"]).sum())
    message = (
        f"{done:,} of {int(found['was_asked'].sum()):,} questions that were asked are answered"
    )
    if outside:
        message += f"; {outside:,} answers more to questions on nobody's list count alike"
    yield Problem(file, "", 0, "", "warning", "asked_and_answered", message)
    withdrawn = found[found["is_withdrawn"] & found["is_answered"]]
    for question, group in withdrawn.groupby("question_id"):
        who = ", ".join(sorted(group["assessor_id"])[:_MOST_NAMED])
        message = (
            f'"{question}" is not asked any more ({left_out[str(question)]}); it was answered by '
            f"{len(group)} ({who}), and what they said counts"
        )
        yield Problem(file, "", 0, "", "warning", "withdrawn_question", message)
