"""Every question that assessors can be asked, how long it takes, and what its answers are worth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from strategy_lib.chapters.registry import number_of
from strategy_lib.editions.restrict import Restricted
from strategy_lib.forms.burden import question_seconds
from strategy_lib.judgements.drivers import system_of
from strategy_lib.judgements.influences import influences_of
from strategy_lib.judgements.matrix import score_matrix_of
from strategy_lib.methods.cross_impact.importance import block_importance
from strategy_lib.methods.cross_impact.plausible import judged
from strategy_lib.methods.elicitation.value_of_asking import value_of_asking
from strategy_lib.schema.reference import reference

TABLES: Mapping[str, str] = {
    "weight": "swing_weights",
    "score": "scores",
    "performance": "performance",
    "block": "cross_impacts",
    "signpost": "signpost_ratings",
    "readiness": "readiness",
}
"""First word of a question's name -> table that its answers stand in, in the order of forms."""

KEYS: Mapping[str, tuple[str, ...]] = {
    "weight": ("criterion_id",),
    "score": ("option_id", "criterion_id"),
    "performance": ("option_id", "scenario_id"),
    "block": ("source_descriptor", "target_descriptor"),
    "signpost": ("signpost_id",),
    "readiness": ("recommendation_id",),
}
"""What is judged, in the order in which it stands in a question's name."""

CHAPTERS = {
    "weight": number_of("presence"),
    "score": number_of("presence"),
    "performance": number_of("scenarios"),
    "block": number_of("scenarios"),
    "signpost": number_of("scenarios"),
    "readiness": number_of("prepare"),
}
WHY = {
    "weight": "everybody's weights tell what counts",
    "red line": "a red line: everybody judges it",
    "score": "by value of asking: answers here change the order of options most",
    "performance": "shared out: three people an option and future",
    "block": "by importance: answers here change most of which futures hold together",
    "signpost": "shared out: three people a signpost",
    "readiness": "shared out: three people a recommendation",
    "round 2": "people are apart here after round 1",
}
COLUMNS = ["question_id", "kind", "chapter", "table", "block", "key", "name", "seconds", "value"]
Key = dict[str, str]


def questions_of(inputs: Restricted, seed: int) -> pd.DataFrame:
    """Every question that can be asked, with what its answers are worth as things stand.

    Parameters
    ----------
    inputs : Restricted
        What the core edition may see: the lists, and what was answered so far.
    seed : int
        Of the simulation of what hangs on a block.

    Returns
    -------
    DataFrame
        `question_id`, `kind`, `chapter`, `table`, `block` (source>target; else empty), `key` (field
        -> value of what is judged), `name` (for people), `seconds`, `value` (0 or more, comparable
        within a kind), `for_everybody`, `why`; the same for the same inputs and seed.
    """
    rows = [*_weights(inputs), *_scores(inputs), *_performance(inputs)]
    rows += [*_blocks(inputs, seed), *_signposts(inputs), *_readiness()]
    return _frame(rows)


def no_questions() -> pd.DataFrame:
    """The same without a row: nobody is there to be asked."""
    return _frame([])


def _frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=[*COLUMNS, "for_everybody", "why"])
    types = {"seconds": "int64", "value": "float64", "for_everybody": "bool"}
    return frame.astype(types | {"question_id": "str", "kind": "str", "table": "str"})


def _row(kind: str, key: Key, name: str, value: float, **more: Any) -> dict[str, Any]:
    return {
        "question_id": f"{kind}:{':'.join(key.values())}",
        # Nothing tells which of these is worth more: shared out, as readiness is.
        "kind": "readiness" if kind in ("performance", "signpost") else kind,
        "chapter": CHAPTERS[kind],
        "table": TABLES[kind],
        "block": "",
        "key": key,
        "name": name,
        "seconds": question_seconds(kind),
        "value": value,
        "for_everybody": False,
        "why": WHY[kind],
    } | more


def _weights(inputs: Restricted) -> Iterator[dict[str, Any]]:
    for row in _listed(inputs["criteria"], "criterion_id"):
        key = {"criterion_id": str(row["criterion_id"])}
        yield _row("weight", key, str(row["name"]), 1.0, for_everybody=True)


def _scores(inputs: Restricted) -> Iterator[dict[str, Any]]:
    room = score_matrix_of(inputs)
    criteria, options = room.criteria, room.options
    if criteria.empty or options.empty:
        return
    best = room.best.copy()
    is_less_better = [scale.direction == "min" for scale in room.scales]
    best[..., is_less_better] = 10.0 - best[..., is_less_better]
    # With one option there is no order that an answer could change.
    alone = np.ones((len(options), len(criteria)))
    worth = value_of_asking(best, mean_weights(room.points)) if len(options) > 1 else alone
    red = criteria["red_line"].notna() if "red_line" in criteria else [False] * len(criteria)
    is_red = [bool(found) for found in red]
    for o, option in enumerate(options.to_dict("records")):
        for c, criterion in enumerate(criteria.to_dict("records")):
            key = {
                "option_id": str(option["option_id"]),
                "criterion_id": str(criterion["criterion_id"]),
            }
            name = f"{option['name']}: {criterion['name']}"
            more = {"for_everybody": True, "why": WHY["red line"]} if is_red[c] else {}
            yield _row("score", key, name, float(worth[o, c]), **more)


def _performance(inputs: Restricted) -> Iterator[dict[str, Any]]:
    for option in _listed(inputs["strategic_options"], "option_id"):
        for future in _listed(inputs["scenario_names"], "scenario_id"):
            key = {"option_id": str(option["option_id"]), "scenario_id": str(future["scenario_id"])}
            yield _row("performance", key, f"{option['name']}: {future['name']}", 1.0)


def mean_weights(points: np.ndarray[Any, np.dtype[np.float64]]) -> Any:
    """Weights of those who weighed every criterion; equal ones where nobody has yet."""
    whole = points[~np.isnan(points).any(axis=1)]
    whole = whole[whole.sum(axis=1) > 0]
    if not len(whole):
        return np.full(points.shape[1], 1 / points.shape[1])
    return whole / whole.sum(axis=1, keepdims=True)


def _blocks(inputs: Restricted, seed: int) -> Iterator[dict[str, Any]]:
    system = system_of(inputs)
    sizes = [len(states) for states in system.keys.values()]
    if len(sizes) < 2:
        return
    known = influences_of(inputs)
    codes = list(system.states["state_id"])
    said = np.full((len(known.given), len(codes), len(codes)), np.nan)
    inner = [codes.index(code) for code in known.system.states["state_id"]]
    said[np.ix_(range(len(said)), inner, inner)] = known.given
    owner = system.states["descriptor_id"].to_numpy(dtype=object)
    said[:, owner[:, None] == owner] = np.nan
    found = judged(said, sizes)
    cells = ["source_state", "target_state"]
    start = reference("scenario_cross_impacts").set_index(cells)["impact"].unstack()  # noqa: PD010
    begin = start.reindex(index=codes, columns=codes).fillna(0).to_numpy(dtype=np.int64)
    known_so_far = (found.median, found.spread, found.answered)
    worth = block_importance(*known_so_far, begin, seed, sizes=sizes).value
    ids = list(dict.fromkeys(owner))
    names = dict(zip(system.descriptors["descriptor_id"], system.descriptors["name"], strict=True))
    for i, source in enumerate(ids):
        for j, target in enumerate(ids):
            if i != j:
                key = {"source_descriptor": str(source), "target_descriptor": str(target)}
                name = f"{names[source]} → {names[target]}"
                block = f"{source}>{target}"
                yield _row("block", key, name, float(worth[i, j]), block=block)


def _signposts(inputs: Restricted) -> Iterator[dict[str, Any]]:
    for row in _listed(inputs["signposts"], "signpost_id"):
        key = {"signpost_id": str(row["signpost_id"])}
        yield _row("signpost", key, str(row["observable"]), 1.0)


def _readiness() -> Iterator[dict[str, Any]]:
    for row in _listed(reference("readiness_levels"), "recommendation_id"):
        key = {"recommendation_id": str(row["recommendation_id"])}
        yield _row("readiness", key, str(row["title"]), 1.0)


def _listed(frame: pd.DataFrame, key: str) -> list[dict[Any, Any]]:
    return frame.dropna(subset=[key]).drop_duplicates(key).to_dict("records")
