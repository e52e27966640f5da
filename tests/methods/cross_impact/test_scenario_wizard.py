"""ScenarioWizard's files: a real project and its solution set, round trips, damaged files."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategy_lib.core.errors import InputError
from strategy_lib.methods.cross_impact import (
    CrossImpactMatrix,
    JudgementScaleWarning,
    consistent_scenarios,
    read_sl,
)
from strategy_lib.methods.cross_impact.input import RESERVED_NAMES
from strategy_lib.methods.cross_impact.scenario_wizard import format_scw, parse_scw, parse_sl

SHARED = Path(__file__).parents[4] / "shared" / "benchmarks"
needs_shared = pytest.mark.skipif(
    not (SHARED / "CIB_global.scw").exists(), reason="the shared benchmark files are not here"
)

DESCRIPTORS = {"law": ["strict", "open"], "work": ["hidden", "visible", "gone"]}
IMPACTS = np.arange(25).reshape(5, 5) % 7 - 3
TEXT = format_scw(DESCRIPTORS, IMPACTS, "law.scw")


@needs_shared
@pytest.mark.filterwarnings("ignore::strategy_lib.methods.cross_impact.JudgementScaleWarning")
class TestGlobalScenariosOfTheStockholmEnvironmentInstitute:
    """sei-international/cibsa, sample_files/CIB_global (MIT, 2018), as ScenarioWizard wrote it."""

    @pytest.fixture
    def matrix(self):
        return CrossImpactMatrix.read_scw(SHARED / "CIB_global.scw")

    def test_solution_set_is_reproduced(self, matrix):
        names = list(matrix.names)
        theirs = read_sl(SHARED / "CIB_global.sl", matrix)
        ours = consistent_scenarios(matrix)
        columns = [*names, "total_impact_score"]
        assert ours[columns].to_numpy().tolist() == theirs[columns].to_numpy().tolist()
        assert ours["total_impact_score"].tolist() == [15, 12, 9, 8]
        assert theirs["weight"].tolist() == [4, 12, 1, 2]
        assert not theirs["inconsistency"].any()

    def test_project_is_read_and_written_byte_for_byte(self, matrix, tmp_path):
        assert list(matrix.descriptors) == ["WTRD", "WSEC", "WECO"]
        assert matrix.impacts[9].tolist() == [3, -6, 3, -1, 1, 0, 0, 0, 0, 0]
        matrix.write_scw(tmp_path / "CIB_global.scw")
        written = (tmp_path / "CIB_global.scw").read_bytes().replace(b"\r\n", b"\n")
        assert written == (SHARED / "CIB_global.scw").read_bytes()

    def test_values_beyond_the_scale_are_told(self):
        with pytest.warns(JudgementScaleWarning, match="outside -3..[+]3"):
            CrossImpactMatrix.read_scw(SHARED / "CIB_global.scw")


def test_a_weight_that_no_longer_grows_is_a_least(tmp_path):
    """Weights as in CIB_nested.sl (sei-international/cibsa, 2018): four of 20 stand at 2^24."""
    lines = ['" 1 1",1.677722E+07,0,0,179,""', '" 2 2",1.068008E+07,0,0,172,""']
    path = tmp_path / "a.sl"
    path.write_text("\n".join(["$ ScenarioWizard 3.0", "Solution set", " 2 ", "", *lines]))
    table = read_sl(path, CrossImpactMatrix(DESCRIPTORS, IMPACTS))
    assert table["weight_is_least"].tolist() == [True, False]
    assert table["weight"].tolist() == [16_777_220, 10_680_080]


labels = (
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=8)
    .filter(lambda text: text == text.strip() and len(text.splitlines()) == 1)
    .filter(lambda text: text not in RESERVED_NAMES)
)


class TestRoundTrip:
    @settings(max_examples=50, derandomize=True, deadline=None)
    @given(
        st.dictionaries(
            labels, st.lists(labels, min_size=2, max_size=3, unique=True), min_size=1, max_size=4
        ),
        st.integers(0, 2**32),
    )
    def test_any_names_and_judgements(self, tmp_path_factory, descriptors, seed):
        size = sum(map(len, descriptors.values()))
        impacts = np.random.default_rng(seed).integers(-3, 4, (size, size))
        matrix = CrossImpactMatrix(descriptors, impacts)
        path = tmp_path_factory.getbasetemp() / "round.scw"
        matrix.write_scw(path)
        assert CrossImpactMatrix.read_scw(path) == matrix

    @pytest.mark.parametrize("name", ["Gesetz für NRO – neu", "境外非政府组织", "Ã©tat"])
    def test_names_in_other_languages(self, tmp_path, name):
        matrix = CrossImpactMatrix({name: ["ja", "nein"], "b": ["u", "v"]}, np.zeros((4, 4)))
        matrix.write_scw(tmp_path / "a.scw")
        assert CrossImpactMatrix.read_scw(tmp_path / "a.scw") == matrix

    def test_windows_files_as_scenario_wizard_writes_them(self, tmp_path):
        text = TEXT.replace("strict", "für alle").replace("\n", "\r\n")
        (tmp_path / "a.scw").write_bytes(text.encode("cp1252"))
        matrix = CrossImpactMatrix.read_scw(tmp_path / "a.scw")
        assert matrix.descriptors["law"] == ("für alle", "open")

    def test_states_without_a_name_are_numbered(self):
        descriptors, _ = parse_scw(TEXT.replace(" -gone", " -"))
        assert descriptors["work"] == ["hidden", "visible", "state 3"]

    def test_fractions_and_line_ends_cannot_be_written(self, tmp_path):
        with pytest.raises(InputError, match="whole numbers only"):
            CrossImpactMatrix({"a": ["x", "y"]}, [[0.5, 0], [0, 0]]).write_scw(tmp_path / "a.scw")
        with pytest.raises(InputError, match="cannot hold line ends"):
            CrossImpactMatrix({"a": ["x\ny", "z"]}, np.zeros((2, 2))).write_scw(tmp_path / "a.scw")


class TestDamagedProjects:
    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("", "not a ScenarioWizard project file"),
            ("name;value\n1;2\n", "found 'name;value'; not a ScenarioWizard"),
            (TEXT.replace("Wizard 4.0", "Wizard 3.2"), "found 'ScenarioWizard 3.2'; only.*4.x"),
            (TEXT.replace("Wizard 4.0", "Wizard 5.0"), "save it again"),
            (TEXT[: TEXT.index("&work")], "cut short"),
            (TEXT[: TEXT.index("FFFFFF")], "cut short before the matrix"),
            (TEXT.replace(",-3 ", "", 1), "found 5 rows of 4, 5 cells; the states need 5 x 5"),
            (TEXT.replace("-3 ", "x ", 1), "text or fractions"),
            (TEXT.replace("&work", "&law"), "'law' has no name or is there twice"),
            (TEXT.replace("&law", "law"), "among the descriptors"),
            ("$ ScenarioWizard 4.0\na\n#\n#\n#\n#\n#\n#\n", "no descriptors"),
        ],
    )
    def test_messages(self, text, message):
        with pytest.raises(InputError, match=message):
            parse_scw(text, "a.scw")

    @settings(max_examples=60, derandomize=True, deadline=None)
    @given(st.integers(0, TEXT.rindex("# 0-0") - 2))
    def test_wherever_it_is_cut_it_is_refused(self, end):
        with pytest.raises(InputError, match=r"cut short|not a ScenarioWizard|only the project"):
            parse_scw(TEXT[:end], "a.scw")

    def test_no_such_file(self, tmp_path):
        with pytest.raises(InputError, match="cannot be read"):
            CrossImpactMatrix.read_scw(tmp_path / "none.scw")

    def test_a_descriptor_with_one_state(self, tmp_path):
        (tmp_path / "a.scw").write_text(format_scw({"law": ["open"]}, np.array([[0]])))
        with pytest.raises(InputError, match="descriptor law: found only 'open'"):
            CrossImpactMatrix.read_scw(tmp_path / "a.scw")


SOLUTIONS = (
    '$ ScenarioWizard 3.0\nSolution set\n 2 \n\n" 1 3",4,0,0,15,""\n" 2 1",1.5E+07,1,0,-2,""\n'
)


class TestSolutionSets:
    def test_states_and_numbers(self):
        assert parse_sl(SOLUTIONS) == ([[1, 3], [2, 1]], [[4, 0, 0, 15], [1.5e7, 1, 0, -2]])

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("", "not a ScenarioWizard solution set"),
            (SOLUTIONS.replace("3.0", "7.0"), "only the solution set format 3.x"),
            (SOLUTIONS.replace(" 2 \n", " 3 \n"), "says 3 scenarios, found 2; cut short"),
            (SOLUTIONS[:-8], "says 2 scenarios, found 1"),
            (SOLUTIONS[:24], "cut short"),
        ],
    )
    def test_damaged(self, text, message):
        with pytest.raises(InputError, match=message):
            parse_sl(text, "a.sl")

    @pytest.mark.parametrize("wrong", ['" 1 4"', '" 1 0"', '" 1"'])
    def test_of_another_matrix(self, tmp_path, wrong):
        (tmp_path / "a.sl").write_text(SOLUTIONS.replace('" 1 3"', wrong))
        with pytest.raises(InputError, match=r"scenario 1 is .*2 descriptors with \[2, 3\] states"):
            read_sl(tmp_path / "a.sl", CrossImpactMatrix(DESCRIPTORS, IMPACTS))

    def test_an_outdated_set_shows_as_inconsistent(self, tmp_path):
        (tmp_path / "a.sl").write_text(SOLUTIONS)
        table = read_sl(tmp_path / "a.sl", CrossImpactMatrix(DESCRIPTORS, IMPACTS))
        assert table["total_impact_score"].tolist() == [15, -2]
        assert (table["inconsistency"] > 0).any()
