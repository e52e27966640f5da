"""The facilitator's pack of a chapter: agenda, prompts, roles and sheets to print, as one page."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pandas as pd
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from strategy_lib.errors import InputError, WorkspaceError
from strategy_lib.facilitator_sheets import Lists, sheet_of
from strategy_lib.facilitator_texts import PackText, pack_text
from strategy_lib.figures.theme import visible
from strategy_lib.files import write_whole
from strategy_lib.publishing.page import content_policy
from strategy_lib.resources import resource
from strategy_lib.snapshot import ensure_snapshot, read_snapshot
from strategy_lib.workspace import Cycle

FOLDER = "workshop"
START = "09:30"
STARTING_LISTS = (
    "The inputs have lines to mend, so the sheets use the lists that the workbook starts with. "
    "Run `workbook check`, and write the pack again."
)


def write_facilitator_pack(
    cycle: Cycle, chapter: str, edition: str = "core", start: str = START
) -> Path:
    """Write the pack of one chapter as a page to print.

    Parameters
    ----------
    chapter : str
        Number or name.
    edition : str
        Audience of the workshop: the sheets hold nothing that it may not see.
    start : str
        Hour at which the workshop begins, such as 09:30.

    Returns
    -------
    Path
        `CYCLE/workshop/NN_facilitator.html`.

    Raises
    ------
    InputError
        If the chapter has no pack, the edition is unknown, or `start` is no hour.
    WorkspaceError
        If the page cannot be written.
    """
    text = pack_text(chapter)
    audience = cycle.workspace.edition(edition)
    frames, note = _frames(cycle, edition)
    settings = cycle.workspace.settings
    page = pack_page(text, frames, settings.name, cycle.year, audience.title, start, note)
    path = cycle.root / FOLDER / f"{text.chapter}_facilitator.html"
    try:
        write_whole(path, page.encode("utf-8", "replace"))
    except OSError as error:
        raise WorkspaceError(f"{path} cannot be written: {error.strerror}.") from None
    return path


def _frames(cycle: Cycle, edition: str) -> tuple[Mapping[str, pd.DataFrame], str]:
    try:
        folder = ensure_snapshot(cycle.workspace.root, cycle.year, edition)
    except InputError:
        return {}, STARTING_LISTS
    return read_snapshot(folder).restricted.frames, ""


def pack_page(
    text: PackText,
    frames: Mapping[str, pd.DataFrame],
    organisation: str,
    year: int,
    audience: str,
    start: str = START,
    note: str = "",
) -> str:
    """The pack as HTML; every text from people is escaped, and nothing is loaded or run."""
    lists = Lists(frames)
    page = _templates().get_template("pack.html")
    return page.render(
        policy=content_policy(()),
        css=resource("templates", "facilitator", "pack.css").read_text(encoding="utf-8"),
        pack=text,
        times=list(text.times(start)),
        sheets=[sheet_of(item, lists) for item in text.sheets],
        organisation=organisation,
        year=year,
        audience=audience,
        note=note,
    )


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(resource("templates", "facilitator")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["seen"] = lambda value: visible(str(value))
    return environment
