"""What of an executed notebook reaches its page."""

from __future__ import annotations

import nbformat
import pandas as pd
import plotly.graph_objects as go
import pytest

from strategy_lib.core.errors import ChapterError, InputError
from strategy_lib.plotting.theme import finish
from strategy_lib.publishing.body import page_body
from strategy_lib.publishing.display import (
    FIGURE_NOTES,
    PLOTLY,
    figure_outputs,
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
    return "\n".join(str(block.html) for block in made.blocks)


def table(title="A table"):
    return table_output(page_table(FRAME, title)).data


def figure(title="A finding"):
    outputs = figure_outputs(finish(go.Figure(go.Bar(x=[1])), title), FRAME, "Read it so.", "")
    return [output.data for output in outputs]


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


def test_words_that_introduce_what_an_edition_does_not_show_go_with_their_heading():
    made = body(
        markdown("# The question\n\nWhat you decide."),
        code(),
        markdown("## Harm\n\nBefore all else."),
        code(),
        code(tags=["hide"]),
        markdown("## Routes\n\nSide by side."),
        code(),
        code(table("Shown")),
        markdown("## Sources\n\nAfter a guide."),
        code(table("Not for the page"), tags=["workshop"]),
    )
    assert "What you decide." in text(made), "the first words introduce the whole"
    assert "Harm" not in text(made) and "Before all else." not in text(made)
    assert "Side by side." in text(made) and "After a guide." in text(made)
    assert [entry.title for entry in made.contents] == ["Routes", "Sources"]


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
    assert [(b.level, str(b.html)) for b in made.blocks if b.level] == [(2, "Result"), (3, "Deep")]
    assert [(entry.anchor, entry.title) for entry in made.contents] == [("part-1", "Result")]


def test_the_bottom_line_is_set_apart():
    made = body(
        markdown("## The bottom line", "bottom-line"),
        code(sentences_output(["One.", "Two <b>."]).data, tags=["bottom-line"]),
        markdown("after"),
    )
    assert "<li" in made.bottom_line
    assert "Two &lt;b&gt;." in made.bottom_line
    assert text(made) == "<p>after</p>\n"


def test_tables_and_figures_are_numbered_in_their_order():
    made = body(
        code(*figure("F one")), code(table("T one"), table("T two")), code(*figure("F two"))
    )
    numbers = [(b.figure.number, b.figure.chart.title) for b in made.blocks if b.figure]
    assert numbers == [(1, "F one"), (2, "F two")]
    assert '<span class="label">Table 2</span> T two' in text(made)
    assert made.figure_kinds == {"bar"}


def test_a_figure_brings_its_notes_and_numbers():
    shown = body(code(*figure())).blocks[0].figure
    assert (shown.alt, shown.how_to_read, shown.is_short) == ("A finding", "Read it so.", True)
    assert "Kenya" in shown.numbers


def test_a_figure_without_its_numbers_is_refused():
    bare = {PLOTLY: figure()[0][PLOTLY]}
    with pytest.raises(ChapterError, match="cell 1 has no table of its numbers"):
        body(code(bare))


def test_numbers_belong_to_the_figure_just_before_them():
    first, notes = figure("F one")
    with pytest.raises(ChapterError, match="no table"):
        body(code(first, table(), notes))


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
    assert made.contents == ()


def test_a_failed_cell_is_never_published():
    cell = code()
    cell.outputs = [
        nbformat.v4.new_output("error", ename="ValueError", evalue="broken", traceback=[])
    ]
    with pytest.raises(ChapterError, match="cell 1 failed: ValueError: broken"):
        body(cell)


def test_notes_alone_show_nothing():
    assert body(code({FIGURE_NOTES: figure()[1][FIGURE_NOTES]})).blocks == ()


def test_a_figure_without_a_title_is_refused_when_it_is_shown():
    with pytest.raises(InputError, match="needs a title"):
        figure_outputs(go.Figure(), FRAME, "", "")
