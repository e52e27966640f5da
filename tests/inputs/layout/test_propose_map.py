"""A column map is proposed from the file itself, and reads it once a person has filled the gaps."""

from __future__ import annotations

import re
import tomllib

import pytest

from strategy_lib.core.errors import InputError
from strategy_lib.inputs.layout.propose_map import propose_map
from strategy_lib.inputs.records import Converters
from tests.inputs.sent import of_kind, read, the_only, xlsx

HEADINGS = [
    "Organisation",
    "Cluster",
    "Project Title",
    "Activity type",
    "Implementing partner",
    "Pays",
    "Start date",
    "End date",
    "Beneficiaries",
]
TAGS = [
    "#org",
    "#sector",
    "#activity",
    "#activity+type",
    "#org+impl",
    "#country",
    "#date+start",
    "#date+end",
    "#reached",
]
ROWS = [
    ["Acme", "WASH", "Wells", "Training", "China House", "Kenya", "2019", "", 5],
    ["Acme", "Health", "Clinics 诊所", "Trainng", "Red Cross", "Sambia", 2020, "2021", 7],
]
SHEET = xlsx({"About": [["Monthly"]], "3W data": [["Who does what where"], HEADINGS, TAGS, *ROWS]})


def proposed(tmp_path, content=SHEET, name="3w.xlsx", **more):
    path = tmp_path / name
    path.write_bytes(content)
    return propose_map(path, **more)


def test_headings_and_odd_values_are_proposed_and_guesses_are_left_to_a_person(tmp_path):
    text = proposed(tmp_path)
    (made,) = tomllib.loads(text)["column_maps"]
    assert (made["file"], made["sheet"], made["table"]) == ("3w.xlsx", "3W data", "activities")
    assert made["columns"] == {
        "Cluster": "theme",
        "Project Title": "title",
        "Implementing partner": "counterpart",
        "Pays": "country_code",
        "End date": "end_date",
    }
    assert made["values"] == {"theme": {"WASH": ""}}
    assert "# not read: Organisation, Activity type, Start date, Beneficiaries" in text
    assert set(made["constants"]) == {"unit_id", "stance"}


def test_a_proposal_with_its_gaps_filled_reads_the_file(tmp_path):
    text = proposed(tmp_path)
    given = {"unit_id": "ke", "stance": "neutral", '"WASH"': "health", '"Trainng"': "training"}
    for name, value in given.items():
        text = re.sub(f'^{name} = ""', f'{name} = "{value}"', text, flags=re.MULTILINE)
    tables = read(tmp_path / "ws", {"mapping/3w.xlsx": SHEET}, settings=text)
    assert [str(p) for p in tables.errors] == []
    rows = tables["activities"]
    assert rows["title"].tolist() == ["Wells", "Clinics 诊所"]
    assert rows["theme"].tolist() == ["health", "health"]
    assert rows["country_code"].tolist() == ["KE", "ZM"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("x.xlsx", xlsx({"Notes": [["a", "b"], [1, 2]]}), "--table"),
        ("x.docx", b"%PDF-1.7", "not a spreadsheet"),
    ],
)
def test_what_cannot_be_proposed_is_said_with_what_to_do(tmp_path, name, content, said):
    with pytest.raises(InputError, match=said):
        proposed(tmp_path, content, name, converters=Converters())


def test_a_sheet_that_is_not_ours_is_told_in_a_few_words(tmp_path):
    tables = read(tmp_path, {"mapping/3w.xlsx": SHEET})
    told = the_only(tables, "unknown_sheet")
    assert "workbook map" in told.message
    assert len(f"{told.message}{told.allowed}{told.nearest}") < 160
    assert not of_kind(tables, "not_a_spreadsheet")
