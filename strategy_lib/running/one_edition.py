"""One edition, from the tables that it may show to the pages in their place."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from strategy_lib.chapters.registry import Chapter, unmade
from strategy_lib.core.errors import StrategyError
from strategy_lib.core.hashing import hash_of, hash_tree
from strategy_lib.core.workspace import SUMMARY_FILE
from strategy_lib.editions.snapshot import BEFORE_VARIABLE, SNAPSHOT_VARIABLE, snapshot_note
from strategy_lib.running.executor import WorkerError, cores
from strategy_lib.running.parameters import fitting
from strategy_lib.running.planning import DOCUMENTS, Plan, Request, report_of
from strategy_lib.running.provenance import run_facts, write_run_file
from strategy_lib.running.records import Record, move_away, places
from strategy_lib.running.report import EditionReport, Event, Failure, State
from strategy_lib.running.sparing import pages_that_stay, spared, table_hashes
from strategy_lib.running.staging import Staging
from strategy_lib.running.workers import Workers

RESULTS_VARIABLE = "WORKBOOK_RESULTS"
LONGEST_CHAPTER_SECONDS = 600.0
Tell = Callable[[Event], None]


class OneEdition:
    """One edition while it is made; nothing of it is in its place until `finish`.

    Parameters
    ----------
    known : mapping
        Chapter -> parameters that its notebook knows.
    tell : callable
        Takes each event; it is called from several threads.
    browser : str
        Where a browser can be had that has been started already; empty for none.
    """

    def __init__(
        self,
        request: Request,
        plan: Plan,
        known: Mapping[str, Mapping[str, Any]],
        workers: Workers,
        tell: Tell,
        browser: str,
    ) -> None:
        self.browser = browser
        self.request = request
        self.plan = plan
        self.known = known
        self.workers = workers
        self.tell = tell
        self.cycle = request.cycle
        self.name = plan.edition.name
        self.staging = Staging(self.cycle, self.name)
        self.withheld: int | None = None
        self.set_aside: dict[str, int] = {}
        self.unmade: dict[str, str] = {}
        self.waiting = {c.name for c in plan.make}
        self.begun: set[str] = set()
        self.kept_pages: list[str] = []
        self.failures: list[Failure] = []

    def begin(
        self, withheld: int | None, set_aside: Mapping[str, int], broken: Mapping[str, str]
    ) -> None:
        """Take over what the chapters that have not changed gave last time.

        Parameters
        ----------
        withheld : int or None
            Records withheld, where the edition may say.
        set_aside : mapping of str to int
            Rows that cannot be used by office, where the edition may say.
        broken : mapping of str to str
            Table of which something cannot be used -> why: what needs it is not made.
        """
        self.withheld, self.set_aside = withheld, dict(set_aside)
        for name, tables in unmade(self.plan.make, broken).items():
            self.unmade[name] = f"its own tables must be mended first:\n    {broken[tables[0]]}"
            self.tell(Event("failed", self.name, name, detail="cannot be made yet"))
        make = tuple(c for c in self.plan.make if c.name not in self.unmade)
        self.plan = replace(self.plan, make=make)
        if not self.plan.chapters:
            # Nothing takes the place of the edition that is there.
            self.failures += [Failure(name, why, None) for name, why in self.unmade.items()]
            self.unmade = {}
            self.waiting = set()
            return
        self.plan = spared(self.request, self.plan, self.staging.snapshot)
        self.waiting = {c.name for c in self.plan.make}
        self.kept_pages = pages_that_stay(self.plan)
        shutil.rmtree(self.cycle.logs(self.name), ignore_errors=True)
        place = places(self.cycle, self.name)
        for chapter in self.plan.keep:
            old = place["results"] / chapter.name
            shutil.copytree(old, self.staging.results / chapter.name)
            shutil.copy(place["executed"] / chapter.notebook, self.staging.executed)
            self.tell(Event("kept", self.name, chapter.name))

    def next_chapters(self) -> list[Chapter]:
        """Chapters that can begin now; those that read results wait for all others.

        Where another has failed, the edition is not published: they are not begun then.
        """
        waiting = [c for c in self.plan.make if c.name in self.waiting and c.name not in self.begun]
        first = [c for c in waiting if not c.reads_results]
        if not first and self.begun.isdisjoint(self.waiting):
            if self.failures:
                self.waiting.clear()
                return []
            # What compares two cycles takes longest, and the pages wait for it.
            first = sorted(waiting, key=lambda chapter: not chapter.reads_before)
        self.begun |= {c.name for c in first}
        return first

    def execute(self, chapter: Chapter) -> None:
        """Execute one chapter; called in a thread that waits for its process."""
        self.tell(Event("started", self.name, chapter.name))
        begun = time.monotonic()
        try:
            failure = self.workers.call(
                "strategy_lib.running.steps:execute_chapter",
                task=self._task(chapter),
                executed=str(self.staging.executed / chapter.notebook),
                failed=str(self.cycle.logs(self.name) / chapter.notebook),
            )
        except WorkerError as error:
            if self.workers.is_closed:
                return  # the run is being stopped: that is no failure of the chapter
            failure = self._ended(chapter, error, time.monotonic() - begun)
        summary = self.staging.results / chapter.name / SUMMARY_FILE
        if failure is None and not summary.is_file():
            failure = {"cause": f"failed:\n  it saved no result ({SUMMARY_FILE})", "log": ""}
        if failure is not None:
            self._fail(chapter.name, failure["cause"], failure["log"])
        else:
            self.tell(Event("finished", self.name, chapter.name, time.monotonic() - begun))

    def _ended(self, chapter: Chapter, error: WorkerError, seconds: float) -> dict[str, str]:
        """What is known of a chapter whose process has gone."""
        told = {"where": "", "source": ""}
        with suppress(OSError, ValueError):
            told = json.loads(self._under_way(chapter).read_bytes())
        if error.trace:
            what = str(error)
        elif seconds >= LONGEST_CHAPTER_SECONDS:
            what = f"it took longer than {LONGEST_CHAPTER_SECONDS:.0f} seconds"
        else:
            what = "its process ended by itself (perhaps the memory was not enough)"
        log = f"Cell:\n{told['source']}\n\n{error.trace}"
        return {"cause": f"failed{told['where']}:\n  {what}", "log": log}

    def _under_way(self, chapter: Chapter) -> Path:
        return self.workers.folder / f"{self.name}-{chapter.name}.json"

    def _task(self, chapter: Chapter) -> dict[str, Any]:
        told = {
            "workspace": str(self.cycle.workspace.root),
            "cycle": self.cycle.year,
            "edition": self.name,
            "as_of": self.request.as_of.isoformat(),
        }
        return {
            "chapter": chapter.name,
            "edition": self.name,
            "notebook": str(self.request.notebook(chapter)),
            "parameters": told | fitting(self.request.parameters, self.known[chapter.name]),
            "environment": {
                SNAPSHOT_VARIABLE: str(self.staging.snapshot),
                BEFORE_VARIABLE: str(self.staging.before),
                RESULTS_VARIABLE: str(self.staging.results),
            },
            "seconds": LONGEST_CHAPTER_SECONDS,
            "under_way": str(self._under_way(chapter)),
        }

    def _fail(self, what: str, why: str, log: str) -> None:
        printed = self.workers.log()
        text = f"{what} {why}\n\n{log}\n{printed}".rstrip() + "\n"
        self.failures.append(Failure(what, why, self._logged(what, text)))
        self.tell(Event("failed", self.name, what, detail=why.partition(":\n")[0]))

    def _logged(self, what: str, text: str) -> Path | None:
        path = self.cycle.logs(self.name) / f"{what}.log"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        except OSError:
            return None  # the cause is told all the same, which may be this same full disk
        return path

    def finish(self) -> EditionReport:
        """Publish and put everything in its place, if every chapter could be made."""
        aside: list[Path] = []
        missing: tuple[str, ...] = ()
        try:
            if not self.failures:
                with ThreadPoolExecutor(1) as disk:
                    # What goes wrong here goes wrong again when everything is put in place.
                    disk.submit(self.staging.sync_early)
                    missing = self._publish()
                aside = move_away(self.cycle, self.name)
                self._commit(missing)
        except (StrategyError, WorkerError, OSError) as error:
            trace = getattr(error, "trace", "")
            self._fail("pages", f"could not be made:\n  {error}", trace)
        state: State = "failed" if self.failures else "made"
        left = tuple(f"{name} is not made: {why}" for name, why in self.unmade.items())
        found = tuple(self.failures), tuple(aside), missing, left
        return report_of(self.request, self.plan, state, *found)

    def _publish(self) -> tuple[str, ...]:
        """Make the pages and documents; what could not be made of the documents."""
        self.tell(Event("writing", self.name))
        workspace = self.cycle.workspace
        settings = workspace.settings
        before = self.cycle.outputs(self.name)
        is_for_all = self.plan.edition.sees_everything
        missing = self.workers.call(
            "strategy_lib.running.steps:publish",
            executed=self.staging.executed,
            results=self.staging.results,
            outputs=self.staging.outputs,
            chapters=[
                {"name": c.name, "title": c.title, "question": c.question}
                for c in self.plan.chapters
            ],
            context={
                "organisation": settings.name,
                "language": settings.language,
                "cycle": self.cycle.year,
                "edition": self.plan.edition,
                "as_of": self.request.as_of,
                "withheld": self.withheld,
                "set_aside": self.set_aside,
                "skipped": tuple(chapter.title for chapter in self.plan.skipped),
            },
            kept=before,
            kept_pages=self.kept_pages,
            snapshot=self.staging.snapshot,
            inputs=self.cycle.inputs if is_for_all else None,
            documents={
                "formats": self.request.formats,
                "jobs": cores(),
                "before": before if self.plan.documents_may_stay else None,
                "early": self.browser,
            },
            template=workspace.own_template,
        )
        write_run_file(self.staging.outputs, run_facts(self.request, self.plan))
        return tuple(missing)

    def _commit(self, missing: Sequence[str]) -> None:
        documents = self.plan.ingredients[DOCUMENTS]
        # A browser that is not there is noted already; whatever else failed is tried again.
        foreseen = "pdf" in documents["formats"] and not documents["browser"]
        if len(missing) > foreseen:
            documents = {**documents, "missing": list(missing)}
        record = Record(
            ingredients={**self.plan.ingredients, DOCUMENTS: documents},
            chapters={c.name: self.plan.fingerprints[c.name] for c in self.plan.chapters},
            parts={
                "outputs": hash_tree(self.staging.outputs),
                "results": hash_tree(self.staging.results),
                "executed": hash_tree(self.staging.executed),
            },
            tables=table_hashes(self.staging.snapshot),
        )
        note = snapshot_note(hash_of(self.plan.of_snapshot), self.staging.snapshot)
        self.staging.commit(note, record.to_bytes())
