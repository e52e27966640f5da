"""Cards to print: a code, eight signs, and a QR code that leads a phone to the room with them."""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import segno

from strategy_lib.core.resources import resource
from strategy_lib.publishing.page import content_policy, templates
from strategy_lib.publishing.pdf.press import write_printed

FILE = "room_cards"


@dataclass(frozen=True)
class Card:
    """What one person is given: it works once, on one phone."""

    who: str
    signs: str

    @property
    def spoken(self) -> str:
        """Signs as they are printed and read out.

        Examples
        --------
        >>> Card("A03", "R7WD3KHE").spoken
        'R7WD-3KHE'
        """
        return f"{self.signs[:4]}-{self.signs[4:]}"

    def url(self, address: str) -> str:
        """Link of the QR code; what stands behind `#` is never sent nor logged."""
        return f"http://{address}/#code={self.signs}"


@lru_cache(16)
def qr_picture(text: str) -> str:
    """A QR code as a picture that a page can hold.

    Examples
    --------
    >>> qr_picture("http://192.168.8.2:8765/")[:26]
    'data:image/svg+xml;base64,'
    """
    drawn = io.BytesIO()
    segno.make(text, error="m", micro=False).save(drawn, kind="svg", scale=8, border=4)
    return f"data:image/svg+xml;base64,{base64.b64encode(drawn.getvalue()).decode()}"


def card_reply(card: Card, address: str) -> dict[str, Any]:
    """A card as the host's page shows it."""
    url = card.url(address)
    return {"code": card.who, "signs": card.spoken, "url": url, "qr": qr_picture(url)}


def write_cards(
    cards: Sequence[Card], address: str, organisation: str, folder: Path, day: date
) -> tuple[Path, str]:
    """Write the cards to print, for their owner alone: as PDF, else as a page.

    Returns
    -------
    path : Path
        What to print.
    note : str
        Why it is no PDF; empty where it is one.

    Raises
    ------
    WorkspaceError
        If nothing can be written.
    """
    shown = [card_reply(card, address) for card in cards]
    css = resource("templates", "room", "cards.css").read_text(encoding="utf-8")
    template = templates("room").get_template("cards.html")
    page = template.render(
        cards=shown, address=address, organisation=organisation, css=css, policy=content_policy(())
    ).encode("utf-8", "replace")
    path = folder / f"{FILE}.html"
    why_no_pdf = write_printed(path, page, day, is_private=True)
    if why_no_pdf:
        return path, why_no_pdf
    path.unlink()
    return path.with_suffix(".pdf"), ""
