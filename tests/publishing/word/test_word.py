"""Chapters and annex as Word: what they hold and can never hold, and what a template needs."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from itertools import pairwise

import docx
import nbformat
import pandas as pd
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from strategy_lib.chapters.page import Page, Section
from strategy_lib.core.audiences import DEFAULT_EDITIONS
from strategy_lib.core.errors import InputError
from strategy_lib.plotting.pictures import (
    Bar,
    Column,
    Dots,
    Grid,
    Picture,
    Quotes,
    Row,
    Shade,
    Sign,
    State,
    Tile,
    Tiles,
    Unknown,
)
from strategy_lib.publishing.annex import annex_parts
from strategy_lib.publishing.display import page_output, sentences_output, table_output
from strategy_lib.publishing.edition import ExecutedChapter, PublishContext
from strategy_lib.publishing.tabulate import page_table
from strategy_lib.publishing.word.document import annex_bytes, bundled_template, word_bytes
from strategy_lib.publishing.word.packed import packed, unpacked
from strategy_lib.publishing.word.template import NEEDED, STYLES
from tools.build_word_template import build

AS_OF = date(2026, 11, 1)
ORGANISATION = "Example International"
QUESTION = "What do we already do?"
HOSTILE = "<script>alert(1)</script>\x0b\u202e"
ARABIC, CHINESE = "\u0645\u0643\u062a\u0628 \u0645\u0635\u0631", "\u4e2d\u56fd\u529e\u516c\u5ba4"


def cell(*outputs, source="workspace = '/home/alice/acme'", tags=()):
    made = [nbformat.v4.new_output("display_data", data=shown.data) for shown in outputs]
    return nbformat.v4.new_code_cell(source, outputs=made, metadata={"tags": list(tags)})


def table(frame, title="A table", **options):
    return cell(table_output(page_table(frame, title, **options)))


def written(*cells, template=None, summary=None, **changes):
    given = {"bottom_line": ["Most is unknown."]} if summary is None else summary
    return word_bytes(chapter(cells, given), context(**changes), template or bundled_template())


def chapter(cells, summary=None):
    notebook = nbformat.v4.new_notebook(cells=list(cells))
    return ExecutedChapter("02_china_presence", "China presence", QUESTION, notebook, summary or {})


def context(**changes):
    values = {"organisation": ORGANISATION, "edition": DEFAULT_EDITIONS["leaders"], **changes}
    return PublishContext(language="en", cycle=2026, as_of=AS_OF, withheld=3, **values)


def opened(*cells, **options):
    return docx.Document(io.BytesIO(written(*cells, **options)))


def markdown(text):
    return nbformat.v4.new_markdown_cell(text)


def texts(document, style=None):
    return [p.text for p in document.paragraphs if style is None or p.style.name == style]


def everything(data):
    return "\n".join(content.decode("utf-8", "replace") for content in unpacked(data).values())


def data_tables(document):
    return document.tables[1:]  # the first is the template's own


def test_front_says_what_it_is_for_whom_and_how_to_handle_it():
    document = opened()
    front = texts(document) + [c.text for row in document.tables[0].rows for c in row.cells]
    for words in (
        ORGANISATION,
        "2 · China presence",
        QUESTION,
        "Leaders, 2026",
        "1 November 2026",
        "Leaders of the federation and its offices",
        "Internal. Do not pass it on.",
    ):
        assert words in front
    assert not re.search(r"\{\{", everything(written()))


def test_footer_has_handling_and_page_of_pages():
    footer = opened().sections[0].footer
    assert "Internal. Do not pass it on." in footer.paragraphs[0].text
    fields = [f.get(qn("w:instr")).strip() for f in footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_headings_are_real_and_levels_follow_the_page():
    document = opened(markdown("# Title\n\nx\n\n## Found\n\ny\n\n### More\n\nz\n\n#### Less\n\nz"))
    assert texts(document, "Heading 1") == ["Found", "About this document"]
    assert texts(document, "Heading 3") == ["More", "Less"]
    assert texts(document, "Title") == [QUESTION]


def test_a_page_without_a_main_part_begins_with_its_sentences():
    style = "Workbook Bottom Line"
    assert texts(opened(), style) == ["Most is unknown."]
    assert texts(opened(summary={}), "Heading 1") == ["About this document"]


def drawn(drawing, *sections):
    """A document of a page whose main picture is `drawing`."""
    picture = Picture("Kenya is first", drawing, "Middle scores, 0 to 10.")
    page = Page("Outside comes first.", ("Most is unknown.",), picture, sections, "Fragile")
    return opened(cell(page_output(page)), table(pd.DataFrame({"secret": [1]}), "Behind it"))


HEAT = Grid(
    (Column("Reach", note="0 to 10", letter="A"), Column("Freedom")),
    (
        Row("Outside", (Shade("8", 4, is_apart=True), Shade("2", 0)), group="Abroad", tone="lead"),
        Row("Office", (Shade("3", 1, is_limit=True), Unknown("not scored")), group="Inside"),
    ),
    head="Option",
    legend=(("s0", "worst"), ("s4", "best"), ("lead", "first")),
)


def test_the_title_is_the_finding_and_its_tables_stay_behind():
    document = drawn(HEAT)
    assert texts(document, "Title") == ["Outside comes first. · Fragile"]
    assert texts(document, "Subtitle") == ["2 · China presence"]
    assert texts(document, "Workbook Bottom Line") == ["Most is unknown."]
    assert QUESTION not in texts(document)
    assert len(data_tables(document)) == 1
    assert not any("Behind it" in text for text in texts(document))


def test_sections_are_headings_and_their_pictures_a_level_lower():
    quotes = Picture("In their words", Quotes((("We go on.", "a person"),)))
    document = drawn(HEAT, Section("why", "Why?", ("Because.",), (quotes,)))
    assert texts(document, "Heading 1") == ["Kenya is first", "1 Why?", "About this document"]
    assert texts(document, "Heading 2") == ["In their words"]
    assert texts(document, "Quote") == ["“We go on.”", "a person"]
    assert "Because." in texts(document, "Normal")


def test_a_heat_map_is_a_table_with_shaded_cells():
    document = drawn(HEAT)
    (made,) = data_tables(document)
    assert [cell.text for cell in made.rows[0].cells] == ["Option", "Reach\n0 to 10", "Freedom"]
    assert made.rows[0]._tr.xpath("w:trPr/w:tblHeader")
    assert [cell.text for cell in made.rows[2].cells] == ["Outside", "8↔", "2"]
    fills = [made.rows[2].cells[n]._tc.xpath("w:tcPr/w:shd/@w:fill") for n in (1, 2)]
    assert fills == [["08446e"], ["FFFFFF"]]
    dark = made.rows[2].cells[1].paragraphs[0].runs[0]
    assert str(dark.font.color.rgb) == "FFFFFF"
    assert made.rows[4].cells[1]._tc.xpath("w:tcPr/w:tcBorders/w:top/@w:color") == ["b04a00"]
    assert made.rows[4].cells[2].text == "not scored"
    assert made.rows[1]._tr.xpath("w:tc/w:tcPr/w:gridSpan/@w:val") == ["3"]
    assert all(run.bold for run in made.rows[2].cells[0].paragraphs[0].runs)
    # The legend has what the table has: no marks.
    (legend,) = [p for p in document.paragraphs if "worst" in p.text]
    assert "best" in legend.text and "first" not in legend.text


def test_marks_are_said_in_words():
    bars = Grid(
        (Column("Cost"), Column("State"), Column("People")),
        (
            Row(
                "Office",
                (
                    Bar("1.2", 1.2, is_hatched=True),
                    State("not written", Sign.ALARM),
                    Dots("3 of 5", 3, 5),
                ),
            ),
        ),
        legend=(("hatch", "not counted"),),
    )
    (made,) = data_tables(drawn(bars))
    said = [cell.text for cell in made.rows[1].cells]
    assert said == ["Office", "1.2 (not counted)", "not written", "3 of 5"]


def test_a_map_is_a_list_of_its_places_by_region():
    tiles = (
        Tile("Kenya", "12", 0, 0, 3, group="Africa"),
        Tile("Peru", "nobody asked", 1, 0, edge="unknown", group="America"),
    )
    document = drawn(Tiles(tiles, (("unknown", "nobody has looked"),), "And 2 more."))
    (made,) = data_tables(document)
    assert [[cell.text for cell in row.cells] for row in made.rows] == [
        ["Africa", "Africa"],
        ["Kenya", "12"],
        ["America", "America"],
        ["Peru", "nobody asked (nobody has looked)"],
    ]
    assert "And 2 more." in texts(document)


def test_the_annex_has_every_chapters_tables_with_their_numbers():
    cells = (
        cell(page_output(Page("Outside comes first."))),
        markdown("## Firm\n\nSo firm."),
        table(pd.DataFrame({"office": ["Kenya"] * 60}), "Sixty"),
        markdown("## Sources\n\nA book."),
    )
    parts = annex_parts([chapter(cells)])
    document = docx.Document(io.BytesIO(annex_bytes(parts, context(), bundled_template())))
    assert texts(document, "Title") == ["Tables of all chapters"]
    assert texts(document, "Heading 1") == ["2 · China presence", "About this document"]
    assert texts(document, "Heading 2") == ["Firm", "How this was made, and its sources"]
    assert texts(document, "Heading 3") == ["2.1  Sixty", "Sources"]
    assert len(data_tables(document)[0].rows) == 41
    assert "The first 40 of 60 rows." in texts(document)
    assert annex_bytes(parts, context(), bundled_template()) == annex_bytes(
        parts, context(), bundled_template()
    )


def test_document_ends_with_what_was_withheld():
    assert any("3 records were withheld" in text for text in texts(opened()))


def test_lists_emphasis_and_links():
    document = opened(
        markdown("- a **b**\n  - c\n\n1. d\n2. e\n\nSee [law](https://example.org/l).")
    )
    assert texts(document, "List Bullet")[:2] == ["a b", "c"]
    assert texts(document, "List Number") == ["d", "e"]
    bold = [r.text for p in document.paragraphs if p.text == "a b" for r in p.runs if r.bold]
    assert bold == ["b"]
    links = [link.address for p in document.paragraphs for link in p.hyperlinks]
    assert links == ["https://example.org/l"]


def test_a_heading_and_its_introduction_stay_with_the_table_that_they_introduce():
    alone = markdown("## Words\n\nNothing.\n\n## Found\n\nBefore all.\n\nLook at how many.")
    few = pd.DataFrame({"office": ["Kenya"]})
    document = opened(alone, table(few), markdown("Then:"), table(few))
    kept = {p.text for p in document.paragraphs if p._p.xpath("w:pPr/w:keepNext")}
    assert {"Words", "Found", "Look at how many.", "Then:"} <= kept
    assert not kept & {"Nothing.", "Before all."}


def test_each_numbered_list_begins_at_one():
    document = opened(markdown("1. a\n2. b"), markdown("1. c"))
    numbers = [p._p.pPr.numPr.numId.val for p in document.paragraphs if p.text in "abc"]
    assert numbers[0] == numbers[1] != numbers[2]
    made = document.part.numbering_part.element.num_having_numId(numbers[2])
    assert made.xpath("w:lvlOverride/w:startOverride/@w:val") == ["1"]


def test_tables_are_tables_with_a_head_that_comes_again_and_whole_rows():
    frame = pd.DataFrame({"office": ["Kenya", "Peru"], "n": [3, 5]})
    document = opened(table(frame, "Two offices", note="As entered."))
    (made,) = data_tables(document)
    assert [[c.text for c in row.cells] for row in made.rows] == [
        ["Office", "Count"],
        ["Kenya", "3"],
        ["Peru", "5"],
    ]
    heads = [row.find(f".//{qn('w:tblHeader')}") is not None for row in made._tbl.tr_lst]
    assert heads == [True, False, False]
    assert all(row.find(f".//{qn('w:cantSplit')}") is not None for row in made._tbl.tr_lst)
    assert texts(document, "Caption") == ["Two offices"]
    assert "As entered." in texts(document, "Workbook Note")
    assert made.style.name == "Workbook Table"


def test_tables_never_touch_each_other_and_fit_their_page():
    frame = pd.DataFrame({f"a longer heading {n}": ["some words of text"] for n in range(14)})
    document = opened(table(frame), table(frame.iloc[:, :2]), markdown("After."))
    elements = list(document.element.body)
    for first, second in pairwise(elements):
        assert not (first.tag == second.tag == qn("w:tbl"))
    turned = [section.page_width > section.page_height for section in document.sections]
    assert turned == [False, True, False]
    wide, narrow = data_tables(document)
    for made, section in ((wide, document.sections[1]), (narrow, document.sections[2])):
        room = section.page_width - section.left_margin - section.right_margin
        assert sum(column.width for column in made.columns) <= room
    # The caption stands on the page of its table.
    captions = [p._p for p in document.paragraphs if p.style.name == "Caption"]
    breaks = list(document.element.body.iter(qn("w:sectPr")))
    order = list(document.element.body.iter())
    assert order.index(breaks[0]) < order.index(captions[0]) < order.index(wide._tbl)
    assert order.index(breaks[1]) < order.index(captions[1])


def test_sentences_of_which_none_is_left_write_nothing():
    assert "Words." in texts(opened(cell(sentences_output([""])), markdown("Words.")))


def test_empty_table_says_so():
    document = opened(table(pd.DataFrame({"office": [], "n": []})))
    assert [c.text for c in data_tables(document)[0].rows[0].cells] == ["Nothing to list."] * 2


def test_sentences_that_say_nothing_leave_the_rest_of_the_chapter():
    """A workspace without costs has a list of sentences in chapter 02 that is empty."""
    document = opened(cell(sentences_output([])), markdown("After it"))
    assert "After it" in texts(document)


def test_table_without_columns_is_no_table():
    document = opened(table(pd.DataFrame(), "Nothing"))
    assert all(t.rows for t in data_tables(document))


def test_hostile_text_is_text_and_nothing_of_the_notebook_gets_out():
    frame = pd.DataFrame({"office": [HOSTILE, "=HYPERLINK(1)", "{{title}} {{body}}"], "n": 1})
    said = sentences_output(["{{organisation}} " + HOSTILE])
    data = written(cell(said), table(frame, HOSTILE), markdown("[x](javascript:alert)"))
    document = docx.Document(io.BytesIO(data))
    cells = [row.cells[0].text for row in data_tables(document)[0].rows]
    assert cells[1:] == ["<script>alert(1)</script>", "=HYPERLINK(1)", "{{title}} {{body}}"]
    assert "{{organisation}} <script>alert(1)</script>" in texts(document)
    content = everything(data)
    for private in ("/home", "alice", "javascript", "<script", "\u202e", "\x0b", "python-docx"):
        assert private not in content


def test_organisation_named_like_a_placeholder_stays_a_name():
    assert "{{body}}" in texts(opened(organisation="{{body}}"))


def test_scripts_and_directions():
    frame = pd.DataFrame({"office": [ARABIC, CHINESE]})
    document = opened(table(frame), cell(sentences_output([f"{ARABIC} (Egypt)"])))
    rows = data_tables(document)[0].rows
    arabic, chinese = rows[1].cells[0].paragraphs[0], rows[2].cells[0].paragraphs[0]
    assert arabic._p.pPr.find(qn("w:bidi")) is not None
    assert arabic.runs[0].font.rtl
    assert chinese._p.pPr.find(qn("w:bidi")) is None
    assert chinese.runs[0]._r.rPr.rFonts.get(qn("w:hint")) == "eastAsia"
    (mixed,) = [p for p in document.paragraphs if "Egypt" in p.text]
    assert [bool(run.font.rtl) for run in mixed.runs] == [True, False]


def test_properties_name_the_organisation_and_no_person_or_clock():
    about = opened().core_properties
    assert about.title == "2 · China presence · 2026"
    assert about.author == about.last_modified_by == ORGANISATION
    assert about.created.date() == about.modified.date() == AS_OF
    assert about.comments == about.keywords == ""


def test_same_chapter_same_bytes_and_no_clock_in_the_zip():
    cells = (markdown("## A\n\nb"), table(pd.DataFrame({"a": [1]})))
    first = written(*cells)
    assert first == written(*cells)
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


# As the schemas of ECMA-376 have it, of what a document here uses.
ORDERS = {
    "w:pPr": "pStyle keepNext keepLines pageBreakBefore numPr pBdr shd tabs bidi spacing ind "
    "contextualSpacing jc outlineLvl rPr sectPr",
    "w:rPr": "rStyle rFonts b bCs i iCs color spacing kern sz szCs u bdr shd rtl lang",
    "w:tcPr": "tcW gridSpan tcBorders shd tcMar vAlign",
    "w:tblPr": "tblStyle bidiVisual tblW jc tblInd tblBorders tblLayout tblCellMar tblLook "
    "tblCaption tblDescription",
    "w:trPr": "cantSplit tblHeader",
    "w:sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc "
    "pgBorders lnNumType pgNumType cols titlePg docGrid",
}


def test_properties_stand_in_the_order_that_word_asks_for():
    wide = pd.DataFrame({f"a longer heading {n}": ["more words"] for n in range(14)})
    document = opened(
        markdown("1. a\n   - b\n\n     c\n\n> *d* `e` [f](https://example.org)"),
        table(wide),
        cell(sentences_output([ARABIC, CHINESE])),
    )
    for name, given in ORDERS.items():
        order = [qn(f"w:{child}") for child in given.split()]
        roots = (document.element.body, document.styles.element)
        for found in (each for root in roots for each in root.iter(qn(name))):
            places = [order.index(child.tag) for child in found]
            assert places == sorted(places), name


def changed(change):
    """The bundled template after `change`."""
    document = docx.Document(io.BytesIO(bundled_template()))
    change(document)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def test_template_names_everything_it_lacks_at_once():
    def break_it(document):
        for row in document.tables[0].rows:
            row.cells[1].text = "{{audience}}" if row.cells[0].text == "For" else ""
        document.styles["Caption"].delete()
        document.styles["Workbook Table"].delete()
        document.add_paragraph("{{titel}}")

    with pytest.raises(InputError) as caught:
        written(template=changed(break_it))
    message = str(caught.value)
    assert "placeholder {{cycle}} is missing" in message
    assert "{{titel}} is no placeholder" in message
    assert "paragraph style “Caption” is missing" in message
    assert "table style “Workbook Table” is missing" in message
    assert "{{handling}} is missing" not in message  # it stands in the footer


def test_empty_document_lacks_every_placeholder():
    target = io.BytesIO()
    docx.Document().save(target)
    with pytest.raises(InputError) as caught:
        written(template=target.getvalue())
    assert all(f"{{{{{name}}}}} is missing" in str(caught.value) for name in NEEDED)


@pytest.mark.parametrize("bad", [b"", b"no zip", packed({"a.txt": b"x"}), bundled_template()[:900]])
def test_template_that_is_no_document(bad):
    with pytest.raises(InputError, match="no Word document"):
        written(template=bad or b"\x00")


def test_body_must_stand_alone():
    def move(document):
        place = next(p for p in document.paragraphs if p.text == "{{body}}")
        place.text = "Here: {{body}}"

    with pytest.raises(InputError, match="must stand once, alone"):
        written(template=changed(move))


def test_placeholder_cut_into_runs_is_still_found():
    def cut(document):
        place = next(p for p in document.paragraphs if p.text == "{{heading}}")
        place.text = ""
        for piece in ("We ask: {{", "head", "ing}} Now."):
            place.add_run(piece)

    assert f"We ask: {QUESTION} Now." in texts(opened(template=changed(cut)))


def test_restyled_template_keeps_its_look_and_loses_its_traces():
    def restyle(document):
        document.styles["Heading 1"].font.name = "Georgia"
        document.core_properties.author = "alice"
        document.core_properties.comments = "draft of alice"
        document.add_comment(document.paragraphs[0].runs, "by alice", author="alice", initials="al")
        change = OxmlElement("w:ins")
        change.set(qn("w:id"), "9")
        change.set(qn("w:author"), "alice")
        document.paragraphs[0]._p.append(change)

    files = unpacked(changed(restyle))
    files["word/settings.xml"] = files["word/settings.xml"].replace(
        b"</w:settings>",
        b'<w:attachedTemplate xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships" r:id="rId1"/></w:settings>',
    )
    files["word/_rels/settings.xml.rels"] = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships/attachedTemplate" Target="file:///C:/alice/Normal.dotm" '
        b'TargetMode="External"/></Relationships>'
    )
    data = written(template=packed(files))
    assert docx.Document(io.BytesIO(data)).styles["Heading 1"].font.name == "Georgia"
    content = everything(data)
    assert not any(trace in content for trace in ("alice", "attachedTemplate", "comment"))


def test_bundled_template_is_what_its_tool_makes(tmp_path):
    assert unpacked(build(tmp_path / "document.docx").read_bytes()) == unpacked(bundled_template())


def test_every_needed_style_is_in_the_bundled_template():
    names = {style.name for style in docx.Document(io.BytesIO(bundled_template())).styles}
    assert set(STYLES) <= names
