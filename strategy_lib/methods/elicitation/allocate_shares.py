"""Lists in which some parts of the questions have a share of the minutes of their own.

One answer to a block of influences tells of nine cells and is asked of all of a group: by value a
second it would come behind every score, and futures would have no answers at all.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from strategy_lib.core.errors import InputError
from strategy_lib.methods.elicitation.allocate import allocate

ALL = 100.0


def allocate_shares(
    questions: pd.DataFrame,
    people: pd.DataFrame,
    shares: Mapping[str, float],
    *,
    by: str,
    seed: int,
    already: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Say who is asked what, with minutes set apart for some parts of the questions.

    What everybody is asked, and has not answered yet, comes off each person's minutes first. Of those
    that are left, each part gets its share; the rest, and what a part cannot use, goes to everything
    else (`allocate`).

    Parameters
    ----------
    questions, people, already : DataFrame
        As for `allocate`; `questions` also has the column `by`.
    shares : mapping of str to float
        Value of `by` -> share (0-100) of the minutes left; together at most 100.
    by : str
        Column that tells the parts.
    seed : int
        As for `allocate`.

    Returns
    -------
    DataFrame
        `assessor_id`, `position` (from 1), `question_id`; the parts in the order of `shares`, then
        everything else.

    Raises
    ------
    InputError
        As `allocate`; or if shares are outside 0 to 100, or add up to more.

    Examples
    --------
    >>> import pandas as pd
    >>> questions = pd.DataFrame(
    ...     {"question_id": ["s1", "s2", "r1", "r2"], "kind": ["score"] * 2 + ["readiness"] * 2,
    ...      "seconds": 30, "value": 1, "for_everybody": False, "part": ["a", "a", "b", "b"]})
    >>> people = pd.DataFrame({"assessor_id": list("abc"), "minutes": 1})
    >>> lists = allocate_shares(questions, people, {"b": 50}, by="part", seed=1)
    >>> lists["question_id"].str[0].value_counts().to_dict()
    {'r': 3, 's': 3}
    """
    wrong = {name: share for name, share in shares.items() if not 0 <= share <= ALL}
    if wrong or sum(shares.values()) > ALL:
        raise InputError(f"shares: found {dict(shares)}; allowed 0 to 100, together at most 100")
    apart = questions[by].isin(list(shares))
    seconds = questions.set_index("question_id")["seconds"]
    common = questions.loc[questions["for_everybody"] & ~apart, "question_id"]
    open_seconds = seconds[common].sum() - _answered(already, seconds[common], people)
    left = (people["minutes"] - open_seconds / 60).clip(lower=0)
    rest, made = people["minutes"].astype("float64"), []
    for part, share in shares.items():
        own = people.assign(minutes=left * share / ALL)
        made.append(allocate(questions[questions[by] == part], own, already=already, seed=seed))
        taken = made[-1]["question_id"].map(seconds).groupby(made[-1]["assessor_id"]).sum() / 60
        rest = rest - people["assessor_id"].map(taken).fillna(0).astype("float64")
    others = people.assign(minutes=rest.clip(lower=0))
    made.append(allocate(questions[~apart], others, already=already, seed=seed))
    lists = pd.concat(made, ignore_index=True).sort_values(
        "assessor_id", kind="stable", ignore_index=True
    )
    return lists.assign(position=lists.groupby("assessor_id").cumcount() + 1)


def _answered(
    already: pd.DataFrame | None, seconds: pd.Series[float], people: pd.DataFrame
) -> pd.Series[float]:
    """Seconds of these questions that each person has answered."""
    if already is None:
        return pd.Series(0.0, index=people.index)
    given = already[["assessor_id", "question_id"]].drop_duplicates()
    taken = given["question_id"].map(seconds).groupby(given["assessor_id"]).sum()
    return people["assessor_id"].map(taken).fillna(0.0).astype("float64")
