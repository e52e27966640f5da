"""Text of a Word document: runs that say which script and direction they are in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any

from docx.oxml.ns import nsmap, qn
from docx.oxml.parser import oxml_parser

from strategy_lib.publishing.page import template_text
from strategy_lib.publishing.safe import xml_text
from strategy_lib.publishing.word.text_parts import Run

LABEL, HYPERLINK = "Workbook Label", "Hyperlink"
LATIN, RIGHT_TO_LEFT, EAST_ASIAN = "latin", "rtl", "east asian"

_WIDE = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60\U00020000-\U0003ffff]")
_PIECES = re.compile(r"(\n|\t)")
_STRONG = {"L": LATIN, "R": RIGHT_TO_LEFT, "AL": RIGHT_TO_LEFT}
# Shades on which the pages' own letters are white.
_DARK = ("s3", "s4")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True)
class Pen:
    """What a text needs to know of the document that it stands in.

    Attributes
    ----------
    styles : mapping
        Identifiers of the document's styles, by name in lower case and kind.
    link : callable
        Gives the identifier of the document's relation to an address.
    """

    styles: Mapping[tuple[str, str], str]
    link: Callable[[str], str]

    def style(self, name: str, kind: str = "paragraph") -> str:
        """Identifier of one style."""
        return self.styles[name.casefold(), kind]


def reads_from_right(text: str) -> bool:
    """Whether the first letter is of a script that runs from right to left.

    Examples
    --------
    >>> reads_from_right("12 \u0645\u0635\u0631 (Egypt)"), reads_from_right("Egypt")
    (True, False)
    """
    if text.isascii():
        return False
    directions = (_STRONG.get(unicodedata.bidirectional(letter)) for letter in text)
    return next((d for d in directions if d), LATIN) == RIGHT_TO_LEFT


def stretches(text: str) -> list[tuple[str, str]]:
    """Text cut where its script changes: pairs of kind and text.

    What belongs to no script (spaces, digits, signs) goes with what stands before it.

    Examples
    --------
    >>> stretches("Egypt \u0645\u0635\u0631 and \u4e2d\u56fd")
    [('latin', 'Egypt '), ('rtl', 'مصر '), ('latin', 'and '), ('east asian', '中国')]
    """
    if text.isascii():
        return [(LATIN, text)] if text else []
    kinds: list[str] = []
    last = RIGHT_TO_LEFT if reads_from_right(text) else LATIN
    for letter in text:
        own = EAST_ASIAN if _WIDE.match(letter) else _STRONG.get(unicodedata.bidirectional(letter))
        last = own or last
        kinds.append(last)
    pairs = zip(kinds, text, strict=True)
    return [(kind, "".join(p[1] for p in part)) for kind, part in groupby(pairs, lambda p: p[0])]


@cache
def colours() -> Mapping[str, str]:
    """Colours of the pages' style sheet, by name: shades of heat maps, and a limit's."""
    return dict(re.findall(r"--(\w+): #([0-9a-f]{6})\b", template_text("chapter.css")))


@cache
def _full(name: str) -> tuple[str, None, dict[str, str]]:
    """A name with its namespace; what lxml takes to make an element of it."""
    prefix = name.partition(":")[0]
    return qn(name), None, {prefix: nsmap[prefix]}


def element(name: str, *children: Any, **attributes: object) -> Any:
    """An element such as `w:p`; attributes are of the same namespace."""
    made = oxml_parser.makeelement(*_full(name))
    for key, value in attributes.items():
        made.set(_full(f"w:{key}")[0], str(value))
    for child in children:
        made.append(child)
    return made


def paragraph(
    pen: Pen, runs: Iterable[Run], style: str, *properties: Any, half_points: int = 0
) -> Any:
    """A paragraph.

    Parameters
    ----------
    style : str
        Name of its style.
    properties : elements
        Further properties, in the order of the schema.
    half_points : int
        Size of its letters; 0 leaves it to the style.
    """
    pieces = list(runs)
    about = element("w:pPr", element("w:pStyle", val=pen.style(style)), *properties)
    if reads_from_right("".join(run.text for run in pieces)):
        _put_before_end(about, element("w:bidi"))
    made = element("w:p", about)
    for run in pieces:
        made.extend(_linked(pen, run, half_points))
    return made


# What the schema sets after `w:bidi` in a paragraph's properties.
_AFTER_BIDI = tuple(map(qn, ("w:spacing", "w:ind", "w:jc", "w:textDirection", "w:sectPr")))


def _put_before_end(about: Any, mark: Any) -> None:
    after = next((child for child in about if child.tag in _AFTER_BIDI), None)
    if after is None:
        about.append(mark)
    else:
        after.addprevious(mark)


def _linked(pen: Pen, run: Run, half_points: int) -> Iterator[Any]:
    made = list(_runs(pen, run, half_points))
    if not run.link:
        yield from made
        return
    link = element("w:hyperlink")
    link.set(qn("r:id"), pen.link(run.link))
    link.extend(made)
    yield link


def _runs(pen: Pen, run: Run, half_points: int) -> Iterator[Any]:
    for kind, text in stretches(xml_text(run.text)):
        made = element("w:r", _look(pen, run, kind, half_points))
        for piece in filter(None, _PIECES.split(text)):
            if piece == "\n":
                made.append(element("w:br"))
            elif piece == "\t":
                made.append(element("w:tab"))
            else:
                words = element("w:t")
                words.text = piece
                words.set(_SPACE, "preserve")
                made.append(words)
        yield made


def _look(pen: Pen, run: Run, kind: str, half_points: int) -> Any:
    look = element("w:rPr")
    if run.link or run.is_label:
        name = HYPERLINK if run.link else LABEL
        look.append(element("w:rStyle", val=pen.style(name, "character")))
    if run.code:
        look.append(element("w:rFonts", ascii="Consolas", hAnsi="Consolas"))
    elif kind == EAST_ASIAN:
        look.append(element("w:rFonts", hint="eastAsia"))
    for is_set, names in ((run.bold, ("w:b", "w:bCs")), (run.italic, ("w:i", "w:iCs"))):
        look.extend(element(name) for name in names if is_set)
    if run.shade in _DARK:
        look.append(element("w:color", val="FFFFFF"))
    if half_points:
        look.extend(element(name, val=half_points) for name in ("w:sz", "w:szCs"))
    if run.shade and not run.text.strip():
        look.extend(_swatch(run.shade))
    if kind == RIGHT_TO_LEFT:
        look.append(element("w:rtl"))
    return look


def _swatch(shade: str) -> Iterator[Any]:
    """The look of a box that stands for a shade, or for the frame of a limit."""
    is_limit = shade == "limit"
    frame, fill = colours()["limit" if is_limit else "other"], colours().get(shade, "FFFFFF")
    yield element("w:bdr", val="single", sz=8, space=0, color=frame)
    yield element("w:shd", val="clear", color="auto", fill="FFFFFF" if is_limit else fill)
