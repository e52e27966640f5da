"""Pictures as HTML: every text is there and harmless, every mark is inside its column."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategy_lib.chapters.page import Page, Part, Section
from strategy_lib.plotting.pictures import (
    Bar,
    Column,
    Dots,
    Grid,
    Picture,
    Quotes,
    Range,
    Row,
    Shade,
    Sign,
    State,
    Tile,
    Tiles,
    Unknown,
    from_payload,
    payload,
    steps,
)
from strategy_lib.plotting.theme import clean
from strategy_lib.publishing.main_part import crumbs, lab_page, main_part, no_links
from strategy_lib.publishing.pictures import drawing_html, picture_html

HOSTILE = [
    "<script>x()</script>",
    '"><img src=x onerror=x()>',
    "a & b",
    "' onclick='x()",
    "مكتب",
    "国际办公室",
    "{{ 7*7 }}",
    "a\u202eb\x00",
    "W" * 90,
    "</td></tr></table>",
]
PLACES = re.compile(r"(left|width):(-?[\d.e+-]+)%")
TAGS = {
    "table",
    "caption",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "span",
    "i",
    "small",
    "ul",
    "li",
    "b",
    "p",
    "div",
    "blockquote",
    "footer",
    "figure",
    "figcaption",
    "h2",
    "h3",
    "a",
    "section",
    "h1",
}
few = settings(max_examples=60, deadline=None)

texts = st.sampled_from(HOSTILE) | st.text(max_size=30)
numbers = st.floats(-1e6, 1e9, allow_nan=False) | st.integers(0, 10).map(float)
counts = st.integers(0, 60)
tones = st.sampled_from(["", "lead", "other", "limit"])
cells = st.one_of(
    texts,
    st.builds(Bar, texts, numbers, numbers, tones, st.booleans()),
    st.builds(Range, texts, numbers, numbers, numbers, tones),
    st.builds(Dots, texts, counts, counts, tones),
    st.builds(State, texts, st.sampled_from(list(map(str, Sign)))),
    st.builds(Shade, texts, st.integers(0, 4), st.booleans(), st.booleans()),
    st.builds(Unknown, texts),
)
columns = st.builds(
    Column,
    texts,
    texts,
    numbers,
    numbers,
    st.none() | numbers,
    st.sampled_from(["start", "end", "center"]),
    st.sampled_from(["", "5rem"]),
    st.sampled_from(["", "A"]),
    st.booleans(),
)


@st.composite
def grids(draw):
    heads = tuple(draw(st.lists(columns, max_size=4)))
    row = st.builds(Row, texts, st.tuples(*[cells for _ in heads]), texts, texts, tones)
    legend = st.lists(st.tuples(st.sampled_from(["lead", "s3", "hatch"]), texts), max_size=2)
    return Grid(
        heads,
        tuple(draw(st.lists(row, max_size=4))),
        draw(texts),
        "9rem",
        tuple(draw(legend)),
        draw(st.booleans()),
    )


places = st.integers(0, 12)
tiles = st.builds(
    Tile,
    texts,
    texts,
    places,
    places,
    st.integers(0, 4),
    st.sampled_from(["", "limit", "unknown", "both"]),
)
drawings = st.one_of(
    grids(),
    st.builds(Tiles, st.lists(tiles, max_size=5).map(tuple)),
    st.builds(Quotes, st.lists(st.tuples(texts, texts), max_size=3).map(tuple)),
)
pictures = st.builds(Picture, texts, drawings, texts, st.just(("ranks",)))


@st.composite
def pages(draw):
    parts = draw(st.lists(st.sampled_from(list(Part)), unique=True))
    parts.sort(key=list(Part).index)
    sections = [
        Section(part, draw(texts), (draw(texts),), tuple(draw(st.lists(pictures, max_size=2))))
        for part in parts
    ]
    said = tuple(draw(st.lists(texts, max_size=3)))
    return Page(draw(texts), said, draw(st.none() | pictures), tuple(sections), draw(texts))


class Seen(HTMLParser):
    """Tags, attributes and text of HTML."""

    def __init__(self, source):
        super().__init__()
        self.tags, self.names, self.text, self.open = [], set(), "", []
        self.feed(str(source))

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.names |= {name for name, _ in attrs}
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, "every element ends where it should"

    def handle_data(self, data):
        self.text += data


def said(drawing):
    """Texts of a drawing: of each cell, head, group, note and legend."""
    if isinstance(drawing, Grid):
        yield drawing.head
        yield from (text for column in drawing.columns for text in (column.head, column.note))
        for row in drawing.rows:
            yield from (row.head, row.note)
            yield from (cell if isinstance(cell, str) else cell.text for cell in row.cells)
        yield from (text for _, text in drawing.legend)
    elif isinstance(drawing, Tiles):
        yield from (text for tile in drawing.tiles for text in (tile.name, tile.text))
    else:
        yield from (text for quote in drawing.quotes for text in quote)


def shown(text):
    """A text as HTML shows it: a parser reads a lone carriage return as it stands."""
    return html.unescape(html.escape(clean(text)))


@few
@given(pictures)
def test_every_text_is_there_and_none_of_it_acts(picture):
    seen = Seen(picture_html(picture, "0", 2, [("table-ranks", HOSTILE[0])]))
    assert set(seen.tags) <= TAGS
    assert not [name for name in seen.names if name.startswith("on") or name == "src"]
    for text in (picture.title, picture.subtitle, *said(picture.drawing)):
        assert shown(text) in seen.text
    assert seen.open == []


@few
@given(drawings)
def test_marks_stay_inside_their_column(drawing):
    for kind, value in PLACES.findall(str(drawing_html(drawing, "A title"))):
        assert 0 <= float(value) <= 100, (kind, value)


@few
@given(pages())
def test_a_page_travels_whole_in_a_notebook(page):
    there = json.loads(json.dumps(payload(page)))
    assert from_payload(there) == from_payload(payload(page)) == page


@few
@given(pages())
def test_a_page_is_well_made_whatever_it_says(page):
    seen = Seen(main_part(page, no_links))
    assert seen.open == []
    assert seen.tags.count("h1") == 1
    assert shown(page.finding) in seen.text
    assert all(shown(sentence) in seen.text for sentence in page.sentences)
    ids = re.findall(r' id="([^"]+)"', str(main_part(page, no_links)))
    assert len(ids) == len(set(ids))
    assert {anchor for anchor, _ in crumbs(page)} <= set(ids)


def bar(value, column, **more):
    grid = Grid((column,), (Row("Kenya", (Bar("3", value, **more),)),))
    return PLACES.findall(str(drawing_html(grid, "")))


@pytest.mark.parametrize(
    ("value", "column", "end"),
    [
        (5, Column("", high=10), "50.0"),
        (5, Column(""), "100.0"),
        (5, Column("", limit=20), "25.0"),
        (0, Column(""), "0.0"),
        (-3, Column("", high=10), "0.0"),
        (30, Column("", high=10), "100.0"),
        (15, Column("", low=10, high=20), "50.0"),
    ],
)
def test_a_bar_ends_on_the_scale_of_its_column(value, column, end):
    assert bar(value, column)[1] == ("width", end)


def test_a_second_part_goes_on_from_the_first():
    first, width, second, more = bar(2, Column("", high=10), more=3)
    assert [first[1], width[1], second[1], more[1]] == ["0.0", "20.0", "20.0", "30.0"]


def test_people_are_dots_the_others_hollow_and_too_many_are_a_number():
    def dots(count, of):
        grid = Grid((Column(""),), (Row("Kenya", (Dots(f"{count} of {of}", count, of),)),))
        return str(drawing_html(grid, ""))

    assert (dots(3, 5).count("<i></i>"), dots(3, 5).count('<i class="hollow">')) == (3, 2)
    assert "<i" not in dots(15, 40) and "15 of 40" in dots(15, 40)


def test_marks_are_hidden_from_those_who_hear_and_their_numbers_are_not():
    cells = (Bar("55", 55), Range("1 to 5", 1, 3, 5), Dots("3", 3), State("seen", Sign.YES))
    grid = Grid(tuple(Column(str(i)) for i in range(4)), (Row("Kenya", cells),))
    made = str(drawing_html(grid, ""))
    hidden = re.findall(r'<span class="[^"]*" aria-hidden="true">.*?</span>', made)
    assert len(hidden) == 4
    left = made
    for mark in hidden:
        left = left.replace(mark, "")
    assert all(text in left for text in ("55", "1 to 5", "3", "seen"))


def test_unknown_is_hatched_and_says_why():
    grid = Grid((Column(""),), (Row("Kenya", (Unknown("Nobody was asked"),)),))
    assert re.search(r'class="hatch unknown".*Nobody was asked', str(drawing_html(grid, "")))


def test_a_group_is_said_once_and_letters_have_a_key():
    rows = tuple(Row(name, ("x",), group="Africa") for name in ("Kenya", "Chad"))
    made = str(drawing_html(Grid((Column("Health", letter="H"),), rows), ""))
    assert made.count("Africa") == 1
    assert "H Health" in made


def test_a_table_is_named_and_its_heads_have_a_scope():
    grid = Grid((Column("Answers"),), (Row("Kenya", ("3",)),))
    made = str(drawing_html(grid, 'A "title"'))
    assert "<caption" in made and "A &quot;title&quot;" in made
    assert made.count('scope="col"') == 2 and made.count('scope="row"') == 1


def test_a_drawing_that_nobody_draws_is_an_error():
    with pytest.raises(TypeError, match="nothing draws str"):
        drawing_html("a drawing", "")


def test_the_darker_the_better_whatever_the_scale():
    values = {"a": 0.0, "b": 10.0, "c": 25.0, "d": -5.0}
    assert steps(values, low=0, high=10, is_reversed=False) == {"a": 0, "b": 4, "c": 4, "d": 0}
    assert steps(values, low=0, high=10, is_reversed=True) == {"a": 4, "b": 0, "c": 0, "d": 4}
    assert steps({"a": 3.0}, low=3, high=3, is_reversed=False) == {"a": 0}


def test_sections_stand_in_their_order_once_and_few_sentences_at_the_top():
    section = Section(Part.FIRM, "How firm?", (), ())
    with pytest.raises(ValueError, match="order of Part"):
        Page("Found.", sections=(section, section))
    with pytest.raises(ValueError, match="order of Part"):
        Page("Found.", sections=(section, replace(section, part=Part.WHY)))
    with pytest.raises(ValueError, match="3 sentences at most"):
        Page("Found.", ("1", "2", "3", "4"))


def test_the_page_in_jupyterlab_keeps_its_style_to_itself():
    made = str(lab_page(Page("Found.")))
    style = made.partition("<style>")[2].partition("</style>")[0]
    assert style.startswith(".workbook-page {")
    assert "@page" not in style and "@media" not in style
    assert style.count("{") == style.count("}")
