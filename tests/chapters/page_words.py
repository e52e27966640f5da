"""What a chapter's page says, as text: for tests that ask whether something is said at all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from strategy_lib.chapters.page import Page
from strategy_lib.plotting.pictures import Picture, payload


def words_of(page: Page) -> str:
    """Everything that stands on a page, a text a line."""
    return "\n".join(_texts(payload(page)))


def rows_of(picture: Picture) -> dict[str, list[str]]:
    """Rows of a picture's grid by their heads, each cell as its words."""
    return {
        row.head: [cell if isinstance(cell, str) else cell.text for cell in row.cells]
        for row in picture.drawing.rows
    }


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            if key not in ("kind", "sign", "tone", "part", "width", "align", "letter", "tables"):
                yield from _texts(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _texts(item)
