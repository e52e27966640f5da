"""PRIM against the published case of Bryant and Lempert (2010), and properties of boxes.

The case: 882 runs of a model of renewable fuels, nine drivers, 89 runs with high costs. It is the
example of scenario discovery in the EMA Workbench (ema_workbench 2.5.3, BSD-3-Clause, Delft
University of Technology, examples/sd_prim_bryant_and_lempert.py, peel_alpha=0.1), whose box 21 is
shown in Kwakkel, J., "Scenario discovery in Python" (Water Programming blog, 5 August 2015).
"""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategy_lib.core.errors import InputError
from strategy_lib.methods.robustness.discovery import peeling_trajectory, prim

REPEATABLE = settings(max_examples=30, derandomize=True, deadline=None)


@pytest.fixture(scope="module")
def published():
    frame = pd.read_csv(Path(__file__).with_name("bryant_lempert_2010.csv"))
    return frame.drop(columns="is_costly"), frame["is_costly"] == 1


class TestBryantAndLempert2010:
    # Runs inside and costly runs inside, step by step, as the EMA Workbench 2.5.3 finds them.
    inside = (
        *(882, 792, 710, 638, 573, 513, 458, 412, 368, 329, 296, 264, 237, 213, 191, 170, 152),
        *(136, 121, 108, 97, 87, 78, 70, 63, 56, 50, 45),
    )
    costly = (*[89] * 11, 88, 87, 86, 85, 82, 81, 78, 75, 74, 71, 67, 65, 61, 57, 52, 48, 45)
    restricted = (0, 1, *[2] * 2, *[3] * 10, *[4] * 11, 5, *[6] * 2)

    def test_every_step_of_the_peeling_trajectory(self, published):
        futures, cases = published
        boxes = peeling_trajectory(futures, cases, peel=0.1)
        assert [int(box.rows.sum()) for box in boxes] == list(self.inside)
        assert [int((box.rows & cases).sum()) for box in boxes] == list(self.costly)
        assert [len(box.limits) for box in boxes] == list(self.restricted)

    def test_the_box_that_is_shown(self, published):
        box = peeling_trajectory(*published, peel=0.1)[21]
        assert box.coverage == pytest.approx(0.752809, abs=1e-6)
        assert box.density == pytest.approx(0.770115, abs=1e-6)
        assert box.mass == pytest.approx(0.098639, abs=1e-6)
        assert box.limits == {
            "Total biomass": (450.0, pytest.approx(755.8)),
            "Demand elasticity": (pytest.approx(-0.422), pytest.approx(-0.202)),
            "Biomass backstop price": (pytest.approx(150.05), pytest.approx(199.6)),
            "Cellulosic cost": (pytest.approx(72.65), pytest.approx(133.7)),
        }
        assert dict(box.quasi_p) == {
            "Total biomass": pytest.approx(4.716968e-06, rel=1e-5),
            "Demand elasticity": pytest.approx(1.184930e-16, rel=1e-4),
            "Biomass backstop price": pytest.approx(3.515113e-11, rel=1e-5),
            "Cellulosic cost": pytest.approx(1.574133e-01, rel=1e-5),
        }

    def test_boxes_that_are_dense_enough(self, published):
        futures, cases = published
        boxes = prim(futures, cases, density=0.75, peel=0.1)
        assert all(box.density >= 0.75 for box in boxes)
        assert boxes[0].coverage >= 0.752809 - 1e-6
        assert all(len(box.limits) <= 3 for box in prim(*published, most_restricted=3, peel=0.1))


class TestStates:
    futures = pd.DataFrame(
        [(a, b, c) for a in "xyz" for b in "uvw" for c in "pq"], columns=["a", "b", "c"]
    )

    def test_two_kinds_of_futures_are_told_apart(self):
        f = self.futures
        cases = ((f["a"] == "x") & (f["b"] == "u")) | ((f["a"] == "z") & (f["c"] == "q"))
        boxes = prim(f, cases, density=1.0, least_mass=0.01)
        assert {tuple(sorted((k, *v) for k, v in box.limits.items())) for box in boxes} == {
            (("a", "x"), ("b", "u")),
            (("a", "z"), ("c", "q")),
        }
        assert sum(box.coverage for box in boxes) == pytest.approx(1)

    def test_weights_count_as_copies_would(self):
        f, rng = self.futures, np.random.default_rng(4)
        times = rng.integers(1, 5, len(f))
        cases = rng.random(len(f)) < 0.4
        weighted = prim(f, cases, weights=times, density=0.6)
        copied = prim(f.loc[f.index.repeat(times)], np.repeat(cases, times), density=0.6)
        assert [box.limits for box in weighted] == [box.limits for box in copied]
        assert [b.coverage for b in weighted] == pytest.approx([b.coverage for b in copied])

    def test_what_is_so_everywhere_needs_no_limit(self):
        [box] = prim(self.futures, np.ones(18, bool))
        assert (dict(box.limits), box.coverage, box.density) == ({}, 1.0, 1.0)

    def test_nothing_of_interest_has_no_box(self):
        assert prim(self.futures, np.zeros(18, bool)) == ()


class TestProperties:
    @REPEATABLE
    @given(seed=st.integers(0, 999), peel=st.sampled_from([0.05, 0.1, 0.3]))
    def test_order_of_rows_does_not_matter(self, seed, peel):
        rng = np.random.default_rng(seed)
        futures = pd.DataFrame(
            {"price": rng.normal(size=60).round(1), "law": rng.choice(list("abc"), 60)}
        )
        cases = (futures["price"] > 0.3) & (futures["law"] != "a") | (rng.random(60) < 0.1)
        weights, order = rng.random(60) + 0.1, rng.permutation(60)
        one = prim(futures, cases, weights=weights, density=0.7, peel=peel)
        other = prim(
            futures.iloc[order], cases[order], weights=weights[order], density=0.7, peel=peel
        )
        assert [box.limits for box in one] == [box.limits for box in other]
        for first, second in zip(one, other, strict=True):
            assert np.array_equal(first.rows[order], second.rows)

    @REPEATABLE
    @given(seed=st.integers(0, 999))
    def test_boxes_hold_what_they_say_and_nothing_twice(self, seed):
        rng = np.random.default_rng(seed)
        futures = pd.DataFrame(rng.integers(0, 4, (80, 3)).astype(str), columns=list("abc"))
        futures["n"] = rng.random(80)
        cases = rng.random(80) < 0.3
        boxes = prim(futures, cases, density=0.6)
        assert not (np.sum([box.rows for box in boxes], axis=0) > 1).any()
        for box in boxes:
            assert box.density == pytest.approx(cases[box.rows].mean())
            assert box.coverage == pytest.approx((cases & box.rows).sum() / cases.sum())
            assert box.density >= 0.6
            for name, limit in box.limits.items():
                inside = futures.loc[box.rows, name]
                if isinstance(limit, frozenset):
                    assert inside.isin(limit).all()
                else:
                    assert inside.between(*limit).all()


class TestBadInput:
    frame = pd.DataFrame({"a": ["x", "y"]})

    @pytest.mark.parametrize(
        ("futures", "cases", "more", "why"),
        [
            (frame.iloc[:0], [], {}, "futures: found none"),
            (frame, [1], {}, "needed as many of each"),
            (frame, [1, 2], {}, "something else than yes and no"),
            (frame, [1, 0], {"weights": [1, 0]}, "weights: found 0"),
            (frame, [1, 0], {"density": 0}, "density, most_boxes"),
            (frame, [1, 0], {"peel": 0.9}, "peel, least_mass"),
            (pd.DataFrame({"a": ["x", None]}), [1, 0], {}, "nothing in a, row 1"),
        ],
    )
    def test_it_is_told(self, futures, cases, more, why):
        with pytest.raises(InputError, match=why):
            prim(futures, cases, **more)
