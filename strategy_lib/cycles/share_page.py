"""What would leave for peers, row by row, and how much stays: a page and lines for the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from strategy_lib.core.atomic import write_whole
from strategy_lib.core.audiences import DEFAULT_EDITIONS
from strategy_lib.cycles.share import REASONS, Leaving, Pack
from strategy_lib.plotting.theme import clean
from strategy_lib.publishing.edition import notice
from strategy_lib.publishing.page import render
from strategy_lib.schema.frames import known_values
from strategy_lib.schema.schema import Field


def write_share_page(pack: Pack, organisation: str, as_of: date, folder: Path) -> Path:
    """Write `index.html` into `folder`, whole or not at all.

    Parameters
    ----------
    organisation : str
        Name of the organisation, for the head of the page: the pack bears `pack.name`.
    """
    path = folder / "index.html"
    write_whole(path, share_page(pack, organisation, as_of).encode("utf-8", "replace"))
    return path


def share_page(pack: Pack, organisation: str, as_of: date) -> str:
    """The page as HTML: every cell that leaves, and counts of what stays."""
    core = DEFAULT_EDITIONS["core"]
    values = {
        "organisation": clean(organisation),
        "cycle": str(pack.year),
        "edition": core.title,
        "as_of": as_of,
        "notice": notice(core),
        "name": clean(pack.name),
        "rows": pack.rows,
        "withheld": pack.withheld,
        "sha256": pack.sha256,
        "parts": [_part(leaving) for leaving in pack.parts],
    }
    return render("share.html.j2", values)


def _part(leaving: Leaving) -> dict[str, Any]:
    return {
        "title": leaving.title,
        "file": leaving.part.file,
        "heads": [item.title() for item in leaving.part.fields],
        "rows": list(_cells(leaving)),
        "withheld": _reasons(leaving),
    }


def _reasons(leaving: Leaving) -> list[tuple[int, str]]:
    return [(count, REASONS[code]) for code, count in leaving.withheld.items()]


def _cells(leaving: Leaving) -> Iterator[list[str]]:
    columns = [
        [_said(item, value) for value in known_values(leaving.rows[item.name])]
        for item in leaving.part.fields
    ]
    for row in zip(*columns, strict=True):
        yield list(row)


def _said(item: Field, value: Any) -> str:
    if value is None:
        return ""
    if item.type == "date":
        return f"{value:%Y-%m-%d}"
    if item.code_list is not None:
        return item.code_list.label(str(value))
    return clean(f"{value:g}" if isinstance(value, float) else value)


def lines_of(pack: Pack) -> Iterator[str]:
    """The same for a terminal: each row that leaves on a line, and counts of what stays."""
    yield f"Under the name {clean(pack.name)!r} would leave: {_rows(pack.rows)}."
    for leaving in pack.parts:
        yield f"{leaving.title}: {_rows(len(leaving.rows))}"
        for row in _cells(leaving):
            yield "  " + " | ".join(filter(None, row))
        for count, reason in _reasons(leaving):
            yield f"  stays: {_rows(count)}, {reason}"


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count:,} rows"
