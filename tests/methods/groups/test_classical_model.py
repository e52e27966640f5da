"""Cooke's classical model against a published example, numbers worked by hand, and properties."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2

from strategy_lib.core.errors import InputError
from strategy_lib.methods.groups import calibration_score, classical_model, pooled_quantiles

REPEATABLE = settings(max_examples=40, derandomize=True, deadline=None)
NAN = float("nan")


class TestDelftLectureNotes:
    """TU Delft, MORE lecture notes, chapter Structured expert judgment, "Calibration score".

    Eight questions, of which 4, 3, 0 and 1 fall between an expert's 5, 50 and 95 % quantiles. The
    notes round the shares to 0.5, 0.38, 0 and 0.12 and their information to 1.19, and get 0.00027.
    """

    def test_expert_e(self):
        shares = np.array([0.5, 0.38, 0.0, 0.12])
        assert calibration_score(8 * shares) == pytest.approx(0.00027, abs=1e-5)
        assert calibration_score([4, 3, 0, 1]) == pytest.approx(0.00025, abs=5e-6)


class TestWorkedByHand:
    said = np.array([[[1, 5, 9], [2, 4, 8]], [[4, 5, 6], [7, 8, 9]]], dtype=float)

    def test_two_people_two_questions(self):
        table = classical_model(self.said, [6, 3], ["Ana", "Ben"])
        # Ana: one value above, one below her middles. Ben: one at his upper end, one below all.
        ana = chi2.sf(2 * 2 * np.log(0.5 / 0.45), 3)
        ben = chi2.sf(2 * (np.log(0.5 / 0.05) + np.log(0.5 / 0.45)), 3)
        assert table["calibration"].tolist() == pytest.approx([ana, ben])
        # First question: 1 to 9, widened to 0.2 to 9.8; second: 2 to 9, widened to 1.3 to 9.7.
        widths = {
            "Ana": [[0.8, 4, 4, 0.8], [0.7, 2, 4, 1.7]],
            "Ben": [[3.8, 1, 1, 3.8], [5.7, 1, 1, 0.7]],
        }
        stated = np.array([0.05, 0.45, 0.45, 0.05])
        for row, who in enumerate(["Ana", "Ben"]):
            expected = np.mean(
                [
                    (stated * np.log(stated / np.array(own))).sum() + np.log(span)
                    for own, span in zip(widths[who], (9.6, 8.4), strict=True)
                ]
            )
            assert table["information"][row] == pytest.approx(expected)
        score = table["calibration"] * table["information"]
        assert table["weight"].tolist() == pytest.approx((score / score.sum()).tolist())
        assert table["equal_weight"].tolist() == [0.5, 0.5]

    def test_those_below_a_limit_have_no_weight(self):
        table = classical_model(self.said, [6, 3], ["Ana", "Ben"], least_calibration=0.5)
        assert table["weight"].tolist() == [1.0, 0.0]

    def test_where_nobody_scores_weights_are_equal(self):
        table = classical_model(self.said, [6, 3], ["Ana", "Ben"], least_calibration=0.99)
        assert table["weight"].tolist() == [0.5, 0.5]

    def test_no_answer_is_no_mistake(self):
        said = np.concatenate([self.said, [[[1, 5, 9], [NAN] * 3], [[NAN] * 3] * 2]])
        table = classical_model(said, [6, 3], ["Ana", "Ben", "Cy", "Dee"])
        assert table["n"].tolist() == [2, 2, 1, 0]
        assert table["calibration"][2] == pytest.approx(chi2.sf(2 * np.log(1 / 0.45), 3))
        assert np.isnan(table["calibration"][3])
        assert (table["weight"][3], table["equal_weight"][3]) == (0, 0)

    def test_pool_of_two(self):
        # At 0 the pool is (0.05 + 0.05 * 2 / 12) / 2, at 5 (0.5 + 0.05 * 7 / 12) / 2.
        at_0, at_5 = (0.05 + 0.05 * 2 / 12) / 2, (0.5 + 0.05 * 7 / 12) / 2
        low = 5 * (0.05 - at_0) / (at_5 - at_0)
        found = pooled_quantiles([[0, 5, 10], [10, 15, 20]], [1, 1])
        assert found.tolist() == pytest.approx([low, 10, 20 - low])


class TestProperties:
    @REPEATABLE
    @given(seed=st.integers(0, 999), people=st.integers(1, 5), questions=st.integers(1, 8))
    def test_order_of_people_and_questions_does_not_matter(self, seed, people, questions):
        rng = np.random.default_rng(seed)
        said = np.sort(rng.normal(size=(people, questions, 3)), axis=2)
        values, names = rng.normal(size=questions), [f"p{i}" for i in range(people)]
        one = classical_model(said, values, names)
        order = rng.permutation(questions)
        other = classical_model(said[::-1][:, order], values[order], names[::-1])
        back = other.iloc[::-1].reset_index(drop=True)
        for column in ("calibration", "information", "weight", "equal_weight"):
            assert back[column].tolist() == pytest.approx(one[column].tolist())
        assert one["calibration"].between(0, 1).all()
        assert (one["information"] >= 0).all()
        assert one["weight"].sum() == pytest.approx(1)

    @REPEATABLE
    @given(seed=st.integers(0, 999), scale=st.floats(0.1, 10), shift=st.floats(-5, 5))
    def test_units_do_not_matter(self, seed, scale, shift):
        rng = np.random.default_rng(seed)
        said, values = np.sort(rng.normal(size=(2, 4, 3)), axis=2), rng.normal(size=4)
        one = classical_model(said, values, ["a", "b"])
        other = classical_model(said * scale + shift, values * scale + shift, ["a", "b"])
        assert other["information"].tolist() == pytest.approx(one["information"].tolist(), abs=1e-6)

    def test_all_weight_on_one_is_that_ones_quantiles(self):
        found = pooled_quantiles([[0, 5, 10], [2, 3, 30]], [1, 0])
        assert found.tolist() == pytest.approx([0, 5, 10])

    def test_values_that_fall_as_stated_are_calibrated(self):
        assert calibration_score([5, 45, 45, 5]) == 1
        assert calibration_score([1, 2, 2, 1], [0.1, 0.5, 0.9]) > 0.5


class TestBadInput:
    @pytest.mark.parametrize(
        ("said", "values", "why"),
        [
            ([[[1, 2]]], [1], "needed 1 people x 1 quantities x 3 quantiles"),
            ([[[3, 2, 1]]], [1], "a, quantity 0: allowed all quantiles"),
            ([[[1, NAN, 3]]], [1], "a, quantity 0"),
            ([[[1, 2, 3]]], [NAN], "value 0"),
        ],
    )
    def test_it_is_told(self, said, values, why):
        with pytest.raises(InputError, match=why):
            classical_model(said, values, ["a"])

    def test_counts_and_probabilities(self):
        with pytest.raises(InputError, match="needed 4 numbers"):
            calibration_score([0, 0, 0, 0])
        with pytest.raises(InputError, match="allowed rising"):
            calibration_score([1, 1], [1.0])
        with pytest.raises(InputError, match="weights 0 or more"):
            pooled_quantiles([[1, 2, 3]], [0])
