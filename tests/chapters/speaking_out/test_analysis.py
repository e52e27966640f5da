"""Chapter 03: the board, one case in detail, and never a word on what is to be said."""

from __future__ import annotations

import json
import re
from datetime import date

import pandas as pd
import pytest

from strategy_lib.chapters.registry import chapter_named
from strategy_lib.chapters.result import ChapterInputs, ChapterResult
from strategy_lib.chapters.speaking_out.analysis import analyse_speaking_out
from strategy_lib.chapters.speaking_out.outputs import OUTPUTS
from strategy_lib.chapters.speaking_out.rehearsal import room_of
from strategy_lib.core.errors import InputError
from strategy_lib.core.messages import Say
from strategy_lib.core.resources import resource
from strategy_lib.core.settings import MappingSettings
from strategy_lib.editions.restrict import DEFAULT_EDITIONS, restrict
from strategy_lib.editions.snapshot import Snapshot
from strategy_lib.methods.harm import screening as harm
from strategy_lib.notebook import RESULTS_VARIABLE, OpenChapter, open_chapter
from strategy_lib.protocol.case import TABLES
from strategy_lib.protocol.reading import read_protocol
from strategy_lib.protocol.rehearsals import read_rehearsal, rehearsal_names
from strategy_lib.schema.frames import Tables, typed_frame
from strategy_lib.schema.schema import code_list, schemas
from tests.canaries import flock
from tests.protocol.cases import ASSESSORS, UNITS, example_records, rating, small_case, whole_case

PROTOCOL = read_protocol()
AS_OF = date(2026, 11, 1)
# A verdict on the act itself, in any mood.
VERDICT = re.compile(
    r"\b(?:should(?:n't)?|ought|recommend(?!ations? \d)\w*|advis\w*|advice is|"
    r"suggests? (?:to|that)|had better|"
    r"needn't|prefer\w*|best (?:option|route|way)|better to|right thing|we propose|do not publish|"
    r"don't|speak (?:out|up)|stay silent|keep (?:quiet|silent)|go ahead|refrain|must not|"
    r"(?:may|can) be (?:said|published)|safe to)\b",
    re.IGNORECASE,
)
HOSTILE = "<script>alert(1)</script> =HYPERLINK(\"http://x\") 'مرحبا' 国际" + "长" * 90


def snapshot(records, edition="core", as_of=AS_OF, **more):
    frames = {
        name: typed_frame(schema, records.get(name, [])) for name, schema in schemas().items()
    }
    for name, default in (("units", UNITS), ("assessors", ASSESSORS)):
        if name not in records:
            frames[name] = typed_frame(schemas()[name], default)
    restricted = restrict(Tables(frames), DEFAULT_EDITIONS[edition])
    return Snapshot(
        restricted, 2026, as_of, "Hearthway", "en", "EUR", MappingSettings(), {}, **more
    )


def analyse(records, case_id="", edition="core", at=""):
    return analyse_speaking_out(snapshot(records, edition), PROTOCOL, case_id, at)


@pytest.fixture(scope="module")
def example():
    inputs = snapshot(example_records())
    return {code: analyse_speaking_out(inputs, PROTOCOL, code) for code in ("", "C1", "C2", "C3")}


def typed_texts(records):
    """Everything that people typed."""
    return {str(value) for rows in records.values() for row in rows for value in row.values()}


def computed_words(result, typed):
    """Everything that the chapter or the protocol says: not what people typed, nor sources."""
    own = [text for output in OUTPUTS.values() for text in (output.title, output.note)]
    texts = [*result.findings.values(), *result.notes, *own]
    for table in result.tables.values():
        texts += [str(column) for column in table.columns]
        cells = table.drop(columns="source", errors="ignore").astype(str).to_numpy().ravel()
        texts += [str(text) for text in cells.tolist() if str(text) not in typed]
    return texts


def prose_of_the_notebook():
    path = resource("notebooks", "03_speaking_out.ipynb")
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells]


def test_the_notebook_holds_no_verdict_on_the_act():
    for text in prose_of_the_notebook():
        text = text.replace("Who should be in the room", "")
        assert not VERDICT.search(text), text


@pytest.mark.parametrize("case_id", ["", "C1", "C2", "C3"])
def test_no_output_holds_a_verdict_on_the_act(example, case_id):
    texts = computed_words(example[case_id], typed_texts(example_records()))
    assert len(texts) > 300
    for text in texts:
        assert not VERDICT.search(text), text


def test_the_test_of_verdicts_would_find_one():
    for text in (
        "You should publish.",
        "We recommend route R1.",
        "It is better to stay silent.",
        "Speak out now.",
        "The best option is silence.",
        "Don't.",
    ):
        assert VERDICT.search(text), text


def test_no_table_ranks_or_adds_up_the_routes(example):
    routes = example["C1"].tables["routes"]
    assert not {"rank", "score", "total", "overall"} & set(routes.columns)
    ladder = [
        "Hold back for now",
        "In private, with others",
        "In public, in terms of the UN",
        "In public, in our own name",
    ]
    assert list(routes["route"]) == ladder


def test_the_board_shows_every_case_the_most_urgent_first(example):
    board = example[""].tables["board"]
    assert list(board["case_id"]) == ["C1", "C2", "C3"]
    assert list(board["state"]) == ["consulted", "aftercare", "draft"]
    assert list(board["is_exercise"]) == ["no", "no", "yes"]
    assert example[""].given["case_id"] == "C1"
    assert "Mainland programme (Chengdu)" in board["recorded_silent"].iloc[0]


def test_every_group_and_route_has_a_cell_with_its_share(example):
    cells = example["C1"].tables["screen_grid"]
    assert len(cells) == 4 * 3
    assert cells["over_line_pct"].between(0, 100).all()
    worst = cells[cells["place"] == harm.NOT_PERMITTED]
    assert set(worst["route"]) == {"In public, in our own name"}


def test_what_differs_between_people_stands_with_their_reasons(example):
    apart = example["C1"].tables["disagreements"]
    assert apart.groupby(["group", "route", "measures"])["class"].nunique().min() > 1
    assert apart["reason"].str.contains("An exit ban cannot be taken back").any()
    assert set(apart["assessor"]) <= {"A01", "A02", "A04", "A06", "A08"}


def test_silence_has_a_spread_and_no_price(example):
    silence = example["C1"].tables["silence"]
    assert silence["who_is_affected"].iloc[0] == "People whom it is about"
    assert (silence["lowest"] <= silence["median"]).all()
    assert (silence["median"] <= silence["highest"]).all()
    held = example["C1"].tables["routes"].iloc[0]
    assert (held["silence_lowest"], held["silence_highest"]) == (2, 4)


def test_dissent_stands_word_for_word(example):
    words = example["C2"].tables["dissents"]["in_their_own_words"]
    assert words.str.contains("我们希望下次能更早参与。").any()
    assert "not signed" in set(example["C2"].tables["dissents"]["who"])


def test_a_decided_case_shows_its_conditions_and_what_it_refused(example):
    row = example["C2"].tables["decisions"].iloc[0]
    assert "At least seven organisations sign" in row["conditions"]
    assert "Waiting: applicants wait as well" in row["refused_and_why"]
    assert list(example["C2"].tables["memory"]["case_id"]) == ["C2"]


def test_an_acceptance_that_has_ended_is_shown_as_ended(example):
    accepted = example["C2"].tables["acceptances"]
    assert list(accepted["holds_today"]) == ["no"]
    assert "it ended on 2026-10-30" in accepted["state"].iloc[0]


def test_the_wording_check_gives_reason_suggestion_and_price(example):
    wording = example["C1"].tables["wording"]
    assert set(wording["rule_id"]) == {"generalisation", "one_country"}
    assert list(example["C2"].tables["wording"]["state"]) == ["dismissed"]


def test_a_moment_may_be_given(example):
    early = analyse(example_records(), "C1", at="2026-10-14 09:00 +03:00")
    assert early.tables["board"].set_index("case_id").loc["C1", "state"] == "complete"
    with pytest.raises(InputError, match="without a time zone"):
        analyse(example_records(), "C1", at="2026-10-14 09:00")


def test_an_unknown_case_is_named():
    with pytest.raises(InputError, match="no case 'C9'; the cases are: C1, C2, C3"):
        analyse(example_records(), "C9")


@pytest.mark.parametrize("edition", ["leaders", "mainland", "partner", "public"])
def test_below_restricted_no_state_no_screen_no_words(edition):
    result = analyse(example_records(), edition=edition)
    assert result.given["case_id"] == ""
    for name in ("board", "screen", "routes", "path", "dissents", "memory", "wording", "about"):
        assert result.tables[name].empty, name
    assert Say()("speaking-note-withheld") in result.notes
    assert result.findings["harm"] == "", "an empty part is left out, not shown as a part"


@pytest.mark.parametrize("edition", ["leaders", "mainland"])
def test_a_case_is_listed_nowhere_below_restricted_whatever_its_label(edition):
    records = example_records()
    records["cases"] = [
        row | {"handling": "internal", "not_for_mainland": False} for row in records["cases"]
    ]
    result = analyse(records, edition=edition)
    said = " ".join(table.to_csv() for table in result.tables.values())
    assert not any(str(row["title"]) in said for row in records["cases"])
    assert result.tables["case_totals"].empty, "the totals come with the snapshot alone"


def test_nobody_has_entered_anything():
    result = analyse({})
    assert result.findings["board"] == "No case is entered."
    assert all(
        table.empty
        for name, table in result.tables.items()
        if name not in ("pressure_ladder", "tolerances", "roles")
    )


def test_nobody_has_rated_anything():
    result = analyse(small_case(harm_ratings=[], route_ratings=[], silence_ratings=[]))
    assert result.findings["silence"].endswith("is entered; it may cost much.")
    assert "Harm not known: " in result.findings["harm"]
    assert "Not known" in result.findings["routes"]


def test_one_assessor_is_no_screen():
    result = analyse(small_case(harm_ratings=[rating("A1", 0)]))
    assert list(result.tables["screen"]["class"]) == ["not_ready"]


def test_a_case_with_nothing_but_its_code_can_be_shown():
    result = analyse({"cases": [{"case_id": "K1", "title": "x"}]})
    assert result.tables["board"]["state"].item() == "draft"
    assert result.findings["wording"] == "No words are entered yet that could be checked."


def test_hostile_cells_go_through_as_text():
    records = small_case(cases=[whole_case(words=HOSTILE, title=HOSTILE, counterpart="a" * 3_000)])
    result = analyse(records)
    assert HOSTILE in set(result.tables["about"]["as_entered"])
    assert result.tables["board"]["case"].item() == HOSTILE


def test_the_order_of_rows_does_not_matter():
    records = example_records()
    other = {name: list(reversed(rows)) for name, rows in records.items()}
    first, second = analyse(records, "C1"), analyse(other, "C1")
    assert first.findings == second.findings
    for name, table in first.tables.items():
        pd.testing.assert_frame_equal(table, second.tables[name])


def test_two_routes_of_one_kind_are_told_apart():
    routes = [*small_case()["case_routes"], {"route_id": "R2", "case_id": "K1", "route": "private"}]
    names = list(analyse(small_case(case_routes=routes)).tables["routes"]["route"])
    assert names == ["Hold back for now", "In private (R1)", "In private (R2)"]


def test_labels_come_in_the_language_of_the_organisation():
    frame = snapshot(small_case())
    object.__setattr__(frame, "language", "fr")
    result = analyse_speaking_out(frame, PROTOCOL)
    assert "En privé" in set(result.tables["routes"]["route"])


@pytest.mark.parametrize("name", rehearsal_names())
def test_a_rehearsal_runs_through_the_chapter_to_its_end(name):
    last = read_rehearsal(name).injects[-1]
    room = room_of(snapshot({}, "leaders"), PROTOCOL, f"{name} {last.minute}")
    result = analyse_speaking_out(room.inputs, PROTOCOL, room.case_id, room.at)
    state = result.tables["board"]["state"].item()
    assert code_list("case_state").label(state) == last.reaches
    assert len(room.shown["cards"]) == len(read_rehearsal(name).injects)
    assert {"Situation", "Role card", "From afar", "At the end"} <= set(
        room.shown["briefs"]["sheet"]
    )


def test_without_a_rehearsal_the_organisations_cases_are_shown():
    inputs = snapshot(small_case())
    room = room_of(inputs, PROTOCOL, "", "K1")
    assert room.inputs is inputs
    assert room.case_id == "K1"
    assert room.shown["cards"].empty and room.shown["briefs"].empty
    assert len(room.shown["rehearsals"]) == 8


def test_a_rehearsal_is_shown_like_a_case_and_nothing_of_it_is_kept(tmp_path, monkeypatch):
    monkeypatch.setenv(RESULTS_VARIABLE, str(tmp_path))
    played = open_chapter("speaking_out", case_id="C1", rehearsal="slogan 20")
    assert played.result.given["case_id"] == "T1"
    assert len(played.result["cards"]) and len(played.result["briefs"])
    assert played.save() is None
    assert not list(tmp_path.iterdir())
    own = open_chapter("speaking_out", case_id="C1")
    assert own.result.given["case_id"] == "C1"
    assert own.save() == tmp_path / own.about.name


@pytest.mark.parametrize("case_id", ["C1", ""])
def test_an_empty_table_about_a_case_is_shown_where_there_is_a_case(capsys, case_id):
    empty = {"dissents": pd.DataFrame(columns=["route"])}
    result = ChapterResult(empty, {}, (), given={"case_id": case_id})
    chapter = chapter_named("speaking_out")
    OpenChapter(chapter, ChapterInputs(snapshot({})), result, "").show("dissents")
    assert ("Dissent, as written" in capsys.readouterr().out) == bool(case_id)


def test_a_rehearsal_shows_nothing_of_the_organisation():
    room = room_of(snapshot(small_case()), PROTOCOL, "slogan")
    result = analyse_speaking_out(room.inputs, PROTOCOL, room.case_id, room.at)
    assert list(result.tables["board"]["case_id"]) == ["T1"]


def test_a_minute_that_is_none_is_said_so():
    with pytest.raises(InputError, match="write a name and a minute"):
        room_of(snapshot({}), PROTOCOL, "slogan soon")


def planted(label):
    """One row of every table whose texts nobody can guess."""
    known = {"units": {"unit_id": "hq"}, "counterparts": {"name": "China House"}}
    known["activities"] = {"activity_id": "a-1"}
    made = flock(label, known)
    truth = {"yes": True, "no": False}
    rows = {
        table: [{k: truth.get(v, v) for k, v in row.items()} for row in given]
        for table, given in made.rows.items()
    }
    return {t: rows[t] for t in TABLES}, [one for one in made.planted if one.table in TABLES]


@pytest.mark.parametrize("edition", ["leaders", "mainland", "partner", "public"])
@pytest.mark.parametrize("label", ["public", "internal", "restricted", "mainland"])
def test_no_text_above_an_edition_reaches_any_of_its_tables(edition, label):
    rows, texts = planted(label)
    inputs = snapshot(rows | {"assessors": [{"assessor_id": "A1", "unit_id": "hq"}]}, edition)
    result = analyse_speaking_out(inputs, PROTOCOL)
    said = " ".join(
        [
            *result.findings.values(),
            *result.notes,
            *(table.to_csv() for table in result.tables.values()),
        ]
    )
    audience = DEFAULT_EDITIONS[edition]
    for one in texts:
        is_withheld = label == "mainland" and audience.withhold_not_for_mainland
        own = "internal" if label == "mainland" else label
        if is_withheld or not audience.may_see(own) or not audience.may_see(one.visible_to):
            assert one.text not in said, (one.table, one.name)


def test_the_core_team_sees_what_was_planted():
    rows, texts = planted("restricted")
    inputs = snapshot(rows | {"assessors": [{"assessor_id": "A1", "unit_id": "hq"}]})
    result = analyse_speaking_out(inputs, PROTOCOL)
    (words,) = [one.text for one in texts if (one.table, one.name) == ("cases", "words")]
    assert words in set(result.tables["about"]["as_entered"])
