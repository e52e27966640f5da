"""How much of the full answer do short lists give? Simulated federations, on the project's code.

Run: .venv/bin/python benchmarks/simulate_asking.py [--federations 40] [--panels 80] [--write]

People are invented; the descriptors, the starting matrix and the lists are the workbook's own. Nine
people judge everything (the full answer); what lists of fewer questions give is compared with it,
and so is what another nine people give who judge everything: nobody's lists can be asked to do
better than that. `--write` puts the tables into docs/methods/asking.md. The same seed gives the
same tables. About a quarter of an hour on a quiet core.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Callable, Collection, Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd

from strategy_lib.core.asking import AskingSettings
from strategy_lib.forms.burden import question_seconds
from strategy_lib.methods.cross_impact import (
    block_importance,
    ensemble_shares,
    expected_return,
    judged,
    plausible_matrices,
)
from strategy_lib.methods.elicitation import allocate, allocate_shares, value_of_asking
from strategy_lib.methods.multicriteria import (
    Scale,
    first_rank_shares,
    flip_distance,
    leave_one_criterion_out,
    partial_values,
    pool_scores,
)
from strategy_lib.schema.reference import reference

PAGE = Path(__file__).resolve().parents[1] / "docs" / "methods" / "asking.md"
SEED = 2026
PEOPLE = 9
KINDS = ("weight", "score", "block", "readiness", "performance", "signpost")
SECONDS = {kind: question_seconds(kind) for kind in KINDS}
TOP = question_seconds("top") / 60
"""Minutes that reading the first sheet of a form takes."""
INFLUENCES = (35.0, 30.0, 25.0)
"""Shares of the minutes for influences, in %, that are tried."""
IN_FUTURES, SIGNPOSTS = 35, 16
"""Options in futures (seven in five), and signposts."""
"""Options in futures: seven in five."""
DRAWS = 250
"""Plausible matrices behind each list of futures."""

# Cells that truly differ from the start (by 0, 1, 2), empty blocks that are not, noise, share of
# blocks on which people stand in two camps.
WORLDS = {
    "good start": {"off": (0.75, 0.22, 0.03), "new": 0.10, "noise": 0.6, "contested": 0.05},
    "poor start": {"off": (0.45, 0.40, 0.15), "new": 0.30, "noise": 0.9, "contested": 0.15},
}
# Noise of a score, spread of weights (log).
ROOMS = {"people agree": (1.0, 0.3), "people differ": (2.0, 0.5)}
OPTIONS, CRITERIA, RED = 11, 14, (6, 7)
SURE = np.array([0.5, 1.5, 3.0])
SCALES = [Scale(0, 10, "max", f"c{j}") for j in range(CRITERIA)]


class Futures:
    """The descriptors and starting matrix, and a question for each block."""

    def __init__(self) -> None:
        states = reference("scenario_states").sort_values("position", kind="stable")
        order = reference("scenario_descriptors").sort_values("position")["descriptor_id"].tolist()
        codes = [s for d in order for s in states.loc[states["descriptor_id"] == d, "state_id"]]
        self.sizes = [int((states["descriptor_id"] == d).sum()) for d in order]
        place = {code: i for i, code in enumerate(codes)}
        table = reference("scenario_cross_impacts")
        self.start = np.zeros((len(codes), len(codes)), int)
        rows, columns = table["source_state"].map(place), table["target_state"].map(place)
        self.start[rows, columns] = table["impact"]
        ends = np.cumsum(self.sizes)
        self.rows = [slice(e - k, e) for e, k in zip(ends, self.sizes, strict=True)]
        n = len(order)
        self.blocks = {f"block {s} {t}": (s, t) for s in range(n) for t in range(n) if s != t}
        none = np.zeros_like(self.start)
        found = block_importance(
            none, 1.0, none, self.start, SEED, sizes=self.sizes, panel=PEOPLE, draws=100
        )
        self.importance = {q: float(found.value[s, t]) for q, (s, t) in self.blocks.items()}

    def cells(self, question: str) -> tuple[slice, slice]:
        source, target = self.blocks[question]
        return self.rows[source], self.rows[target]

    def truth(self, rng: np.random.Generator, world: dict) -> np.ndarray:
        """What a federation of this world would agree on if it knew everything."""
        true = self.start.copy()
        for question in self.blocks:
            cells = self.cells(question)
            if not self.start[cells].any() and rng.random() > world["new"]:
                continue
            steps = rng.choice(3, size=true[cells].shape, p=world["off"])
            true[cells] += steps * rng.choice([-1, 1], size=steps.shape)
        return np.clip(true, -3, 3)

    def panel(self, rng: np.random.Generator, true: np.ndarray, world: dict) -> np.ndarray:
        """Nine people: own gain and shift, noise, two camps on contested blocks."""
        given = np.zeros((PEOPLE, *true.shape))
        gain, shift = rng.uniform(0.75, 1.25, PEOPLE), rng.normal(0, 0.15, PEOPLE)
        for question in self.blocks:
            cells = self.cells(question)
            middle = true[cells].astype(float)
            camp = rng.normal(0, 1, middle.shape) * (rng.random() < world["contested"])
            side = rng.choice([-1, 1], PEOPLE)
            for person in range(PEOPLE):
                if not middle.any() and not camp.any() and rng.random() < 0.8:
                    continue
                said = gain[person] * middle + shift[person] + side[person] * camp
                said = said + rng.normal(0, world["noise"], middle.shape)
                given[(person, *cells)] = np.clip(np.rint(said), -3, 3)
        return given

    def shares(self, answers: np.ndarray, seed: int) -> dict[tuple, float]:
        """Each future's share of plausible matrices, the firmest first."""
        known = judged(answers, self.sizes)
        drawn = plausible_matrices(
            known.median, known.spread, known.answered, self.start, DRAWS, seed, sizes=self.sizes
        )
        scenarios, shares = ensemble_shares(drawn, self.sizes)
        return dict(zip(map(tuple, scenarios.tolist()), shares.tolist(), strict=True))

    def consistent(self, answers: np.ndarray) -> set[tuple]:
        """The futures that are consistent in the median matrix, the start where nobody judged."""
        known = judged(answers, self.sizes)
        middle = np.where(known.answered > 0, known.median, self.start)
        scenarios, _ = ensemble_shares(middle[None], self.sizes)
        return set(map(tuple, scenarios.tolist()))

    def said(self, given: np.ndarray, lists: pd.DataFrame) -> np.ndarray:
        """The answers to the questions on the lists; NaN elsewhere."""
        answers = np.full_like(given, np.nan)
        for code, question in lists[["assessor_id", "question_id"]].to_numpy():
            if question in self.blocks:
                cells = (int(code), *self.cells(question))
                answers[cells] = given[cells]
        return answers


def people(minutes: float, count: int = PEOPLE) -> pd.DataFrame:
    return pd.DataFrame({"assessor_id": [str(i) for i in range(count)], "minutes": minutes})


def questions(values: dict[str, float], kind: str, everybody: Collection[str] = ()) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "question_id": list(values),
            "kind": kind,
            "seconds": SECONDS[kind],
            "value": list(values.values()),
            "for_everybody": [name in everybody for name in values],
        }
    )


def whole_list(
    importance: dict[str, float], scores: dict[str, float], of_everybody: Collection[int] = RED
) -> pd.DataFrame:
    """Every question of chapters 00, 02 and 04; some criteria are asked of everybody."""
    # Options in futures and signposts are asked as readiness is: of three people each.
    in_futures = {f"future {i}": 1.0 for i in range(IN_FUTURES)}
    signposts = {f"signpost {i}": 1.0 for i in range(SIGNPOSTS)}
    red = {name for name in scores if int(name.split()[2]) in of_everybody}
    return pd.concat(
        [
            questions({f"weight {c}": 1.0 for c in range(CRITERIA)}, "weight").assign(
                for_everybody=True
            ),
            questions(scores, "score", red),
            questions(importance, "block"),
            questions({f"row {i}": 1.0 for i in range(48)}, "readiness"),
            questions(in_futures, "readiness").assign(seconds=SECONDS["performance"]),
            questions(signposts, "readiness").assign(seconds=SECONDS["signpost"]),
        ],
        ignore_index=True,
    ).assign(part=_part)


def _part(made: pd.DataFrame) -> pd.Series:
    """What has a share of the minutes of its own: blocks; options in futures and signposts."""
    first_word = made["question_id"].str.partition(" ")[0].replace("signpost", "future")
    return made["kind"].where(made["kind"] != "readiness", first_word)


def at_share(influences: float | None) -> str:
    """The name of a design; without a share the minutes are for chapter 02 alone."""
    if influences is None:
        return "45 minutes, chapter 02 alone"
    return f"45 minutes, {influences:g} % to influences"


def as_forms_do(
    asked: pd.DataFrame,
    minutes: float,
    seed: int,
    already: pd.DataFrame | None = None,
    influences: float | None = AskingSettings.influences_pct,
) -> pd.DataFrame:
    """The lists that forms and the room are made from, by the workbook's own settings."""
    if influences is None:
        asked, shares = asked[asked["kind"].isin(["weight", "score"])], {}
    else:
        shares = {"block": influences, "future": AskingSettings.futures_pct}
    left = people(minutes - TOP)
    return allocate_shares(asked, left, shares, by="part", seed=seed, already=already)


def matrix_designs(futures: Futures) -> dict[tuple[str, int], Callable[[int], pd.DataFrame]]:
    """Lists of blocks, made anew for each federation by its number."""
    names = list(futures.blocks)

    def scattered(each: int) -> Callable[[int], pd.DataFrame]:
        def lists(number: int) -> pd.DataFrame:
            rng = np.random.default_rng([number, each])
            rows = [(str(p), q) for p in range(PEOPLE) for q in rng.permutation(names)[:each]]
            return pd.DataFrame(rows, columns=["assessor_id", "question_id"])

        return lists

    def by_three(each: int) -> Callable[[int], pd.DataFrame]:
        # Scores are given to three people: with blocks in their place, so are blocks.
        asked = questions(futures.importance, "score").assign(seconds=60.0)
        return lambda number: allocate(asked, people(each), seed=number)

    def in_depth(each: int) -> Callable[[int], pd.DataFrame]:
        asked = questions(futures.importance, "block").assign(seconds=60.0)
        return lambda number: allocate(asked, people(each), seed=number)

    def at_45(influences: float) -> Callable[[int], pd.DataFrame]:
        def lists(number: int) -> pd.DataFrame:
            weights = np.random.default_rng(number).dirichlet(np.full(CRITERIA, 3.0))
            asked = whole_list(futures.importance, first_values(weights))
            return as_forms_do(asked, 45, number, influences=influences)

        return lists

    designs = {("start only", 0): lambda _: pd.DataFrame(columns=["assessor_id", "question_id"])}
    for each in (10, 20, 40):
        designs["scattered at random", each] = scattered(each)
        designs["by importance, three each", each] = by_three(each)
        designs["by importance, the same for all", each] = in_depth(each)
    for share in INFLUENCES:
        designs[at_share(share), 45] = at_45(share)
    return designs


def compared(full: dict[tuple, float], mine: dict[tuple, float]) -> dict[str, float]:
    """Overlap of two lists of futures with shares, and where the six firmest of the full one are."""
    every = full.keys() | mine.keys()
    least = sum(min(full.get(f, 0.0), mine.get(f, 0.0)) for f in every)
    most = sum(max(full.get(f, 0.0), mine.get(f, 0.0)) for f in every)
    six, twelve = list(full)[:6], list(mine)[:12]
    return {
        "overlap": least / most if most else 0.0,
        "six_in_twelve": float(np.mean([future in twelve for future in six])) if six else np.nan,
    }


def matrix_federation(futures: Futures, designs: dict, world: str, number: int) -> Iterator[dict]:
    rng = np.random.default_rng([SEED, number, list(WORLDS).index(world)])
    true = futures.truth(rng, WORLDS[world])
    given, other = (futures.panel(rng, true, WORLDS[world]) for _ in range(2))
    full, alone = futures.shares(given, number), futures.consistent(given)

    def row(design: str, each: float, answers: np.ndarray, blocks: float, seed: int) -> dict:
        mine = futures.shares(answers, number + seed)
        same = {"same_set": futures.consistent(answers) == alone} | compared(full, mine)
        return {"world": world, "design": design, "each": each, "blocks": blocks} | same

    for (design, each), make in designs.items():
        lists = make(number)
        blocks = lists["question_id"].isin(list(futures.blocks)).sum() / PEOPLE
        yield row(design, each, futures.said(given, lists), blocks, 1)
    yield row("another nine, all blocks", 90, other, 90, 2)
    yield row("the same nine, other draws", 90, given, 90, 3)
    # What is told about the twelve firmest, and what another panel that is asked the same then says.
    lists = designs[at_share(AskingSettings.influences_pct), 45](number)
    for design, own, others in (
        ("all blocks", given, other),
        ("lists of 45 minutes", futures.said(given, lists), futures.said(other, lists)),
    ):
        mine, theirs = futures.shares(own, number), list(futures.shares(others, number + 4))[:12]
        held, twelve = futures.consistent(others), list(mine)[:12]
        yield {
            "world": world,
            "design": f"promise, {design}",
            "expected_return": expected_return(list(mine.values())),
            "returned": float(sum(future in held for future in twelve)),
            "listed_again": float(sum(future in theirs for future in twelve)),
        }


def first_values(weights: np.ndarray) -> dict[str, float]:
    """Value of each score before anybody has answered."""
    return score_values(np.full((PEOPLE, OPTIONS, CRITERIA), np.nan), weights, 3)


def score_values(best: np.ndarray, weights: np.ndarray, fewest: int) -> dict[str, float]:
    value = value_of_asking(best, weights, fewest=fewest)
    return {f"score {o} {c}": float(v) for (o, c), v in np.ndenumerate(value)}


def room(
    rng: np.random.Generator, noise: float, spread: float, real: tuple | None = None
) -> tuple[tuple, tuple, np.ndarray, tuple]:
    """Scores with ranges, scores with "how sure", weights of nine people, and what is really so.

    `real` is what options are really like and criteria really worth, for a second panel.
    """
    shape = (OPTIONS, CRITERIA)
    if real is None:
        good = rng.normal(0, rng.uniform(0.3, 2.5), (OPTIONS, 1))
        truth = np.clip(rng.normal(5, 2.3, shape) + good, 0, 10)
    else:
        truth = real[0]
    lean = rng.normal(0, noise / 2, (PEOPLE, OPTIONS, 1))
    said = truth + lean + rng.normal(0, noise * 0.87, (PEOPLE, *shape))
    best = np.clip(np.rint(said), 0, 10)
    half = rng.choice([0.5, 1, 1.5, 2, 3], size=best.shape, p=[0.15, 0.2, 0.3, 0.2, 0.15])
    low = np.clip(best - half * rng.uniform(0.5, 1.5, best.shape), 0, best)
    high = np.clip(best + half * rng.uniform(0.5, 1.5, best.shape), best, 10)
    worth = rng.dirichlet(np.full(CRITERIA, 3.0)) if real is None else real[1]
    weights = worth * np.exp(rng.normal(0, spread, (PEOPLE, CRITERIA)))
    sure = SURE[np.abs(((high - low) / 2)[..., None] - SURE).argmin(-1)]
    short = (np.maximum(best - sure, 0), best, np.minimum(best + sure, 10))
    own = weights / weights.sum(axis=1, keepdims=True)
    return (low, best, high), short, own, (truth, worth)


def _drawn(
    points: tuple,
    weights: np.ndarray,
    asked: np.ndarray,
    draws: int,
    seed: int,
    who: np.ndarray,
    known: tuple | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    pool = pool_scores(*(np.where(asked, p, np.nan)[who] for p in points), draws, rng)
    values = partial_values(pool.scores, SCALES)
    if known is None:
        # What nobody scored may be anything.
        rest = rng.random(values.shape)
    else:
        rest = partial_values(pool_scores(*(p[who] for p in known), draws, rng).scores, SCALES)
    return np.where(np.isnan(values), rest, values), weights[who][pool.assessor]


def verdict(
    points: tuple,
    weights: np.ndarray,
    asked: np.ndarray,
    seed: int = 1,
    known: tuple | None = None,
) -> tuple[int, bool]:
    """The option that comes first, and whether that is fragile.

    Fragile: first in fewer than half of the draws, led by another at median scores, turned by ten
    points of weight, by leaving out a criterion or a person. `known` stands for what nobody was
    asked: no rule for filling gaps can do better than the answers themselves.
    """
    everybody = np.flatnonzero(asked.any(axis=(1, 2)))
    drawn = partial(_drawn, known=known)
    values, own = drawn(points, weights, asked, 1000, seed, everybody)
    shares = first_rank_shares(values, own)
    first = int(shares.argmax())
    flip = flip_distance(np.median(values, axis=0), own.mean(axis=0) / own.mean(axis=0).sum())
    is_fragile = bool(shares[first] < 0.5 or flip.leader != first or flip.distance <= 0.1)
    if not is_fragile:
        is_fragile = bool(leave_one_criterion_out(values[:500], own[:500]).changes_leader.any())
    if not is_fragile:
        is_fragile = any(
            first_rank_shares(*drawn(points, weights, asked, 500, seed, rest)).argmax() != first
            for rest in (everybody[everybody != person] for person in everybody)
        )
    return first, is_fragile


def asked_scores(lists: pd.DataFrame) -> np.ndarray:
    asked = np.zeros((PEOPLE, OPTIONS, CRITERIA), bool)
    for code, question in lists[["assessor_id", "question_id"]].to_numpy():
        kind, *place = question.split()
        if kind == "score":
            asked[(int(code), *map(int, place))] = True
    return asked


def score_lists(
    make: Callable[[dict[str, float], float, pd.DataFrame], pd.DataFrame],
    best: np.ndarray,
    weights: np.ndarray,
    minutes: tuple[float, ...],
    fewest: int = 3,
) -> np.ndarray:
    """Lists in one sitting or several, each made from the answers to those before."""
    got = pd.DataFrame(columns=["assessor_id", "question_id"])
    asked = np.zeros((PEOPLE, OPTIONS, CRITERIA), bool)
    for own in minutes:
        values = score_values(np.where(asked, best, np.nan), weights, fewest)
        got = pd.concat([got, make(values, own, got)[["assessor_id", "question_id"]]])
        asked = asked_scores(got)
    return asked


def score_federation(importance: dict[str, float], world: str, number: int) -> Iterator[dict]:
    rng = np.random.default_rng([SEED, number, 10 + list(ROOMS).index(world)])
    full, short, weights, real = room(rng, *ROOMS[world])
    again = np.random.default_rng([SEED, number, 20 + list(ROOMS).index(world)])
    _, others, their_weights, _ = room(again, *ROOMS[world], real)
    every = np.ones((PEOPLE, OPTIONS, CRITERIA), bool)
    first, fragile = verdict(full, weights, every)

    def row(
        design: str,
        minutes: str,
        asked: np.ndarray,
        points: tuple,
        seed: int = 1,
        own: np.ndarray = weights,
        known: tuple | None = None,
    ) -> dict:
        found = verdict(points, own, asked, seed, known)
        return {
            "world": world,
            "design": design,
            "minutes": minutes,
            "pairs": asked.sum() / PEOPLE,
            "same_first": found[0] == first,
            "same_verdict": found[1] == fragile,
            "both": found == (first, fragile),
        }

    def only_scores(fewest: int) -> Callable[[dict, float, pd.DataFrame], pd.DataFrame]:
        def make(values: dict[str, float], minutes: float, got: pd.DataFrame) -> pd.DataFrame:
            red = {name for name in values if int(name.split()[2]) in RED}
            asked = questions(values, "score", red)
            return allocate(asked, people(minutes), seed=number, already=got, fewest=fewest)

        return make

    def by_forms(influences: float | None) -> Callable[[dict, float, pd.DataFrame], pd.DataFrame]:
        def make(values: dict[str, float], minutes: float, got: pd.DataFrame) -> pd.DataFrame:
            asked = whole_list(importance, values)
            return as_forms_do(asked, minutes, number, got, influences)

        return make

    best = full[1]
    for pairs in (35, 75):
        one = pairs * SECONDS["score"] / 60
        scattered = np.zeros((PEOPLE, OPTIONS * CRITERIA), bool)
        for person in range(PEOPLE):
            scattered[person, rng.permutation(OPTIONS * CRITERIA)[:pairs]] = True
        yield row("at random", str(pairs), scattered.reshape(every.shape), short)
        for design, sittings, fewest in (
            ("three answers a pair", (one,), 3),
            ("three answers a pair, two sittings", (one * 2 / 3, one / 3), 3),
            ("one answer a pair, two sittings", (one * 2 / 3, one / 3), 1),
        ):
            asked = score_lists(only_scores(fewest), best, weights, sittings, fewest)
            yield row(design, str(pairs), asked, short)
    for sittings in ((45,), (30, 15), (15, 15, 15)):
        label = " + ".join(map(str, sittings))
        for share in (*INFLUENCES, None):
            asked = score_lists(by_forms(share), best, weights, sittings)
            yield row(at_share(share), label, asked, short)
            if len(sittings) == 1 and share:
                design = f"{at_share(share)}, what was not asked known"
                yield row(design, label, asked, short, known=full)
    yield row("all pairs, one number and how sure", "154", every, short)
    yield row("all pairs, other random numbers", "154", every, full, seed=2)
    yield row("another nine, all pairs", "154", every, others, own=their_weights)


def summed(rows: pd.DataFrame, keys: list[str], columns: list[str]) -> pd.DataFrame:
    """Means and their standard errors."""
    grouped = rows.groupby(keys, sort=False)[columns]
    return grouped.mean().join(grouped.sem().add_suffix("_se")).reset_index()


def ratio_to_another_panel(rows: pd.DataFrame) -> pd.DataFrame:
    """Six in twelve of lists of 45 minutes, over that of another panel; error by federations."""
    found = []
    for world, own in rows.groupby("world", sort=False):
        theirs = own[own["design"] == "another nine, all blocks"]["six_in_twelve"].to_numpy()
        for design in map(at_share, INFLUENCES):
            ours = own[own["design"] == design]["six_in_twelve"].to_numpy()
            ratio = ours.mean() / theirs.mean()
            error = np.std(ours - ratio * theirs, ddof=1) / theirs.mean() / np.sqrt(len(ours))
            row = {"world": world, "design": design, "ratio": ratio, "standard_error": error}
            found.append(row)
    return pd.DataFrame(found)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--federations", type=int, default=40, help="for the matrix, a world")
    parser.add_argument("--panels", type=int, default=80, help="for the scores, a world")
    parser.add_argument("--write", action="store_true", help=f"put the tables into {PAGE.name}")
    given = parser.parse_args()
    began = time.perf_counter()
    futures = Futures()
    designs = matrix_designs(futures)
    matrix = pd.DataFrame(
        row
        for world in WORLDS
        for number in range(given.federations)
        for row in matrix_federation(futures, designs, world, number)
    )
    print(f"matrix: {time.perf_counter() - began:.0f} s", file=sys.stderr, flush=True)
    scores = pd.DataFrame(
        row
        for world in ROOMS
        for number in range(given.panels)
        for row in score_federation(futures.importance, world, number)
    )
    print(f"scores: {time.perf_counter() - began:.0f} s", file=sys.stderr, flush=True)
    text = "\n\n".join(tables(matrix, scores, given.federations, given.panels))
    print(text)
    if given.write:
        page = PAGE.read_text(encoding="utf-8")
        body = f"<!-- simulation -->\n\n{text}\n\n<!-- end -->"
        PAGE.write_text(
            re.sub(r"<!-- simulation -->.*<!-- end -->", lambda _: body, page, flags=re.S),
            encoding="utf-8",
        )
    return 0


def tables(
    matrix: pd.DataFrame, scores: pd.DataFrame, federations: int, panels: int
) -> Iterator[str]:
    """The results as Markdown."""
    is_promise = matrix["design"].str.startswith("promise")
    plain = matrix[~is_promise]
    found = summed(
        plain, ["world", "design", "each"], ["blocks", "same_set", "overlap", "six_in_twelve"]
    )
    yield f"**Futures** ({federations} federations a world; standard errors in brackets)."
    yield markdown(
        found.assign(
            overlap=told(found, "overlap"),
            six=told(found, "six_in_twelve"),
            each=found["blocks"].round(0).astype(int),
            same=found["same_set"].map("{:.3f}".format),
        )[["world", "design", "each", "overlap", "six", "same"]].set_axis(
            ["world", "design", "blocks each", "overlap", "six in twelve", "same exact set"], axis=1
        )
    )
    ratio = ratio_to_another_panel(plain)
    yield "**Lists of 45 minutes against another full panel** (six in twelve, ratio; goal 0.9)."
    yield markdown(ratio[["world", "design"]].assign(ratio=told(ratio, "ratio", "standard_error")))
    promise = summed(
        matrix[is_promise].assign(design=matrix["design"].str.replace("promise, ", "")),
        ["world", "design"],
        ["expected_return", "returned", "listed_again"],
    )
    yield "**Of the twelve firmest** (means; another panel is asked the same)."
    yield markdown(
        pd.DataFrame(
            {
                "world": promise["world"],
                "asked": promise["design"],
                "told beforehand": told(promise, "expected_return"),
                "hold in another panel's matrix": told(promise, "returned"),
                "among its twelve": told(promise, "listed_again"),
            }
        )
    )
    found = summed(
        scores, ["world", "design", "minutes"], ["pairs", "same_first", "same_verdict", "both"]
    )
    yield f"**Scores** ({panels} federations a world; shares of them; standard errors in brackets)."
    yield markdown(
        pd.DataFrame(
            {
                "world": found["world"],
                "design": found["design"],
                "minutes or pairs": found["minutes"],
                "pairs each": found["pairs"].round(0).astype(int),
                "same first": told(found, "same_first"),
                "same verdict": told(found, "same_verdict"),
                "both": told(found, "both"),
            }
        )
    )


def told(frame: pd.DataFrame, column: str, error: str | None = None) -> list[str]:
    errors = frame[error or f"{column}_se"]
    return [f"{v:.2f} ({e:.2f})" for v, e in zip(frame[column], errors, strict=True)]


def markdown(frame: pd.DataFrame) -> str:
    lines = [list(map(str, frame.columns)), ["---"] * frame.shape[1]]
    lines += [[str(cell) for cell in row] for row in frame.to_numpy()]
    return "\n".join("| " + " | ".join(row) + " |" for row in lines)


if __name__ == "__main__":
    sys.exit(main())
