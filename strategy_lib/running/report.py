"""What a run says: events while it goes on, and a report at its end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

EventKind = Literal[
    "reading", "started", "finished", "kept", "fresh", "skipped", "writing", "failed"
]
State = Literal["made", "fresh", "failed", "empty"]
_WORDS = {
    "reading": "reading what the offices sent",
    "started": "started",
    "finished": "done",
    "kept": "unchanged",
    "fresh": "unchanged since it was made",
    "skipped": "not made for this edition",
    "writing": "writing pages and documents",
    "failed": "failed",
}


@dataclass(frozen=True)
class Event:
    """One step of a run; as text, a line for the person who waits.

    Attributes
    ----------
    seconds : float or None
        How long the step took, in seconds, where that is known.
    detail : str
        What to say instead of the kind's own word, such as where a chapter failed.
    """

    kind: EventKind
    edition: str = ""
    chapter: str = ""
    seconds: float | None = None
    detail: str = ""

    def __str__(self) -> str:
        took = "" if self.seconds is None else f" in {self.seconds:.1f} s"
        where = " · ".join(part for part in (self.edition, self.chapter) if part)
        return f"{where}{': ' if where else ''}{self.detail or _WORDS[self.kind]}{took}"


@dataclass(frozen=True)
class Failure:
    """Why a chapter could not be made: its cause in at most two lines, and the log beside it.

    Where no log could be written, as on a full disk, it is None.
    """

    chapter: str
    cause: str
    log: Path | None


@dataclass(frozen=True)
class EditionReport:
    """What became of one edition.

    Attributes
    ----------
    state : str
        `made`; `fresh` (nothing had changed); `failed` (the last complete edition stays in place);
        `empty` (no chapter may be shown to this audience).
    made, kept : tuple of str
        Chapters that were executed, and those that had not changed.
    skipped : tuple of str
        Chapters that are never made for so low a clearance.
    left_out : tuple of str
        Chapters that were not asked for and whose pages no longer fit what was changed.
    changed : tuple of str
        What had changed since the edition before; empty where there was none.
    index : Path
        The edition's first page.
    moved_away : tuple of Path
        Files that somebody had put among the pages or results, where they are now.
    unmade : tuple of str
        Chapters that cannot be made before their own tables are mended, and why.
    missing : tuple of str
        Which documents could not be made beside the pages, and why.
    """

    edition: str
    state: State
    index: Path
    made: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    failures: tuple[Failure, ...] = ()
    moved_away: tuple[Path, ...] = ()
    missing: tuple[str, ...] = ()
    unmade: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """What became of the edition, in words."""
        return (
            f"{self.edition}: {self._headline}",
            *(
                f"  {f.chapter} {f.cause}" + (f"\n  Log: {f.log}" if f.log else "")
                for f in self.failures
            ),
            *(f"  {text}" for text in self.unmade),
            *(f"  {c} is left out: it was made from older inputs." for c in self.left_out),
            *(f"  {text}" for text in self.missing),
            *(f"  A file that the workbook had not made is now in {p}" for p in self.moved_away),
        )

    @property
    def _headline(self) -> str:
        if self.state == "fresh":
            return "nothing has changed; the pages are up to date."
        if self.state == "empty":
            return "no chapter may be shown to this audience; nothing was made."
        if self.state == "failed":
            stays = "; the last complete edition stays as it was" if self.index.exists() else ""
            return f"not made{stays}."
        because = f" (changed: {', '.join(self.changed)})" if self.changed else ""
        return f"made{because}."


@dataclass(frozen=True)
class RunReport:
    """What a run did.

    Attributes
    ----------
    as_of : date
        Day from which ages are counted.
    is_pinned : bool
        Whether that day was set; else it is the day of the run, and pages are made anew tomorrow.
    warnings : tuple of str
        What a person should look at.
    seconds : float
        How long the run took; nothing that it wrote depends on it.
    """

    cycle: int
    as_of: date
    is_pinned: bool
    editions: tuple[EditionReport, ...]
    warnings: tuple[str, ...]
    seconds: float

    @property
    def failed(self) -> bool:
        """Whether any edition, or a chapter of one, could not be made."""
        return any(e.state == "failed" or e.unmade for e in self.editions)

    @property
    def indexes(self) -> tuple[str, ...]:
        """Paths of the first pages of the editions that are up to date."""
        return tuple(str(e.index) for e in self.editions if e.state in ("made", "fresh"))

    @property
    def lines(self) -> tuple[str, ...]:
        """The report in words, a line each."""
        day = f"Ages are counted from {self.as_of}"
        how = (
            "."
            if self.is_pinned
            else ", the day of this run; set as_of in workbook.toml to fix it."
        )
        editions = [line for edition in self.editions for line in edition.lines]
        return (*editions, *self.warnings, f"{day}{how}")
