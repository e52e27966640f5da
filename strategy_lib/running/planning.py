"""What a run has to make, and what is still as it was. Standard library only: it must be quick."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from strategy_lib.chapters.registry import CHAPTERS, Chapter, chapter_named, chapters_for
from strategy_lib.core.audiences import Edition
from strategy_lib.core.hashing import hash_file, hash_of, hash_tree
from strategy_lib.core.resources import resource
from strategy_lib.core.workspace import Cycle, Workspace
from strategy_lib.editions.snapshot import day_of, ingredients, versions_hash
from strategy_lib.editions.to_mend import list_path
from strategy_lib.publishing.pdf.browsers import find_program
from strategy_lib.running.records import Record, is_whole, read_record
from strategy_lib.running.report import EditionReport, Failure, State

THE_CYCLE_BEFORE = "the_cycle_before"
DOCUMENTS = "documents"
_MAKE_DOCUMENTS = ("library", "templates", "lock", "packages", "edition", DOCUMENTS)


@dataclass(frozen=True)
class Request:
    """What was asked for, with all defaults filled in.

    Attributes
    ----------
    chapters : tuple of Chapter
        Chapters asked for, in the workbook's order.
    is_fresh : bool
        Whether everything asked for is made again, changed or not.
    is_strict : bool
        Whether nothing is made while anything must be mended.
    given : mapping
        Parameters that were asked for by name.
    """

    cycle: Cycle
    editions: tuple[Edition, ...]
    chapters: tuple[Chapter, ...]
    as_of: date
    is_pinned: bool
    is_fresh: bool
    given: Mapping[str, Any]
    formats: tuple[str, ...] = ()
    is_strict: bool = False

    @property
    def parameters(self) -> dict[str, Any]:
        """What chapters are told beside workspace, year, edition and day."""
        settings = self.cycle.workspace.settings
        return {"seed": settings.seed, "draws": settings.draws, **self.given}

    @cached_property
    def inputs(self) -> Mapping[str, str]:
        """Hash of each input file, taken once for all editions."""
        return hash_tree(self.cycle.inputs)

    @cached_property
    def inputs_before(self) -> Mapping[str, str]:
        """Hash of each input file of the cycle before, if there is one."""
        return hash_tree(self.cycle.before.inputs) if self.cycle.before else {}

    def notebook(self, chapter: Chapter) -> Path:
        """The organisation's own copy of a chapter's notebook, else the workbook's."""
        own = self.cycle.workspace.own_notebooks / chapter.notebook
        return own if own.is_file() else resource("notebooks", chapter.notebook)


def make_request(
    workspace: Workspace,
    year: int | None,
    editions: Sequence[str] | None,
    chapters: Sequence[str] | None,
    as_of: date | None,
    parameters: Mapping[str, Any] | None,
    *,
    fresh: bool,
    formats: Sequence[str] | None = None,
    strict: bool = False,
) -> Request:
    """Fill in what was not said.

    Raises
    ------
    InputError
        If there is no such edition or chapter.
    WorkspaceError
        If there is no such cycle.
    """
    settings = workspace.settings
    made = chapters_for(settings.optional)
    wanted = {chapter_named(name).name for name in chapters or [c.name for c in made]}
    wanted_editions = editions or settings.run_editions
    names = dict.fromkeys(settings.editions if "all" in wanted_editions else wanted_editions)
    cycle = workspace.cycle(year)
    # An edition may be in place that was made without what is set aside.
    fresh = fresh or (strict and list_path(cycle).is_file())
    return Request(
        cycle=cycle,
        editions=tuple(workspace.edition(name) for name in names),
        chapters=tuple(c for c in made if c.name in wanted),
        as_of=day_of(settings, as_of),
        is_pinned=bool(as_of or settings.as_of),
        is_fresh=fresh,
        given=dict(parameters or {}),
        formats=settings.formats if formats is None else tuple(formats),
        is_strict=strict,
    )


@dataclass(frozen=True)
class Plan:
    """What to do for one edition.

    Attributes
    ----------
    make, keep, left_out, skipped : tuple of Chapter
        Chapters to execute; those still as they were; those not asked for that no longer fit; those
        never made for so low a clearance.
    ingredients : mapping
        What the edition depends on, taken before anything was read.
    fingerprints : mapping
        Chapter -> fingerprint of all that it depends on, its notebook too.
    changed : tuple of str
        Which ingredients differ from the edition in place.
    lacks_documents : bool
        Whether the documents beside the pages are others than were asked for.
    documents_may_stay : bool
        Whether a page that is the same has the same documents.
    was : Record or None
        Of the edition in place, where it is whole and something of it may be kept.
    """

    edition: Edition
    make: tuple[Chapter, ...]
    keep: tuple[Chapter, ...]
    left_out: tuple[Chapter, ...]
    skipped: tuple[Chapter, ...]
    ingredients: Mapping[str, Any]
    fingerprints: Mapping[str, str]
    changed: tuple[str, ...]
    lacks_documents: bool = False
    documents_may_stay: bool = False
    was: Record | None = None

    @property
    def is_fresh(self) -> bool:
        """Whether nothing has to be made."""
        return not self.make and not (self.keep and self.lacks_documents)

    @property
    def of_snapshot(self) -> dict[str, Any]:
        """Those ingredients that the edition's snapshot depends on."""
        more = ("notebooks", "parameters", THE_CYCLE_BEFORE, DOCUMENTS)
        return {name: value for name, value in self.ingredients.items() if name not in more}

    @property
    def chapters(self) -> tuple[Chapter, ...]:
        """Chapters that the edition will hold, in the workbook's order."""
        held = {*self.make, *self.keep}
        return tuple(c for c in CHAPTERS if c in held)


def make_plan(request: Request, edition: Edition) -> Plan:
    """Compare one edition in place with what it would be made from now."""
    needed = _edition_ingredients(request, edition)
    made = chapters_for(request.cycle.workspace.settings.optional)
    shown = [c for c in made if edition.may_see(c.floor)]
    record = read_record(request.cycle, edition.name)
    # One of which a file was changed or lost is no edition to keep anything of.
    whole = record if record and is_whole(record, request.cycle, edition.name) else None
    asked = set(request.chapters)
    first = [c for c in shown if not c.reads_results]
    prints = {c.name: hash_of(_chapter_ingredients(needed, c)) for c in first}
    same = _unchanged(whole, prints)
    held = [c.name for c in first if c in asked or c.name in same]
    for chapter in shown:
        if chapter.reads_results:
            read = _chapter_ingredients(needed, chapter) | {
                "read": {name: prints[name] for name in held}
            }
            prints[chapter.name] = hash_of(read)
    same = _unchanged(whole, prints)
    make = tuple(c for c in shown if c in asked and (request.is_fresh or c.name not in same))
    before = record.chapters if record else {}
    return Plan(
        edition=edition,
        make=make,
        keep=tuple(c for c in shown if c.name in same and c not in make),
        left_out=tuple(c for c in shown if c.name in before.keys() - same and c not in asked),
        skipped=tuple(c for c in made if c not in shown),
        ingredients=needed,
        fingerprints=prints,
        changed=_changed(record, needed),
        lacks_documents=not _agree(record, needed, (DOCUMENTS,)),
        documents_may_stay=not request.is_fresh and _agree(whole, needed, _MAKE_DOCUMENTS),
        was=None if request.is_fresh else whole,
    )


def _agree(record: Record | None, needed: Mapping[str, Any], names: Iterable[str]) -> bool:
    """Whether the edition in place was made from the same ingredients of these names."""
    before = record.ingredients if record else {}
    return all(before.get(name) == needed[name] for name in names)


def _edition_ingredients(request: Request, edition: Edition) -> dict[str, Any]:
    notebooks = {c.name: hash_file(request.notebook(c)) for c in CHAPTERS}
    common = ingredients(request.cycle, edition, request.as_of, request.inputs)
    earlier = request.cycle.before
    saved = hash_tree(earlier.results(edition.name)) if earlier else {}
    before = {
        "inputs": request.inputs_before,
        "results": saved,
        "versions": versions_hash(earlier) if earlier else "",
    }
    return common | {
        THE_CYCLE_BEFORE: before,
        DOCUMENTS: _documents(request),
        "notebooks": notebooks,
        "parameters": request.parameters,
    }


def _documents(request: Request) -> dict[str, Any]:
    """What the documents beside the pages depend on, apart from the pages."""
    template = request.cycle.workspace.own_template
    return {
        "formats": list(request.formats),
        "browser": bool(request.formats) and find_program() is not None,
        "template": hash_file(template) if template.is_file() else "",
    }


def _chapter_ingredients(needed: Mapping[str, Any], chapter: Chapter) -> dict[str, Any]:
    before = needed[THE_CYCLE_BEFORE] if chapter.reads_before else {}
    shared = {name: value for name, value in needed.items() if name != DOCUMENTS}
    return {**shared, THE_CYCLE_BEFORE: before, "notebooks": needed["notebooks"][chapter.name]}


def _unchanged(record: Record | None, prints: Mapping[str, str]) -> set[str]:
    before = record.chapters if record else {}
    return {name for name, fingerprint in before.items() if prints.get(name) == fingerprint}


def _changed(record: Record | None, needed: Mapping[str, Any]) -> tuple[str, ...]:
    before = record.ingredients if record else needed
    names = (n for n in before.keys() | needed.keys() if before.get(n) != needed.get(n))
    return tuple(sorted(name.replace("_", " ") for name in names))


def report_of(
    request: Request,
    plan: Plan,
    state: State,
    failures: tuple[Failure, ...] = (),
    aside: tuple[Path, ...] = (),
    missing: tuple[str, ...] = (),
    unmade: tuple[str, ...] = (),
) -> EditionReport:
    """What became of one planned edition."""
    is_made = state == "made"
    return EditionReport(
        edition=plan.edition.name,
        state=state,
        index=request.cycle.outputs(plan.edition.name) / "index.html",
        made=tuple(c.name for c in plan.make) if is_made else (),
        kept=tuple(c.name for c in plan.keep),
        skipped=tuple(c.name for c in plan.skipped),
        left_out=tuple(c.name for c in plan.left_out) if is_made else (),
        changed=plan.changed if is_made else (),
        failures=failures,
        moved_away=aside,
        missing=missing,
        unmade=unmade,
    )
