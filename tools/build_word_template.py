"""Make `templates/documents/document.docx`, the Word template that an organisation can restyle."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from strategy_lib.publishing.word.packed import packed, unpacked
from strategy_lib.publishing.word.template import (
    BOTTOM_LINE,
    NOTE,
    TABLE,
    TABLE_TEXT,
    without_traces,
)
from strategy_lib.publishing.word.text import HYPERLINK, LABEL

ROOT = Path(__file__).resolve().parents[1]
INK, QUIET, ACCENT = (
    RGBColor(0x1D, 0x27, 0x30),
    RGBColor(0x55, 0x61, 0x6B),
    RGBColor(0x0B, 0x5C, 0x87),
)
LINE, WASH, ACCENT_HEX = "D5DCE1", "F3F6F8", "0B5C87"
FONTS = {"ascii": "Arial", "hAnsi": "Arial", "eastAsia": "Microsoft YaHei", "cs": "Arial"}
MADE = datetime(2026, 1, 1, tzinfo=UTC)
KEPT = frozenset(
    [
        "Normal",
        "Title",
        "Subtitle",
        "Heading 1",
        "Heading 2",
        "Heading 3",
        "List Bullet",
        "List Number",
        "Caption",
        "Quote",
        "Header",
        "Footer",
        "Normal Table",
        "No List",
        "Default Paragraph Font",
    ]
)
FACTS = (
    ("For", "{{audience}}"),
    ("Edition", "{{edition}}, {{cycle}}"),
    ("As of", "{{as_of}}"),
    ("Handling", "{{handling}}"),
)


def build(path: Path) -> Path:
    """Write the template; the same bytes each time."""
    document = docx.Document()
    _page(document)
    _styles(document)
    _front(document)
    _footer(document)
    _properties(document)
    target = io.BytesIO()
    document.save(target)
    files = without_traces(unpacked(target.getvalue()), "China strategy workbook")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(packed(files))
    return path


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin, section.bottom_margin = Cm(2), Cm(2.2)
    section.footer_distance = Cm(1.1)


def _styles(document: Any) -> None:
    styles = document.styles
    for style in list(styles):
        if style.name not in KEPT:
            style.delete()
    _defaults(styles)
    _set(styles["Normal"], 10, INK, after=6, line=1.25)
    _set(styles["Title"], 21, INK, bold=True, before=4, after=10, line=1.1, keeps=True)
    _set(styles["Subtitle"], 10, ACCENT, bold=True, before=18, after=2, keeps=True)
    for name, size, before in (
        ("Heading 1", 16, 22),
        ("Heading 2", 12.5, 16),
        ("Heading 3", 11, 12),
    ):
        _set(styles[name], size, INK, bold=True, before=before, after=5, line=1.15, keeps=True)
    for name in ("List Bullet", "List Number"):
        _set(styles[name], None, None, after=3)
    _set(styles["Caption"], 10, INK, bold=True, before=12, after=4, keeps=True)
    _set(styles["Quote"], 10, QUIET, after=6)
    styles["Quote"].paragraph_format.left_indent = Cm(0.8)
    _set(styles["Footer"], 8, QUIET)
    _own_styles(styles)


def _own_styles(styles: Any) -> None:
    bottom = styles.add_style(BOTTOM_LINE, WD_STYLE_TYPE.PARAGRAPH)
    bottom.base_style = styles["List Bullet"]
    _set(bottom, 11, INK, after=5)
    note = styles.add_style(NOTE, WD_STYLE_TYPE.PARAGRAPH)
    note.base_style = styles["Normal"]
    _set(note, 8.5, QUIET, before=3, after=8)
    text = styles.add_style(TABLE_TEXT, WD_STYLE_TYPE.PARAGRAPH)
    text.base_style = styles["Normal"]
    _set(text, 8.5, INK, after=0, line=1.1)
    label = styles.add_style(LABEL, WD_STYLE_TYPE.CHARACTER)
    label.font.color.rgb, label.font.bold = QUIET, False
    link = styles.add_style(HYPERLINK, WD_STYLE_TYPE.CHARACTER)
    link.font.color.rgb, link.font.underline = ACCENT, True
    table = styles.add_style(TABLE, WD_STYLE_TYPE.TABLE)
    table.base_style = styles["Normal Table"]
    for part in _table_look():
        table.element.append(part)


def _table_look() -> list[Any]:
    space = nsdecls("w")
    look = f"""<w:tblPr {space}><w:tblBorders>
      <w:top w:val="single" w:sz="8" w:space="0" w:color="{ACCENT_HEX}"/>
      <w:bottom w:val="single" w:sz="4" w:space="0" w:color="{LINE}"/>
      <w:insideH w:val="single" w:sz="4" w:space="0" w:color="{LINE}"/></w:tblBorders>
      <w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="70" w:type="dxa"/>
      <w:bottom w:w="40" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr>"""
    head = f"""<w:tblStylePr {space} w:type="firstRow"><w:rPr><w:b/><w:bCs/></w:rPr>
      <w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{WASH}"/>
      <w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>"""
    return [parse_xml(part) for part in (look, head)]


def _defaults(styles: Any) -> None:
    """Fonts and languages of everything that no style says otherwise about."""
    plain = styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for child in list(plain):
        plain.remove(child)
    plain.append(_fonts())
    for name in ("w:sz", "w:szCs"):
        size = OxmlElement(name)
        size.set(qn("w:val"), "21")
        plain.append(size)
    language = OxmlElement("w:lang")
    for kind, value in (("val", "en-GB"), ("eastAsia", "zh-CN"), ("bidi", "ar-SA")):
        language.set(qn(f"w:{kind}"), value)
    plain.append(language)
    for style in styles:
        found = style.element.find(qn("w:rPr"))
        old = None if found is None else found.find(qn("w:rFonts"))
        if old is not None:
            found.remove(old)


def _fonts() -> Any:
    fonts = OxmlElement("w:rFonts")
    for kind, name in FONTS.items():
        fonts.set(qn(f"w:{kind}"), name)
    return fonts


def _set(
    style: Any,
    size: float | None,
    colour: RGBColor | None,
    bold: bool | None = None,
    before: float = 0,
    after: float = 0,
    line: float | None = None,
    keeps: bool | None = None,
) -> None:
    properties = style.element.get_or_add_rPr()
    for name in ("w:i", "w:iCs", "w:spacing", "w:kern", "w:szCs", "w:bCs", "w:color", "w:b"):
        for old in properties.findall(qn(name)):
            properties.remove(old)
    borders = style.element.get_or_add_pPr().find(qn("w:pBdr"))
    if borders is not None:
        style.element.pPr.remove(borders)
    if size is not None:
        style.font.size = Pt(size)
        script = OxmlElement("w:szCs")
        script.set(qn("w:val"), str(round(size * 2)))
        properties.find(qn("w:sz")).addnext(script)
    if colour is not None:
        style.font.color.rgb = colour
    if bold is not None:
        style.font.bold = bold
    shape = style.paragraph_format
    shape.space_before, shape.space_after = Pt(before), Pt(after)
    shape.line_spacing, shape.keep_with_next = line, keeps


def _front(document: Any) -> None:
    body = document.element.body
    for old in list(body.iterchildren(qn("w:p"))):
        body.remove(old)
    document.add_paragraph("{{organisation}}", style="Normal").runs[0].bold = True
    document.add_paragraph("{{title}}", style="Subtitle")
    document.add_paragraph("{{heading}}", style="Title")
    table = document.add_table(rows=len(FACTS), cols=2)
    table.autofit = False
    for row, (name, value) in zip(table.rows, FACTS, strict=True):
        for cell, text, width in zip(row.cells, (name, value), (Cm(2.4), Cm(14.6)), strict=True):
            cell.width = width
            cell.paragraphs[0].text = text
            cell.paragraphs[0].paragraph_format.space_after = Pt(2)
        row.cells[0].paragraphs[0].runs[0].font.color.rgb = QUIET
    for column, width in zip(table.columns, (Cm(2.4), Cm(14.6)), strict=True):
        column.width = width
    document.add_paragraph("{{body}}")


def _footer(document: Any) -> None:
    line = document.sections[0].footer.paragraphs[0]
    line.paragraph_format.tab_stops.add_tab_stop(Cm(17), WD_TAB_ALIGNMENT.RIGHT)
    line.alignment = WD_ALIGN_PARAGRAPH.LEFT
    line.add_run("{{handling}} · As of {{as_of}}\t")
    _field(line, "PAGE")
    line.add_run(" of ")
    _field(line, "NUMPAGES")


def _field(line: Any, name: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), f" {name} ")
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    line._p.append(field)


def _properties(document: Any) -> None:
    about = document.core_properties
    about.title, about.author, about.last_modified_by = "Document", "", ""
    about.comments = about.keywords = about.subject = about.category = ""
    about.revision = 1
    about.created = about.modified = MADE


if __name__ == "__main__":
    print(build(ROOT / "templates" / "documents" / "document.docx").relative_to(ROOT))
