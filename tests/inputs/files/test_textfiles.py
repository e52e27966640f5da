"""Text files are read whatever program wrote them: encodings, separators, quotation marks."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategy_lib.inputs.files.kinds import sniff
from strategy_lib.inputs.files.rawsheets import Refusal
from strategy_lib.inputs.files.textfiles import SEPARATORS, find_encoding, read_text
from strategy_lib.schema.limits import LIMITS, Limits
from tests.inputs.sent import ACTIVITY_HEADINGS, activity, read, text, the_only

ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030"]
CHINESE = [
    ACTIVITY_HEADINGS,
    activity(title="与路桥公司对话", counterpart="中国路桥工程有限责任公司"),
]
WESTERN = [
    ACTIVITY_HEADINGS,
    activity(title="Où créer l'échange", counterpart="Société née à Köln"),
]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("separator", SEPARATORS)
def test_chinese_text_in_every_encoding_and_with_every_separator(tmp_path, encoding, separator):
    data = text(CHINESE, separator).encode(encoding)
    tables = read(tmp_path, {"mapping/activities.csv": data})
    assert tables["activities"]["title"].tolist() == ["与路桥公司对话"]
    assert tables["activities"]["counterpart"].tolist() == ["中国路桥工程有限责任公司"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "cp1252"])
def test_western_text_in_every_encoding(tmp_path, encoding):
    data = text(WESTERN, ";").encode(encoding)
    tables = read(tmp_path, {"mapping/activities.txt": data})
    assert tables["activities"]["title"].tolist() == ["Où créer l'échange"]


@pytest.mark.parametrize("word", ["Activité", "Créée", "Español", "Übergröße", "Ångström", "né"])
def test_a_single_western_word_is_not_taken_for_chinese(word):
    assert find_encoding(f"title\n{word}\n".encode("cp1252")) == "cp1252"


@pytest.mark.parametrize("word", ["活动", "对方机构", "立场；主题", "中文名称，类型"])
def test_a_single_chinese_word_is_not_taken_for_western(word):
    assert find_encoding(f"title\n{word}\n".encode("gb18030")) == "gb18030"


def test_an_encoding_that_had_to_be_found_out_is_told(tmp_path):
    tables = read(tmp_path, {"mapping/activities.csv": text(CHINESE).encode("gb18030")})
    note = the_only(tables, "encoding")
    assert "GB18030" in note.message and note.file == "mapping/activities.csv"
    assert not tables.errors


def test_rows_are_numbered_as_a_spreadsheet_program_numbers_them(tmp_path):
    rows = [ACTIVITY_HEADINGS, activity(title="two\nlines"), [], activity(title="After a gap")]
    tables = read(tmp_path, {"mapping/activities.csv": text(rows)})
    assert tables["activities"]["source_row"].tolist() == [2, 4]
    assert tables["activities"]["title"].tolist()[0] == "two\nlines"


def test_the_line_by_which_excel_is_told_the_separator(tmp_path):
    content = "sep=;\r\n" + text([ACTIVITY_HEADINGS, activity()], ";")
    tables = read(tmp_path, {"mapping/activities.csv": content})
    assert tables["activities"]["source_row"].tolist() == [2]


def test_the_separator_is_the_one_that_makes_headings_known(tmp_path):
    rows = [
        ACTIVITY_HEADINGS,
        *(activity(title="a, b, c, d, e, f, g, h, i, j, k, l") for _ in range(5)),
    ]
    content = "\n".join(";".join(map(str, row)) for row in rows)
    tables = read(tmp_path, {"mapping/activities.csv": content})
    assert len(tables["activities"]) == 5


def test_a_quotation_mark_that_stays_open_is_found(tmp_path):
    rows = text([ACTIVITY_HEADINGS, activity()]) + '"ke,Talks\n' + text([activity()] * 3)
    tables = read(tmp_path, {"mapping/activities.csv": rows})
    problem = the_only(tables, "broken_csv")
    assert (problem.row, problem.severity) == (3, "error")


def test_quotation_marks_inside_a_text_are_read_as_excel_does(tmp_path):
    content = (
        text([ACTIVITY_HEADINGS]) + ",".join(map(str, activity(title='The "Road" talks'))) + "\n"
    )
    tables = read(tmp_path, {"mapping/activities.csv": content})
    assert tables["activities"]["title"].tolist() == ['The "Road" talks']


def test_a_row_with_too_many_cells_has_lost_its_order(tmp_path):
    content = text([ACTIVITY_HEADINGS, activity(), [*activity(), "one", "more"]])
    tables = read(tmp_path, {"mapping/activities.csv": content})
    problem = the_only(tables, "shifted_row")
    assert (problem.row, problem.severity) == (3, "error")


def test_too_many_cells_are_refused():
    raw = read_text(b"a,b\n" * 100, "x.csv", Limits(cells=50))
    assert [r.kind for r in raw.refusals] == ["too_many_cells"]


@settings(deadline=None, derandomize=True, max_examples=200)
@given(data=st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data):
    kind = sniff(data, "x.csv", LIMITS)
    if kind == "text":
        raw = read_text(data, "x.csv", LIMITS)
        assert raw.sheets or raw.refusals
    else:
        assert isinstance(kind, Refusal) or kind in ("xls", "xlsx", "ods", "xlsb")
    assert data or isinstance(kind, Refusal)


@settings(deadline=None, derandomize=True, max_examples=100)
@given(
    words=st.lists(st.text("活动对方机构主题国家年月日", min_size=2, max_size=9), min_size=1),
    encoding=st.sampled_from(ENCODINGS),
)
def test_chinese_words_come_back_as_they_were(words, encoding):
    raw = read_text("\n".join(["title", *words]).encode(encoding), "x.csv", LIMITS)
    assert [row[0] for row in raw.sheets[0].rows[1:]] == words
