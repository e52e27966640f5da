"""Cross-impacts out to ScenarioWizard and back into the inputs."""

from __future__ import annotations

import pytest

from strategy_lib.core.errors import InputError, WorkspaceError
from strategy_lib.cycles.scenario_wizard_files import export_matrix, import_matrix
from strategy_lib.inputs.read import read_inputs
from strategy_lib.methods.cross_impact import CrossImpactMatrix
from tests.workspaces import make_workspace, write_sheets

SAID = {
    ("strict", "hidden"): 2,
    ("strict", "seen"): -2,
    ("open", "hidden"): -1,
    ("open", "seen"): 1,
    ("hidden", "strict"): 1,
    ("hidden", "open"): -1,
    ("seen", "strict"): -2,
    ("seen", "open"): 2,
}
STATES = (("strict", "law"), ("open", "law"), ("hidden", "work"), ("seen", "work"))


@pytest.fixture
def cycle(tmp_path):
    found = make_workspace(tmp_path / "ws", {}).cycle()
    people = [{"assessor_id": code, "unit_id": "hq"} for code in ("A01", "A02", "A03")]
    write_sheets(found.inputs / "prepare" / "people.xlsx", {"assessors": people})
    write_sheets(
        found.inputs / "scenarios" / "s.xlsx",
        {
            "descriptors": [
                {"descriptor_id": "law", "name": "Law 法律", "position": 1},
                {"descriptor_id": "work", "name": "Work", "position": 2},
            ],
            "descriptor_states": [
                {"state_id": code, "descriptor_id": of, "name": code.title(), "position": n}
                for n, (code, of) in enumerate(STATES, 1)
            ],
            "cross_impacts": [
                {"assessor_id": who, "source_state": a, "target_state": b, "impact": value}
                for who, rows in (("A01", SAID), ("A02", dict(list(SAID.items())[:3])))
                for (a, b), value in rows.items()
            ],
        },
    )
    return found


def judged(cycle, who, number=1):
    rows = read_inputs(cycle)["cross_impacts"]
    rows = rows[(rows["assessor_id"] == who) & (rows["round"].fillna(1) == number)]
    pairs = zip(rows["source_state"], rows["target_state"], strict=True)
    return {p: v for p, v in zip(pairs, rows["impact"], strict=True) if v == v}


def test_what_one_assessor_said_comes_back_as_another_ones(cycle, tmp_path):
    path = export_matrix(cycle, tmp_path / "a01.scw", "A01")
    matrix = CrossImpactMatrix.read_scw(path)
    assert list(matrix.descriptors) == ["Law 法律", "Work"]
    before = path.read_bytes()
    import_matrix(cycle, path, "A03")
    assert judged(cycle, "A03") == SAID
    assert judged(cycle, "A01") == SAID
    assert not [p for p in read_inputs(cycle).problems if p.file.startswith("scenarios/Scen")]
    assert path.read_bytes() == before


def test_the_rooms_matrix_has_every_cell(cycle, tmp_path):
    matrix = CrossImpactMatrix.read_scw(export_matrix(cycle, tmp_path / "room.scw"))
    assert matrix.impacts.tolist()[0][2:] == [2, -2]


def test_cells_left_open_are_named_and_no_file_is_written(cycle, tmp_path):
    with pytest.raises(InputError, match="5 cells have no judgement"):
        export_matrix(cycle, tmp_path / "a02.scw", "A02")
    with pytest.raises(InputError, match="judged no influence; these have: A01, A02"):
        export_matrix(cycle, tmp_path / "a03.scw", "A03")
    assert list(tmp_path.glob("*.scw")) == []


def test_nothing_that_is_there_is_overwritten(cycle, tmp_path):
    path = export_matrix(cycle, tmp_path / "a01.scw", "A01")
    with pytest.raises(WorkspaceError, match="left as it is"):
        export_matrix(cycle, path)
    with pytest.raises(InputError, match=r"A01 has 8 judgements in round 1 .*scenarios/s\.xlsx"):
        import_matrix(cycle, path, "A01")
    import_matrix(cycle, path, "A01", 2)
    assert judged(cycle, "A01", 2) == SAID
    with pytest.raises(InputError, match="among the assessors; they are: A01, A02, A03"):
        import_matrix(cycle, path, "A99")


def test_a_project_of_other_states_is_refused_by_name(cycle, tmp_path):
    states = {"Law 法律": ["Strict", "Odd"], "Work": ["Hidden", "Seen"]}
    impacts = [[0, 0, 1, -1], [0, 0, -1, 1], [1, -1, 0, 0], [-1, 1, 0, 0]]
    other = CrossImpactMatrix(states, impacts)
    other.write_scw(tmp_path / "other.scw")
    with pytest.raises(InputError, match="Law 法律: Odd"):
        import_matrix(cycle, tmp_path / "other.scw", "A03")
    assert [p.name for p in (cycle.inputs / "scenarios").iterdir()] == ["s.xlsx"]
