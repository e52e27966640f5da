"""What of an executed notebook reaches its page."""

from __future__ import annotations

import nbformat
import pandas as pd
import plotly.graph_objects as go
import pytest

from strategy_lib.chapters.page import Page
from strategy_lib.core.errors import ChapterError, InputError
from strategy_lib.plotting.theme import finish
from strategy_lib.publishing.body import page_body
from strategy_lib.publishing.display import (
    PLOTLY,
    figure_outputs,
    page_output,
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
    blocks = [block for group in made.groups for block in group.blocks]
    return "\n".join(str(getattr(block, "html", block)) for block in blocks)


def titles(groups):
    return [str(group.title) for group in groups]


def table(title="A table", name="", rows=1):
    frame = pd.concat([FRAME] * rows)
    return table_output(page_table(frame, title, max_rows=None), name).data


def figure(title="A finding", name=""):
    drawn = finish(go.Figure(go.Bar(x=[1])), title)
    return [output.data for output in figure_outputs(drawn, FRAME, "Read it so.", "", name)]


def main_part():
    return code(page_output(Page("Nobody knows.")).data)


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


def test_a_heading_with_nothing_under_it_is_left_out_and_so_is_the_title():
    made = body(
        markdown("# The question"), markdown("## Workshop"), code(tags=["workshop"]),
        markdown("## Result"), code(table()), markdown("## Nothing"),
    )  # fmt: skip
    assert titles(made.groups) == ["Result"]


def test_tables_stand_behind_and_words_alone_at_the_end():
    made = body(
        main_part(), markdown("# The question\n\nWhat you decide."),
        markdown("## Routes\n\nSide by side.\n\n### More"), code(table("Shown")),
        markdown("## Sources\n\nA book."),
    )  # fmt: skip
    assert made.page == Page("Nobody knows.")
    assert titles(made.behind) == ["Routes"] and titles(made.words) == ["Sources"]
    assert "<h4>More</h4>" in text(made)


def test_tables_are_called_as_pictures_call_them_and_each_has_a_place_of_its_own():
    made = body(code(table("T", "first_by_unit"), table("T", "first_by_unit"), table("Bare")))
    assert [(anchor, one.title) for anchor, one in made.tables.items()] == [
        ("table-first_by_unit", "First by unit"), ("table-first_by_unit-more", "First by unit"),
        ("table-n3", "Bare"),
    ]  # fmt: skip
    assert made.links(["first_by_unit", "hidden"]) == [("table-first_by_unit", "First by unit")]


def test_behind_a_main_part_tables_are_cut_and_where_they_are_the_content_they_are_not():
    (cut,) = body(main_part(), code(table(rows=60))).tables.values()
    (whole,) = body(code(table(rows=60))).tables.values()
    assert (len(cut.table.rows), cut.count, len(whole.table.rows)) == (40, 60, 60)


def test_a_figure_is_the_table_of_its_numbers():
    (shown,) = body(code(*figure("A <b>finding</b>", "bars"))).tables.values()
    assert (shown.anchor, shown.table.title) == ("table-bars", "A <b>finding</b>")
    assert "Kenya" in shown.html


def test_a_figure_without_its_numbers_is_refused():
    bare = {PLOTLY: figure()[0][PLOTLY]}
    with pytest.raises(ChapterError, match="cell 1 has no table of its numbers"):
        body(code(bare))


@pytest.mark.parametrize(
    "kind",
    ["text/html", "image/png", "application/javascript", "text/latex",
     "application/vnd.jupyter.widget-view+json"],
)  # fmt: skip
def test_what_a_page_cannot_hold_stops_the_run(kind):
    with pytest.raises(ChapterError, match=r"cell 2 shows .*which a page cannot hold"):
        body(markdown("x"), code({kind: "SECRET", "text/plain": "SECRET"}))


def test_html_beside_our_own_data_is_not_used():
    data = {**table(), "text/html": "<script>EVIL</script>"}
    assert "EVIL" not in text(body(code(data)))


def test_markdown_from_a_cell_makes_neither_links_nor_headings():
    made = body(code({"text/markdown": "# Big\n\n[a](https://evil.example) <script>x</script>"}))
    assert "evil.example" not in text(made)
    assert "<script" not in text(made)
    assert [str(group.title) for group in made.groups] == [""]
    assert "<h" not in text(made)


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
