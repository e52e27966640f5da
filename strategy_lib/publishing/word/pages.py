"""Where a chapter stands in a template, and pages that are turned for its wide tables."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from docx.oxml.ns import qn

from strategy_lib.publishing.word.text import element

# A4 in twentieths of a point, for a template that does not say.
_SHORT, _LONG, _MARGIN = 11906, 16838, 1134
# Sizes come after references and types, which are all that may stand before them.
_REFERENCES = ("w:headerReference", "w:footerReference", "w:footnotePr", "w:endnotePr")
_BEFORE_SIZES = tuple(map(qn, (*_REFERENCES, "w:type")))


class Pages:
    """Puts elements before a place in a document.

    Parameters
    ----------
    place : element
        Paragraph of the body; it goes when all is written.

    Attributes
    ----------
    rooms : tuple of int
        Width between the margins, upright and across, in twentieths of a point.
    """

    def __init__(self, place: Any) -> None:
        self._place = place
        self._section = _section_of(place)
        self._is_across = False
        self._is_cut = False
        self._leading: list[Any] = []
        width, height = _size(self._section)
        sides = _margins(self._section)
        self._upright, self._across = min(width, height), max(width, height)
        self.rooms = (self._upright - sides, self._across - sides)

    def add(self, made: Any, *, leads: bool = False) -> None:
        """Add an element; one that `leads` stays with what comes next, such as a heading."""
        self._place.addprevious(made)
        self._leading = [*self._leading, made] if leads else []

    @property
    def follows_table(self) -> bool:
        """Whether what was added last is a table."""
        before = self._place.getprevious()
        return before is not None and bool(before.tag == qn("w:tbl"))

    def turn(self, is_across: bool) -> None:
        """Go on upright or across; headings that were just added go along."""
        if is_across == self._is_across:
            return
        first = self._leading[0] if self._leading else self._place
        before = first.getprevious()
        if before is None or before.tag != qn("w:p"):
            before = element("w:p")
            first.addprevious(before)
        about = before.find(qn("w:pPr"))
        if about is None:
            about = element("w:pPr")
            before.insert(0, about)
        about.append(self._copy())
        self._is_across, self._is_cut = is_across, True

    def end(self) -> None:
        """Go back upright and take the place away."""
        self.turn(False)
        if self._is_cut:
            _go_on(self._section)
        self._place.getparent().remove(self._place)

    def _copy(self) -> Any:
        made = deepcopy(self._section)
        size = _child(made, "w:pgSz")
        low, high = (
            (self._across, self._upright) if self._is_across else (self._upright, self._across)
        )
        size.set(qn("w:w"), str(low))
        size.set(qn("w:h"), str(high))
        size.set(qn("w:orient"), "landscape" if self._is_across else "portrait")
        if self._is_cut:
            _go_on(made)
        return made


def _go_on(section: Any) -> None:
    """Let a section be no beginning: no first page of its own, no page 1."""
    for name in ("w:titlePg", "w:pgNumType"):
        for found in section.findall(qn(name)):
            section.remove(found)


def _section_of(place: Any) -> Any:
    found = place.xpath("following::w:sectPr[1]")
    if found:
        return found[0]
    made = element("w:sectPr")
    place.getparent().append(made)
    return made


def _child(section: Any, name: str) -> Any:
    found = section.find(qn(name))
    if found is None:
        found = element(name)
        section.insert(sum(child.tag in _BEFORE_SIZES for child in section), found)
    return found


def _size(section: Any) -> tuple[int, int]:
    size = section.find(qn("w:pgSz"))
    return _number(size, "w", _SHORT), _number(size, "h", _LONG)


def _margins(section: Any) -> int:
    """Margins at the sides of a page together."""
    found = section.find(qn("w:pgMar"))
    return sum(abs(_number(found, name, _MARGIN)) for name in ("left", "right"))


def _number(found: Any, name: str, otherwise: int) -> int:
    value = None if found is None else found.get(qn(f"w:{name}"))
    return otherwise if value is None else round(float(value))
