"""A whole run: papermill, kernels, pages in their place."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import nbformat
import pytest

from strategy_lib.core.errors import ChapterError, InputError, ParameterError, WorkspaceError
from strategy_lib.inputs.entries.entry import EntryLog
from strategy_lib.running import run
from tests.workspaces import make_workspace

from .conftest import FIRST, SECOND, SETTINGS, activity


def _states(report):
    return {e.edition: (e.state, e.made, e.kept) for e in report.editions}


def test_every_edition_is_made_from_what_it_may_show(house):
    events = []
    report = run(house.workspace, editions=["core", "public"], progress=events.append)
    assert _states(report) == {
        "core": ("made", (FIRST, SECOND), ()),
        "public": ("made", (FIRST,), ()),
    }
    assert report.editions[1].skipped == (SECOND,)
    for kind in ("started", "finished"):
        told = sorted((e.edition, e.chapter) for e in events if e.kind == kind)
        assert told == [("core", FIRST), ("core", SECOND), ("public", FIRST)]
    assert str(events[0]) == "public · 02_second: not made for this edition"
    first = house.pages("core")
    assert set(first) == {"index.html", f"{FIRST}.html", f"{SECOND}.html", "run.json"}
    assert b"Hidden" in first[f"{FIRST}.html"]
    summary = json.loads((house.cycle.results("core") / FIRST / "summary.json").read_bytes())
    assert summary["bottom_line"] == [
        "core 2026-11-01 20260101 plain",
        "Seen by all",
        "Hidden",
    ]
    assert not (house.cycle.root / ".making" / "core").exists()
    assert not any(house.cycle.logs("core").glob("*"))


def test_what_was_entered_in_a_workshop_is_in_the_minutes_of_the_core_edition_only(house):
    log = EntryLog(house.cycle.inputs, "s1", lambda: datetime(2026, 10, 30, 9, tzinfo=UTC))
    row = {"decision_id": "d1", "chapter": "02", "question": "Which <b>presence</b>?"}
    log.append("decisions", row, "facilitator")
    report = run(house.workspace, editions=["core", "leaders"])
    assert not report.failed
    page = house.pages("core")["minutes.html"].decode()
    assert "2026-10-30 09:00" in page
    assert "Which &lt;b&gt;presence&lt;/b&gt;?" in page
    assert b'href="minutes.html"' in house.pages("core")["index.html"]
    assert "minutes.html" not in house.pages("leaders")
    assert b"presence" not in house.pages("leaders")["index.html"]


def test_a_chapter_that_did_not_look_at_what_changed_is_kept(house):
    looked = """\
import json
path = folder / "summary.json"
told = json.loads(path.read_text()) | {"tables_read": sorted(known.restricted.frames.seen)}
_ = path.write_text(json.dumps(told))"""
    for name in (FIRST, SECOND):
        path = house.bundled / f"{name}.ipynb"
        cells = nbformat.read(path, 4)
        for cell in cells.cells:
            if name == SECOND:
                cell.source = cell.source.replace('["activities"]', '["costs"]')
                cell.source = cell.source.replace('["title"]', '["item"]')
        cells.cells.append(nbformat.v4.new_code_cell(looked))
        nbformat.write(cells, path)
    house.enter(activity("a1", "Then"))
    run(house.workspace)
    house.enter(activity("a1", "Now"))
    report = run(house.workspace)
    assert _states(report) == {"core": ("made", (FIRST,), (SECOND,))}
    pages = house.pages()
    assert b"Now" in pages[f"{FIRST}.html"]
    assert _states(run(house.workspace))["core"][0] == "fresh"
    assert _states(run(house.workspace, fresh=True))["core"][1] == (FIRST, SECOND)
    assert house.pages() == pages
    house.settings(SETTINGS.replace("as_of = 2026-11-01", "as_of = 2026-11-02"))
    house.enter(activity("a1", "Later"))
    assert _states(run(house.workspace))["core"][1] == (FIRST, SECOND)


def test_documents_come_and_go_without_a_chapter_being_made_again(house):
    run(house.workspace)
    report = run(house.workspace, formats=("tables",))
    assert _states(report) == {"core": ("made", (), (FIRST, SECOND))}
    assert report.editions[0].changed == ("documents",)
    assert report.editions[0].missing == ()
    folder = house.cycle.outputs("core") / "documents"
    assert [path.name for path in folder.iterdir()] == ["tables.xlsx"]
    assert b'href="documents/tables.xlsx"' in house.pages()["index.html"]
    assert _states(run(house.workspace, formats=("tables",)))["core"][0] == "fresh"
    assert _states(run(house.workspace)) == {"core": ("made", (), (FIRST, SECOND))}
    assert not folder.exists()


def test_what_cannot_be_made_beside_the_pages_is_said_and_the_edition_stands(house):
    (house.root / "templates").mkdir()
    (house.root / "templates" / "document.docx").write_bytes(b"no zip")
    report = run(house.workspace, formats=("word", "tables"))
    assert not report.failed
    (why,) = report.editions[0].missing
    assert why.startswith("Word files could not be made")
    assert any(why in line for line in report.lines)
    assert (house.cycle.outputs("core") / "documents" / "tables.xlsx").is_file()
    # It is not called up to date: the next run tries again, and says so again.
    again = run(house.workspace, formats=("word", "tables")).editions[0]
    assert again.changed == ("documents",) and again.missing == (why,)


def test_only_what_has_changed_is_made_again(house):
    run(house.workspace)
    pages = house.pages()
    events = []
    assert _states(run(house.workspace, progress=events.append)) == {
        "core": ("fresh", (), (FIRST, SECOND))
    }
    assert [e.kind for e in events] == ["fresh"]

    house.chapter(SECOND, "1 + 1")
    report = run(house.workspace)
    assert _states(report) == {"core": ("made", (SECOND,), (FIRST,))}
    assert report.editions[0].changed == ("notebooks",)
    again = house.pages()
    assert again[f"{FIRST}.html"] == pages[f"{FIRST}.html"]

    assert _states(run(house.workspace, chapters=["1"], fresh=True)) == {
        "core": ("made", (FIRST,), (SECOND,))
    }
    assert house.pages() == again


def test_a_chapter_asked_for_alone_leaves_out_the_pages_that_no_longer_fit(house):
    run(house.workspace)
    notes = house.cycle.outputs("core") / "notes.txt"
    notes.write_text("mine")
    house.enter(activity("a1", "New title"))
    report = run(house.workspace, chapters=["01"])
    assert report.editions[0].left_out == (SECOND,)
    assert set(house.pages()) == {"index.html", f"{FIRST}.html", "run.json"}
    assert "02_second is left out" in "\n".join(report.lines)
    assert [p.read_text() for p in report.editions[0].moved_away] == ["mine"]


def test_parameters_reach_the_chapters_that_know_them(house):
    house.chapter(SECOND, parameters="workspace=''\ncycle=0\nedition=''\nas_of=''\nseed=0\nlabel=1")
    with pytest.raises(ParameterError, match=f"'label' of {SECOND} must be a whole number"):
        run(house.workspace, parameters={"label": "spe<cial"})
    house.chapter(
        SECOND, "label = 'own'", parameters="workspace=''\ncycle=0\nedition=''\nas_of=''\nseed=0"
    )
    run(house.workspace, parameters={"label": 'x"; 1/0 #'}, as_of=date(2027, 2, 3))
    summary = json.loads((house.cycle.results("core") / FIRST / "summary.json").read_bytes())
    assert summary["bottom_line"][0] == 'core 2027-02-03 20260101 x"; 1/0 #'
    facts = json.loads(house.pages()["run.json"])
    assert facts["parameters"] == {"draws": 10000, "label": 'x"; 1/0 #', "seed": 20260101}


def test_an_own_copy_is_used_and_said(house):
    own = house.workspace.own_notebooks
    house.chapter(FIRST, "1/0", folder=own)
    (own / "copied_from.json").write_text(json.dumps({FIRST: "another version"}))
    report = run(house.workspace, chapters=["01"])
    assert report.failed
    assert "is your own copy" in "\n".join(report.lines)
    assert "has changed in the workbook since" in "\n".join(report.lines)


def test_nothing_is_touched_when_what_all_rests_on_has_errors(house):
    run(house.workspace, chapters=["01"])
    before = house.pages()
    house.enter(activity("a1", "wrong"))
    with pytest.raises(InputError) as caught:
        run(house.workspace, chapters=["01"])
    assert [p.row for p in caught.value.problems] == [4]
    assert house.pages() == before
    assert not (house.cycle.root / ".making").exists()


@pytest.mark.parametrize(
    ("wrong", "error", "words"),
    [
        ({"editions": ["leadrs"]}, InputError, "no edition 'leadrs'"),
        ({"chapters": ["03"]}, InputError, "no chapter '03'"),
        ({"year": 2030}, WorkspaceError, "no cycle 2030"),
        ({"jobs": 0}, InputError, "at least 1"),
        ({"parameters": {"sed": 1}}, ParameterError, "did you mean 'seed'"),
        ({"parameters": {"seed": "1"}}, ParameterError, "must be a whole number"),
        ({"parameters": {"edition": "core"}}, ParameterError, "set by the run itself"),
    ],
)
def test_a_wrong_request_is_refused_before_anything_is_read(house, wrong, error, words):
    house.enter(activity("a1", "wrong"))
    with pytest.raises(error, match=words):
        run(house.workspace, **wrong)
    assert not house.cycle.outputs("core").exists()


def test_a_notebook_that_cannot_be_told_what_to_make_is_refused(house):
    house.chapter(FIRST, tag="other")
    with pytest.raises(ChapterError, match="no cell with the tag `parameters`"):
        run(house.workspace)
    house.settings(SETTINGS.replace("core", "nowhere"))
    with pytest.raises(WorkspaceError, match="'nowhere' is not known"):
        run(house.workspace)


WIDE = SETTINGS + '[editions.public]\nclearance = "internal"\nwithhold_not_for_mainland = false\n'


def test_a_widened_edition_that_goes_outside_is_made_once_somebody_agreed(house):
    house.settings(WIDE)
    report = run(house.workspace, editions=["public", "leaders"])
    states = {made.edition: made.state for made in report.editions}
    assert states == {"leaders": "made", "public": "failed"}
    text = "\n".join(report.lines)
    assert "rows up to internal (usually: public); rows not for mainland China" in text
    assert 'write into [editions.public] of workbook.toml: widening_agreed_by = "' in text
    assert not house.pages("public")
    house.settings(WIDE + 'widening_agreed_by = "executive director, 3 November"\n')
    report = run(house.workspace, editions=["public"])
    assert not report.failed
    assert "Agreed by: executive director, 3 November." in "\n".join(report.lines)
    assert "Wider than usual" in house.pages("public")["index.html"].decode()
    assert "executive director" not in house.pages("public")["run.json"].decode()


def test_a_widened_edition_that_stays_inside_is_made_and_told(house):
    house.settings(SETTINGS + '[editions.leaders]\nclearance = "restricted"\n')
    report = run(house.workspace, editions=["leaders"])
    assert not report.failed
    assert "leaders shows more than usual: rows up to restricted (usually: internal)." in (
        report.warnings
    )


def test_a_chapter_without_input_has_no_page_and_the_front_page_says_how_to_begin(tmp_path):
    workspace = make_workspace(tmp_path / "ws", {})
    assert not run(workspace, editions=["leaders"]).failed
    outputs = workspace.cycle().outputs("leaders")
    assert not (outputs / "02_china_presence.html").exists()
    front = (outputs / "index.html").read_text(encoding="utf-8")
    assert "To begin, list the options for a presence" in front
    assert "02_china_presence.html" not in front
    again = run(workspace, editions=["leaders"])
    assert [edition.state for edition in again.editions] == ["fresh"]
