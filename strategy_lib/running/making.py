"""Making editions: read once, restrict for each audience, execute, publish, put in place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from functools import partial
from threading import Lock
from typing import Any

from strategy_lib.chapters.registry import Chapter
from strategy_lib.core.errors import StrategyError
from strategy_lib.editions.snapshot import reading_fingerprint
from strategy_lib.running.executor import WorkerError, cores
from strategy_lib.running.one_edition import OneEdition, Tell
from strategy_lib.running.parameters import check_parameters, known_parameters
from strategy_lib.running.planning import Plan, Request
from strategy_lib.running.report import EditionReport, Event
from strategy_lib.running.staging import Staging
from strategy_lib.running.workers import Workers

_STEPS = "strategy_lib.running.steps"


def make_editions(
    request: Request,
    plans: Sequence[Plan],
    jobs: int | None,
    tell: Tell,
    workers: Workers,
    browsers: Mapping[str, str],
) -> tuple[list[EditionReport], list[str]]:
    """Make the editions that are not up to date; their reports, and what to look at.

    The processes are ended, whatever happens.

    This process only directs: what reads, what executes and what publishes runs in processes of
    their own, none of which sees more than it needs.

    Parameters
    ----------
    browsers : mapping
        Edition -> where a browser can be had that has been started already.

    Raises
    ------
    InputError
        If what nothing can be made without must be mended; nothing has been touched then.
    ParameterError, ChapterError
        If a chapter cannot be told what it was to be told; nothing has been touched then.
    """
    chapters = dict.fromkeys(c for plan in plans for c in plan.make)
    known = {c.name: known_parameters(request.notebook(c)) for c in chapters}
    check_parameters(request.given, known)
    jobs = max(1, min(jobs or cores(), sum(len(plan.make) for plan in plans)))
    try:
        # Pages do not wait for chapters of other editions, nor these for them.
        with ThreadPoolExecutor(jobs) as pool, ThreadPoolExecutor(len(plans)) as last, workers:
            told = _one_at_a_time(tell)
            editions = [
                OneEdition(
                    request,
                    plan,
                    known,
                    workers,
                    told,
                    browser=browsers.get(plan.edition.name, ""),
                )
                for plan in plans
            ]
            try:
                told(Event("reading"))
                warnings = _read(request, editions, workers)
                reports = _execute(editions, pool, last)
                return [reports[edition.name] for edition in editions], warnings
            except BaseException:
                for threads in (pool, last):
                    threads.shutdown(wait=False, cancel_futures=True)
                raise
    finally:
        for plan in plans:
            Staging(request.cycle, plan.edition.name).abandon()


def _one_at_a_time(tell: Tell) -> Tell:
    lock = Lock()

    def locked(event: Event) -> None:
        with lock:
            tell(event)

    return locked


def _read(request: Request, editions: Sequence[OneEdition], workers: Workers) -> list[str]:
    cycle = request.cycle
    for edition in editions:
        edition.staging.clear()
    root = str(cycle.workspace.root)
    asked = {
        "root": root,
        "year": cycle.year,
        "day": request.as_of,
        "fresh": request.is_fresh,
        "strict": request.is_strict,
    }
    now = [(e.plan.edition, e.staging.snapshot) for e in editions]
    before = [(e.plan.edition, e.staging.before) for e in editions if _compares(e)]
    try:
        # Both cycles at a time, each in a process of its own.
        with ThreadPoolExecutor(1) as pool:
            call = partial(workers.call, f"{_STEPS}:restrict_before", editions=before, **asked)
            compared = pool.submit(call) if before else None
            told = workers.call(
                f"{_STEPS}:read_and_restrict",
                editions=now,
                made_with=reading_fingerprint(cycle),
                **asked,
            )
            why = "" if compared is None else str(compared.result())
    except WorkerError as error:
        log = cycle.root / "logs" / "reading.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        log.write_text(f"{error}\n\n{error.trace}\n{workers.log()}", encoding="utf-8")
        raise StrategyError(f"The inputs could not be read ({error}). Log: {log}") from None
    counts = zip(editions, told["withheld"], told["set_aside"], strict=True)
    for edition, withheld, set_aside in counts:
        edition.begin(withheld, set_aside, told["broken"])
    said = [why] if why else []
    if told["warnings"]:
        lines = "1 line" if told["warnings"] == 1 else f"{told['warnings']} lines"
        said.append(f"The inputs have {lines} to look at: workbook check {root}")
    return said


def _compares(edition: OneEdition) -> bool:
    return any(chapter.reads_before for chapter in edition.plan.make)


def _execute(
    editions: Sequence[OneEdition], pool: ThreadPoolExecutor, last: ThreadPoolExecutor
) -> dict[str, EditionReport]:
    """Execute what can go at once; in each edition, what reads the others' results, then pages."""
    running: dict[Future[None], tuple[OneEdition, Chapter]] = {}
    finishing: dict[Future[EditionReport], OneEdition] = {}
    reports: dict[str, EditionReport] = {}

    def submit(edition: OneEdition) -> None:
        for chapter in edition.next_chapters():
            running[pool.submit(edition.execute, chapter)] = (edition, chapter)
        if not edition.waiting:
            # Not here: other editions go on meanwhile.
            finishing[last.submit(edition.finish)] = edition

    for edition in editions:
        submit(edition)
    while running or finishing:
        under_way: list[Future[Any]] = [*running, *finishing]
        wait(under_way, return_when=FIRST_COMPLETED)
        for future in [future for future in running if future.done()]:
            edition, chapter = running.pop(future)
            future.result()
            edition.waiting.discard(chapter.name)
            submit(edition)
        for ended in [ended for ended in finishing if ended.done()]:
            reports[finishing.pop(ended).name] = ended.result()
    return reports
