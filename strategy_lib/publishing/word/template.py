"""The Word template that a document is poured into: what it must have, and its placeholders."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

import docx
from docx.opc.oxml import serialize_part_xml
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from strategy_lib.core.errors import InputError
from strategy_lib.publishing.safe import xml_text
from strategy_lib.publishing.word.text import HYPERLINK, LABEL

if TYPE_CHECKING:
    from docx.document import Document

BODY = "body"
NEEDED = ("title", "heading", "organisation", "cycle", "audience", "handling", "as_of", BODY)
POSSIBLE = (*NEEDED, "edition")

BOTTOM_LINE, NOTE, TABLE_TEXT = "Workbook Bottom Line", "Workbook Note", "Workbook Table Text"
TABLE = "Workbook Table"
STYLES: Mapping[str, str] = {
    **dict.fromkeys(("Normal", "Heading 1", "Heading 2", "Heading 3", "List Bullet"), "paragraph"),
    **dict.fromkeys(("List Number", "Caption", "Quote"), "paragraph"),
    **dict.fromkeys((BOTTOM_LINE, NOTE, TABLE_TEXT), "paragraph"),
    **dict.fromkeys((LABEL, HYPERLINK), "character"),
    TABLE: "table",
}

_PLACEHOLDER = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_TEXTS = (qn("w:t"),)
# Programs note here who had the template open, on which machine, and from which folder it came.
_TRACES = re.compile(r"docProps/(app|custom|thumbnail)\b|customXml/|word/(comments|people)")
_OF_TRACES = (
    "w:attachedTemplate",
    "w:commentRangeStart",
    "w:commentRangeEnd",
    "w:commentReference",
)
_PEOPLE = (b"w:attachedTemplate", b"w:comment", b"w:author")
_AUTHOR = qn("w:author")
_PROGRAM = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="http://schemas.'
    'openxmlformats.org/officeDocument/2006/extended-properties"><Application>{}</Application>'
    "</Properties>"
)
_APP = "docProps/app.xml"


def opened_template(template: bytes) -> Document:
    """A template that has everything a document needs.

    Raises
    ------
    InputError
        If it is no Word document, or lacks placeholders or styles; the message names each.
    """
    try:
        document = docx.Document(io.BytesIO(template))
    except Exception:  # whatever bytes that are no document make a zip or XML reader say
        raise InputError(
            "The template document.docx is no Word document (.docx) that can be read. Save it in "
            "Word as “Word document (*.docx)”, or take it away to use the one that comes with the "
            "workbook."
        ) from None
    problems = list(_problems(document))
    if problems:
        raise InputError(
            "The template document.docx cannot be used:\n"
            + "\n".join(f"- {problem}" for problem in problems)
            + "\nAdd what is missing; `workbook customise FOLDER template`, where there is none in "
            "templates/, copies one to begin from."
        )
    return document


def _problems(document: Document) -> Iterator[str]:
    found = [name for line in _paragraphs(document) for name in _PLACEHOLDER.findall(_words(line))]
    for name in NEEDED:
        if name not in found:
            yield f"placeholder {{{{{name}}}}} is missing."
    for name in dict.fromkeys(found):
        if name not in POSSIBLE:
            known = ", ".join(f"{{{{{one}}}}}" for one in POSSIBLE)
            yield f"{{{{{name}}}}} is no placeholder; there are: {known}."
    bodies = [line for line in _paragraphs(document) if _is_body(line)]
    if found.count(BODY) and not (
        found.count(BODY) == len(bodies) == 1 and bodies[0].getparent() is document.element.body
    ):
        yield "placeholder {{body}} must stand once, alone in a paragraph, outside tables."
    styles = style_ids(document)
    for name, kind in STYLES.items():
        if (name.casefold(), kind) not in styles:
            yield f"{kind} style “{name}” is missing."


def style_ids(document: Document) -> dict[tuple[str, str], str]:
    """Identifiers of a document's styles, by name in lower case and kind."""
    return {
        (
            style.find(qn("w:name")).get(qn("w:val"), "").casefold(),
            style.get(qn("w:type"), ""),
        ): style.get(qn("w:styleId"), "")
        for style in document.styles.element.iterchildren(qn("w:style"))
        if style.find(qn("w:name")) is not None
    }


def body_place(document: Document) -> Any:
    """The paragraph whose place the chapter takes."""
    return next(line for line in _paragraphs(document) if _is_body(line))


def fill(document: Document, values: Mapping[str, str]) -> None:
    """Put words in the place of every placeholder but `{{body}}`.

    Word may have cut a placeholder into several runs; the words take the look of its first letter.
    """
    for line in _paragraphs(document):
        texts = list(line.iter(*_TEXTS))
        for found in reversed(list(_PLACEHOLDER.finditer(_words(line)))):
            if found[1] in values:
                _replace(texts, found.start(), found.end(), xml_text(values[found[1]]))


def _replace(texts: list[Any], start: int, end: int, words: str) -> None:
    place = 0
    for text in texts:
        own = text.text or ""
        first, last = max(start - place, 0), min(end - place, len(own))
        place += len(own)
        if first < last:
            text.text = own[:first] + words + own[last:]
            text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            words = ""


def _paragraphs(document: Document) -> Iterator[Any]:
    """Every paragraph of the text, its tables and boxes, its headers and footers."""
    roots = [document.element.body]
    for section in document.sections:
        for part in (
            *(section.header, section.first_page_header, section.even_page_header),
            *(section.footer, section.first_page_footer, section.even_page_footer),
        ):
            if not part.is_linked_to_previous:
                roots.append(part._element)
    for root in roots:
        yield from root.iter(qn("w:p"))


def _words(line: Any) -> str:
    return "".join(text.text or "" for text in line.iter(*_TEXTS))


def _is_body(line: Any) -> bool:
    found = _PLACEHOLDER.fullmatch(_words(line).strip())
    return found is not None and found[1] == BODY


def describe(document: Document, title: str, organisation: str, as_of: date) -> None:
    """Say in the document's properties what it is: no person, no folder, no clock."""
    about = document.core_properties
    about.title, about.author, about.last_modified_by = title, organisation, organisation
    about.subject = about.comments = about.keywords = about.category = about.content_status = ""
    about.identifier = about.version = ""
    about.language = "en"
    about.revision = 1
    about.created = about.modified = datetime.combine(as_of, time(), UTC)
    for printed in about._element.findall("{*}lastPrinted"):
        about._element.remove(printed)


def without_traces(files: Mapping[str, bytes], program: str) -> dict[str, bytes]:
    """The files of a document without what a program noted about whoever made its template."""
    kept = {name: data for name, data in files.items() if not _TRACES.match(name)}
    for name, data in kept.items():
        if name.endswith((".rels", "[Content_Types].xml")):
            kept[name] = _without_references(data)
        elif name.startswith("word/") and any(mark in data for mark in _PEOPLE):
            kept[name] = _without_people(data)
    if _APP in files:
        kept[_APP] = _PROGRAM.format(program).encode()
    return kept


def _without_people(data: bytes) -> bytes:
    """A part without the names of those who changed or commented on it, and without folders."""
    root = parse_xml(data)
    for found in list(root.iter(*map(qn, _OF_TRACES))):
        found.getparent().remove(found)
    for changed in root.iter():
        if changed.get(_AUTHOR) is not None:
            changed.set(_AUTHOR, "")
    return serialize_part_xml(root)


def _without_references(data: bytes) -> bytes:
    root = parse_xml(data)
    for entry in list(root):
        target = (entry.get("Target") or entry.get("PartName") or "").removeprefix("/")
        kind = (entry.get("Type") or "").rpartition("/")[2]
        inside = target.removeprefix("../")
        is_trace = any(_TRACES.match(path) for path in (inside, f"word/{inside}"))
        if kind == "attachedTemplate" or (is_trace and inside != _APP):
            root.remove(entry)
    return serialize_part_xml(root)
