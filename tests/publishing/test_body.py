"""What of an executed notebook reaches its page."""

from __future__ import annotations

import nbformat
import pandas as pd
import plotly.graph_objects as go
import pytest

from strategy_lib.chapters.page import Page
from strategy_lib.core.errors import ChapterError, InputError
from strategy_lib.plotting.pictures import Column, Grid, Picture, Row
from strategy_lib.plotting.theme import finish
from strategy_lib.publishing.body import MOST_ROWS, Listed, page_body
from strategy_lib.publishing.display import (
    PLOTLY,
    figure_outputs,
    page_output,
    sentences_output,
    table_output,
)
from strategy_lib.publishing.tabulate import page_table

FRAME = pd.DataFrame({"office": ["Kenya"], "n": [3]})


def markdown(text, *tags):
    return nbformat.v4.new_markdown_cell(text, metadata={"tags": list(tags)})


def code(*outputs, tags=()):
    made = [nbformat.v4.new_output("display_data", data=data) for data in outputs]
    return nbformat.v4.new_code_cell("SOURCE = 1", outputs=made, metadata={"tags": list(tags)})


def body(*cells):
    return page_body(nbformat.v4.new_notebook(cells=list(cells)))


def text(made):
    """Everything that stands behind the main part."""
    parts = []
    for group in (*made.behind, *made.words):
        parts.append(str(group.title))
        parts += [f"{b.title}\n{b.html}" if isinstance(b, Listed) else b for b in group.blocks]
    return "\n".join(map(str, parts))


def titles(made):
    return [str(group.title) for group in made.groups if group.title]


def table(title="A table", name="", frame=FRAME):
    return table_output(page_table(frame, title, max_rows=None), name).data


def figure(title="A finding", name=""):
    made = finish(go.Figure(go.Bar(x=[1])), title)
    return [output.data for output in figure_outputs(made, FRAME, "Read it so.", "", name)]


def main_part():
    grid = Grid((Column("Answers"),), (Row("Kenya", ("3",)),))
    return Page("Kenya has answered.", ("It is one of 3.",), Picture("A picture", grid))


def test_code_printed_text_and_bare_values_stay_behind():
    cell = code({"text/plain": "SECRET"}, table())
    cell.outputs.insert(0, nbformat.v4.new_output("stream", name="stderr", text="SECRET warning"))
    made = body(cell)
    assert "A table" in text(made)
    assert "SECRET" not in text(made)
    assert "SOURCE" not in text(made)


@pytest.mark.parametrize("tag", ["parameters", "injected-parameters", "hide", "workshop"])
def test_cells_for_others_stay_behind(tag):
    made = body(code(table("Mine")), code(table("Not mine"), tags=[tag]), markdown("secret", tag))
    assert "Not mine" not in text(made)
    assert "secret" not in text(made)


def test_a_page_is_its_main_part_and_its_tables():
    made = body(
        markdown("# The question\n\nWhat you decide."),
        code(page_output(main_part()).data),
        markdown("## Answers"),
        code(table("By office", "by_office")),
    )
    assert made.page == main_part()
    assert titles(made) == ["Answers"]
    assert made.links(["by_office", "not_shown"]) == [("table-by_office", "By office")]
    assert "What you decide." not in text(made), "it is for whoever runs the notebook"


def test_a_notebook_without_a_main_part_has_its_tables():
    assert body(code(table())).page is None


def test_words_alone_stand_apart_from_tables():
    made = body(
        markdown("## Harm\n\nBefore all else."),
        code(),
        markdown("## Routes\n\nSide by side."),
        code(table("Shown")),
        markdown("## Sources\n\nAfter a guide."),
        code(table("Not for the page"), tags=["workshop"]),
    )
    assert [str(group.title) for group in made.behind] == ["Routes"]
    assert [str(group.title) for group in made.words] == ["Harm", "Sources"]
    assert "Not for the page" not in text(made)


def test_the_title_and_headings_with_nothing_under_them_are_left_out():
    made = body(
        markdown("# The question\n\nWhat you decide."),
        markdown("## Workshop"),
        markdown("### Also workshop"),
        code(tags=["workshop"]),
        markdown("## Result"),
        markdown("#### Deep"),
        code(table()),
        markdown("## Nothing"),
    )
    assert [str(group.title) for group in made.behind] == ["Result"]
    assert "<h4>Deep</h4>" in text(made)
    assert "The question" not in text(made) and "Nothing" not in titles(made)


def test_sentences_are_escaped():
    assert "Two &lt;b&gt;." in text(
        body(markdown("## Notes"), code(sentences_output(["Two <b>."]).data))
    )


def test_each_table_has_an_anchor_of_its_own():
    made = body(code(table("One", "ranks")), code(table("Two", "ranks")), code(table("Three")))
    assert list(made.tables) == ["table-ranks", "table-ranks-more", "table-n3"]
    assert [listed.title for listed in made.tables.values()] == ["Ranks", "Ranks", "Three"]


def test_behind_a_main_part_a_long_table_is_cut_and_says_how_many_rows_it_has():
    frame = pd.DataFrame({"n": range(MOST_ROWS + 5)})
    long = code(table(frame=frame))
    (cut,) = body(code(page_output(main_part()).data), long).tables.values()
    assert (len(cut.table.rows), cut.count) == (MOST_ROWS, MOST_ROWS + 5)
    assert f"The first {MOST_ROWS} of {MOST_ROWS + 5} rows." in cut.html
    (whole,) = body(long).tables.values()
    assert len(whole.table.rows) == MOST_ROWS + 5, "where tables are the content, they are whole"


def test_of_a_figure_its_numbers_stand_behind():
    made = body(code(*figure("F one", "ranks")), code(*figure("F two")))
    assert [listed.title for listed in made.tables.values()] == ["Ranks", "F two"]
    assert "F one" in made.tables["table-ranks"].html and "Kenya" in made.tables["table-ranks"].html
    assert "plotly" not in text(made)


def test_a_figure_without_its_numbers_is_refused():
    bare = {PLOTLY: figure()[0][PLOTLY]}
    with pytest.raises(ChapterError, match="cell 1 has no table of its numbers"):
        body(code(bare))


@pytest.mark.parametrize("between", [table(), figure()[0]])
def test_numbers_belong_to_the_figure_just_before_them(between):
    first, notes = figure("F one")
    with pytest.raises(ChapterError, match="no table"):
        body(code(first, between, notes))


@pytest.mark.parametrize(
    "kind",
    [
        "text/html",
        "image/png",
        "application/javascript",
        "text/latex",
        "application/vnd.jupyter.widget-view+json",
    ],
)
def test_what_a_page_cannot_hold_stops_the_run(kind):
    with pytest.raises(ChapterError, match=r"cell 2 shows .*which a page cannot hold"):
        body(markdown("x"), code({kind: "SECRET", "text/plain": "SECRET"}))


def test_html_beside_our_own_data_is_not_used():
    data = {**table(), "text/html": "<script>EVIL</script>"}
    assert "EVIL" not in text(body(code(data)))


def test_markdown_from_a_cell_makes_neither_links_nor_headings():
    made = body(
        code(table(), {"text/markdown": "# Big\n\n[a](https://evil.example) <script>x</script>"})
    )
    assert "evil.example" not in text(made)
    assert "<script" not in text(made)
    assert titles(made) == []


def test_a_failed_cell_is_never_published():
    cell = code()
    cell.outputs = [
        nbformat.v4.new_output("error", ename="ValueError", evalue="broken", traceback=[])
    ]
    with pytest.raises(ChapterError, match="cell 1 failed: ValueError: broken"):
        body(cell)


def test_a_figure_without_a_title_is_refused_when_it_is_shown():
    with pytest.raises(InputError, match="needs a title"):
        figure_outputs(go.Figure(), FRAME, "", "")
