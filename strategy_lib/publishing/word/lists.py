"""Lists of a Word document: numbered ones begin at 1 each time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docx.oxml.ns import qn

from strategy_lib.publishing.word.text import element
from strategy_lib.publishing.word.text_parts import Paragraph

if TYPE_CHECKING:
    from docx.document import Document

_STEP = 360


class Lists:
    """Numbering of a document's lists."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._made: dict[int, int | None] = {}

    def begin(self) -> None:
        """Forget the lists so far: the next has another beginning."""
        self._made = {}

    def properties(self, item: Paragraph) -> list[Any]:
        """What an item's paragraph says beyond its style."""
        made = []
        if item.kind == "number":
            if item.list_number not in self._made:
                self._made[item.list_number] = self._numbering()
            number = self._made[item.list_number]
            if number is not None:
                made.append(_in_list(number))
        elif item.kind == "more":
            made.append(_in_list(0))
        if item.depth or item.kind == "more":
            left = _STEP * (item.depth + 1)
            hanging = {} if item.kind == "more" else {"hanging": _STEP}
            made.append(element("w:ind", left=left, **hanging))
        return made

    def _numbering(self) -> int | None:
        """A numbering of its own, as the style has it; None where the style has none."""
        style = self._document.styles["List Number"].element
        found = style.xpath("w:pPr/w:numPr/w:numId/@w:val")
        if not found:
            return None
        numbering = self._document.part.numbering_part.element
        kinds = numbering.xpath(f'w:num[@w:numId="{int(found[0])}"]/w:abstractNumId/@w:val')
        if not kinds:
            return None
        made = numbering.add_num(int(kinds[0]))
        made.add_lvlOverride(ilvl=0).add_startOverride(1)
        return int(made.get(qn("w:numId")))


def _in_list(number: int) -> Any:
    return element("w:numPr", element("w:ilvl", val=0), element("w:numId", val=number))
