"""The facilitator's pack of a chapter: agenda, prompts, roles and sheets to print, as one page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pandas as pd

from strategy_lib.chapters.registry import chapter_named, number_of, unmade
from strategy_lib.core.errors import InputError
from strategy_lib.core.resources import resource
from strategy_lib.core.workspace import Cycle
from strategy_lib.editions.snapshot import day_of, ensure_snapshot, read_snapshot
from strategy_lib.protocol.rehearsals import Rehearsal, read_rehearsal, rehearsal_names
from strategy_lib.publishing.page import content_policy, templates
from strategy_lib.publishing.pdf.press import write_printed
from strategy_lib.workshop.facilitator_sheets import Lists, sheet_of
from strategy_lib.workshop.facilitator_texts import PackText, hour_of, pack_text

FOLDER = "workshop"
# Chapters of which a room can ask questions on phones.
ON_PHONES = tuple(map(number_of, ("prepare", "presence", "speaking_out", "scenarios")))
START = "09:30"
STARTING_LISTS = (
    "The inputs have lines to mend, so the sheets use the lists that the workbook starts with. "
    "Run `workbook check`, and write the pack again."
)


@dataclass(frozen=True)
class Pack:
    """A pack that was written.

    Attributes
    ----------
    page : Path
        In `CYCLE/workshop/`: `NN_facilitator.html`, or `03_rehearsal_NAME.html`.
    pdf : Path or None
        The same as PDF; None where this computer has no browser that can make it.
    note : str
        Why there is no PDF.
    """

    page: Path
    pdf: Path | None
    note: str = ""


def write_facilitator_pack(
    cycle: Cycle, chapter: str, edition: str = "core", start: str = START
) -> Pack:
    """Write the pack of one chapter, or of a table-top case, as a page to print, and as PDF.

    Parameters
    ----------
    chapter : str
        Number or name of a chapter; or name of a rehearsal, such as `slogan`.
    edition : str
        Audience of the workshop: the sheets hold nothing that it may not see.
    start : str
        Hour at which the workshop begins, such as 09:30.

    Returns
    -------
    Pack
        What was written, and why there is no PDF if there is none.

    Raises
    ------
    InputError
        If the chapter has no pack, the edition is unknown, or `start` is no hour.
    WorkspaceError
        If the page cannot be written.
    """
    audience = cycle.workspace.edition(edition)
    settings = cycle.workspace.settings
    if chapter in rehearsal_names():
        page = rehearsal_page(read_rehearsal(chapter), settings.name, start)
        name = f"{number_of('speaking_out')}_rehearsal_{chapter}"
    else:
        text = pack_text(chapter)
        frames, note = _frames(cycle, text.chapter, edition)
        page = pack_page(text, frames, settings.name, cycle.year, audience.title, start, note)
        name = f"{text.chapter}_facilitator"
    path = cycle.root / FOLDER / f"{name}.html"
    why_no_pdf = write_printed(path, page.encode("utf-8", "replace"), day_of(settings))
    if why_no_pdf:
        return Pack(path, None, f"There is no PDF of it. {why_no_pdf}")
    return Pack(path, path.with_suffix(".pdf"))


def _frames(cycle: Cycle, chapter: str, edition: str) -> tuple[Mapping[str, pd.DataFrame], str]:
    try:
        folder = ensure_snapshot(cycle.workspace.root, cycle.year, edition)
    except InputError:
        return {}, STARTING_LISTS
    restricted = read_snapshot(folder).restricted
    if unmade([chapter_named(chapter)], dict.fromkeys(restricted.broken)):
        return {}, STARTING_LISTS
    return restricted.frames, ""


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
    page = templates("facilitator").get_template("pack.html")
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
        on_phones=text.chapter in ON_PHONES,
    )


def rehearsal_page(case: Rehearsal, organisation: str, start: str = START) -> str:
    """A table-top case as HTML: its course, role cards and cards to give out.

    Raises
    ------
    InputError
        If `start` is no hour.
    """
    begins = hour_of(start)
    cards = [(f"{begins + timedelta(minutes=i.minute):%H:%M}", i) for i in case.injects]
    page = templates("facilitator").get_template("rehearsal.html")
    return page.render(
        policy=content_policy(()),
        css=resource("templates", "facilitator", "pack.css").read_text(encoding="utf-8"),
        case=case,
        injects=cards,
        organisation=organisation,
    )
