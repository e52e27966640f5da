"""Red lines, freedom to speak, terms and decisions about a presence, as tables."""

from __future__ import annotations

from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from strategy_lib.chapters.codes import TermState, Verdict
from strategy_lib.chapters.presence.money import Money
from strategy_lib.editions.people import is_countable
from strategy_lib.editions.restrict import Edition, Restricted, suppress_small
from strategy_lib.judgements.comparison import Comparison
from strategy_lib.judgements.matrix import ScoreMatrix
from strategy_lib.methods.multicriteria import RedLine
from strategy_lib.protocol.case import text
from strategy_lib.schema.reference import reference
from strategy_lib.schema.schema import code_list

# Criterion whose scores stand beside the money: what could no longer be said because of it.
FREEDOM = "freedom_lost"
_GRAVEST_FIRST = {
    Verdict.BEYOND: 0,
    Verdict.DISPUTED: 1,
    Verdict.NOT_SCORED: 2,
    Verdict.TOO_FEW: 2,
    Verdict.WITHIN: 3,
}


def red_lines(matrix: ScoreMatrix) -> pd.DataFrame:
    """Which options lie beyond a red line, by how many of those who scored, and whose line it is.

    An option is out where at least half of those who scored it put it beyond the line; where
    somebody but fewer do, it stays and is called disputed. `beyond` is missing where so few do that
    they are not counted.
    """
    columns = [
        "option",
        "criterion",
        "allowed",
        "line",
        "whose",
        "reason",
        "scored",
        "beyond",
        "verdict",
    ]
    rows = []
    for position, criterion in enumerate(matrix.criteria.to_dict("records")):
        if pd.isna(criterion["red_line"]):
            continue
        line = _line({str(key): value for key, value in criterion.items()})
        limit = float(criterion["red_line"])
        about = [line.criterion, line.allowed, limit, line.whose, line.reason]
        for option, name in enumerate(matrix.names):
            known = _known(matrix, option, position)
            beyond = sum(line.is_crossed_by(score) for score in known)
            unscored = Verdict.NOT_SCORED if matrix.fewest <= 1 else Verdict.TOO_FEW
            verdict = Verdict.WITHIN if len(known) else unscored
            if beyond:
                verdict = Verdict.BEYOND if 2 * beyond >= len(known) else Verdict.DISPUTED
            is_told = is_countable(beyond, len(known), matrix.fewest)
            rows.append([name, *about, len(known), beyond if is_told else pd.NA, verdict])
    frame = pd.DataFrame(rows, columns=columns).astype({"beyond": "Int64"})
    order = frame["verdict"].map(_GRAVEST_FIRST).sort_values(kind="stable").index
    return frame.loc[order].reset_index(drop=True)


def first_counts(comparison: Comparison, edition: Edition) -> pd.DataFrame:
    """For how many assessors each option comes first most often; most first.

    Returns
    -------
    DataFrame
        `option`, `people` (missing where so few are not counted), `of` (all who scored).
    """
    names = comparison.matrix.names
    leaders = [names[result.leader] for result in comparison.by_assessor.values()]
    counts = pd.DataFrame({"people": pd.Series(leaders, dtype="str").value_counts()})
    shown = suppress_small(counts, edition, of_people=True)
    shown = shown.rename_axis("option").reset_index().assign(of=len(leaders))
    return shown.sort_values(["people", "option"], ascending=[False, True], ignore_index=True)


def middle_scores(matrix: ScoreMatrix, compared: ScoreMatrix) -> pd.DataFrame:
    """The middle score of each option on each criterion, and how far people are apart.

    Parameters
    ----------
    compared : ScoreMatrix
        The same with the options that are compared.

    Returns
    -------
    DataFrame
        `option`, `criterion`, `people`, `middle`, `apart` (points from the lowest to the highest),
        `is_first` (yes where no compared option has a score that is better for us). Pairs that
        nobody scored have no row.
    """
    rows = []
    names = compared.names
    for place, criterion in enumerate(matrix.criteria.to_dict("records")):
        title = criterion["name"]
        way = -1.0 if criterion["direction"] == "lower_is_better" else 1.0
        known = [_known(matrix, option, place) for option in range(len(matrix.names))]
        middles = {
            name: float(np.median(scores))
            for name, scores in zip(matrix.names, known, strict=True)
            if len(scores)
        }
        top = max((way * middles[name] for name in names if name in middles), default=np.nan)
        for name, scores in zip(matrix.names, known, strict=True):
            if len(scores):
                is_first = "yes" if name in names and way * middles[name] >= top else "no"
                apart = float(np.ptp(scores))
                rows.append([name, title, len(scores), middles[name], apart, is_first])
    columns = ["option", "criterion", "people", "middle", "apart", "is_first"]
    return pd.DataFrame(rows, columns=columns)


def _known(matrix: ScoreMatrix, option: int, criterion: int) -> npt.NDArray[np.float64]:
    scores = matrix.best[:, option, criterion]
    return np.asarray(scores[~np.isnan(scores)], dtype=np.float64)


def _line(criterion: dict[str, object]) -> RedLine:
    limit = float(criterion["red_line"])  # type: ignore[arg-type]
    is_low = criterion["direction"] == "lower_is_better"
    bounds = {"at_most": limit} if is_low else {"at_least": limit}
    whose, reason = (text(criterion.get(name)) for name in ("red_line_whose", "red_line_reason"))
    return RedLine(str(criterion["name"]), **bounds, reason=reason, whose=whose)


def freedom_beside_money(matrix: ScoreMatrix, money: Money) -> pd.DataFrame:
    """What each option could cost in freedom to speak, in scores and words, beside its money.

    The two are never added: nothing said or not said has a price here.
    """
    criteria = list(matrix.criteria["criterion_id"])
    position = criteria.index(FREEDOM) if FREEDOM in criteria else None
    middle = money.totals.set_index("option")["p50"]
    rows = []
    for option, record in enumerate(matrix.options.to_dict("records")):
        name, scores = record["name"], np.array([])
        if position is not None:
            scores = _known(matrix, option, position)
        ends = [np.nan] * 3
        if len(scores):
            ends = [float(scores.min()), float(np.median(scores)), float(scores.max())]
        words = text(record.get("freedom_note"))
        rows.append([name, middle.get(name, np.nan), len(scores), *ends, words])
    lost = [f"freedom_lost_{end}" for end in ("lowest", "median", "highest")]
    columns = ["option", "cost_p50", "answers", *lost, "in_words"]
    return pd.DataFrame(rows, columns=columns)


def positions(options: pd.DataFrame) -> pd.DataFrame:
    """Insider or outsider, and who holds the other role."""
    labels = code_list("position")
    said = [labels.label(str(p)) if pd.notna(p) else "not said" for p in options["position"]]
    others = options["others_role"] if "others_role" in options else pd.Series(dtype="str")
    frame = pd.DataFrame({"option": options["name"], "position": said})
    return frame.assign(who_holds_the_other_role=others.reindex(options.index))


def terms(inputs: Restricted, kind: str, as_of: date) -> pd.DataFrame:
    """Triggers, conditions or exit terms, those that need somebody first."""
    frame = inputs["presence_terms"]
    frame = frame[frame["kind"] == kind].copy()
    frame["state"] = frame["state"].fillna(TermState.NOT_CHECKED)
    names = inputs["presence_options"].set_index("option_id")["name"]
    frame["option"] = frame["option_id"].map(names).fillna("all")
    frame["days_ago"] = (pd.Timestamp(as_of) - frame["last_checked"]).dt.days.astype("Int64")
    urgent = {
        TermState.SEEN: 0,
        TermState.MISSING: 1,
        TermState.NOT_CHECKED: 2,
        TermState.NOT_SEEN: 3,
        TermState.IN_PLACE: 4,
    }
    owner = frame["owner_role"] if "owner_role" in frame else pd.Series(pd.NA, index=frame.index)
    frame["owner"] = owner.fillna("nobody").astype("str")
    frame["rank"] = frame["state"].map(urgent)
    chosen = frame.sort_values(["rank", "term_id"], kind="stable")
    columns = ["text", "option", "state", "owner", "last_checked", "days_ago", "source"]
    return chosen[columns].rename(columns={"text": "term"}).reset_index(drop=True)


def base_rates() -> pd.DataFrame:
    """What is known of how many organisations took which route."""
    frame = reference("presence_base_rates")
    return frame[["fact", "value", "unit", "period", "note", "source"]]
