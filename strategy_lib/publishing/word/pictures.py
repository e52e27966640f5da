"""Pictures of a Word document, with words for those who do not see them."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from docx.shared import Emu

from strategy_lib.publishing.word.text import Pen, element, xml_text

if TYPE_CHECKING:
    from docx.document import Document

    from strategy_lib.publishing.pdf.press import Picture

_PER_PIXEL = 9525  # English Metric Units, at 96 pixels an inch
_PER_TWENTIETH = 635


def picture_paragraph(
    document: Document, pen: Pen, picture: Picture, label: str, alt: str, room: tuple[int, int]
) -> Any:
    """A paragraph with a picture as large as on the page, or as there is room for.

    Parameters
    ----------
    room : tuple of int
        Width and height that it may have, in twentieths of a point.
    """
    width, height = picture.width * _PER_PIXEL, picture.height * _PER_PIXEL
    most_wide, most_high = (side * _PER_TWENTIETH for side in room)
    share = min(1.0, most_wide / max(width, 1), most_high / max(height, 1))
    inline = document.part.new_pic_inline(
        io.BytesIO(picture.png), Emu(round(width * share)), Emu(round(height * share))
    )
    inline.docPr.set("name", label)
    inline.docPr.set("descr", xml_text(alt))
    # How to read it, or its numbers, stand with it.
    about = element("w:pPr", element("w:pStyle", val=pen.style("Normal")), element("w:keepNext"))
    return element("w:p", about, element("w:r", element("w:drawing", inline)))
