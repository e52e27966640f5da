"""An edition takes its place as a whole, at whatever moment a run is killed."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from strategy_lib.core import atomic as files
from strategy_lib.core.errors import StrategyError
from strategy_lib.core.workspace import open_workspace
from strategy_lib.running.records import Record, is_whole, move_away, read_record
from strategy_lib.running.staging import Staging, record_path, recover


class KilledError(BaseException):
    """The run ends here; nothing may catch it."""


class Killer:
    """Ends the run at its nth change of the disk, just before it or just after."""

    def __init__(self, monkeypatch):
        self.left, self.is_after = None, False
        # Counted, but not done: this is about the order of changes, not about the disk.
        monkeypatch.setattr(os, "fsync", lambda descriptor: None)
        for owner, name in (
            (Path, "rename"),
            (Path, "replace"),
            (Path, "unlink"),
            (Path, "write_bytes"),
            (Path, "rmdir"),
            (shutil, "rmtree"),
            (os, "fsync"),
            (files, "exchange"),
        ):
            monkeypatch.setattr(owner, name, self._counted(getattr(owner, name)))

    def _counted(self, call):
        def counted(*args, **options):
            if self.left is None:
                return call(*args, **options)
            self.left -= 1
            if self.left == 0 and not self.is_after:
                raise KilledError
            result = call(*args, **options)
            if self.left == 0:
                raise KilledError
            return result

        return counted

    def kills(self, number, is_after, action) -> bool:
        """Whether `action` was killed at that point; False when it has fewer."""
        self.left, self.is_after = number, is_after
        try:
            action()
        except KilledError:
            return True
        finally:
            self.left = None
        return False


@pytest.fixture
def cycle(tmp_path):
    (tmp_path / "2026").mkdir()
    (tmp_path / "workbook.toml").write_text("")
    return open_workspace(tmp_path).cycle(2026)


def _prepare(cycle, text: str) -> tuple[Staging, bytes]:
    staging = Staging(cycle, "core")
    staging.clear()
    for folder in staging.folders:
        (folder / "01").mkdir()
        for name in ("index.html", f"{text}.txt", "01/table.csv"):
            (folder / name).write_text(text)
    parts = {part: {} for part in ("outputs", "results", "executed")}
    return staging, Record({"text": text}, {}, parts).to_bytes()


def _put(cycle, text: str) -> None:
    staging, record = _prepare(cycle, text)
    staging.commit(b"note", record)


def _content(folder: Path) -> str | None:
    """The text that every file of a whole folder holds; None where there is no folder."""
    if not folder.exists():
        return None
    (text,) = {path.read_text() for path in folder.rglob("*") if path.is_file()}
    assert {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()} == {
        "index.html",
        f"{text}.txt",
        "01/table.csv",
    }
    return text


def _contents(cycle) -> set[str | None]:
    return {_content(place) for place in Staging(cycle, "core").folders.values()}


@pytest.mark.parametrize("is_after", [False, True])
@pytest.mark.parametrize("can_exchange", [True, False])
def test_a_run_killed_at_any_moment_leaves_one_whole_edition(
    cycle, monkeypatch, can_exchange, is_after
):
    if not can_exchange:
        monkeypatch.setattr(files, "exchange", lambda first, second: False)
    killer = Killer(monkeypatch)
    points = 0
    for number in range(1, 200):
        _put(cycle, "old")
        staging, record = _prepare(cycle, "new")
        killed = killer.kills(number, is_after, lambda s=staging, r=record: s.commit(b"note", r))
        place = cycle.outputs("core")
        assert _content(place) in ({"old", "new"} if can_exchange else {"old", "new", None})
        recover(cycle)
        (text,) = _contents(cycle)
        assert read_record(cycle, "core").ingredients == {"text": text}
        assert not (cycle.root / ".making").exists()
        if not killed:
            break
        points += 1
    assert points >= 10
    assert text == "new"


def test_a_recovery_that_is_killed_too_is_taken_up_again(cycle, monkeypatch):
    killer = Killer(monkeypatch)
    seen = set()
    for first in range(1, 60, 8):
        for second in range(1, 60, 2):
            _put(cycle, "old")
            staging, record = _prepare(cycle, "new")
            killer.kills(first, True, lambda s=staging, r=record: s.commit(b"note", r))
            killed = killer.kills(second, False, lambda: recover(cycle))
            recover(cycle)
            (text,) = _contents(cycle)
            assert read_record(cycle, "core").ingredients == {"text": text}
            seen.add(text)
            if not killed:
                break
    assert seen == {"old", "new"}


def test_what_was_not_decided_is_cleared_away(cycle):
    _put(cycle, "old")
    _prepare(cycle, "new")
    recover(cycle)
    assert _contents(cycle) == {"old"}
    assert not (cycle.root / ".making").exists()


def test_a_place_that_cannot_be_replaced_is_said_and_done_next_time(cycle, monkeypatch):
    _put(cycle, "old")
    staging, record = _prepare(cycle, "new")

    def refuse(first, second):
        raise PermissionError(13, "Permission denied", str(second))

    with monkeypatch.context() as patches:
        patches.setattr(files, "exchange", refuse)
        with pytest.raises(StrategyError, match="Close it and run again"):
            staging.commit(b"note", record)
    staging.abandon()
    assert _contents(cycle) == {"old"}
    recover(cycle)
    assert _contents(cycle) == {"new"}


def test_a_damaged_or_missing_file_is_noticed_and_an_added_one_is_move_away(cycle):
    assert move_away(cycle, "core") == []
    _put(cycle, "old")
    page = cycle.outputs("core") / "index.html"
    record = Record({}, {}, {"outputs": {"index.html": files_hash(page)}})
    assert is_whole(record, cycle, "core")
    page.write_text("edited")
    assert not is_whole(record, cycle, "core")
    page.unlink()
    assert not is_whole(record, cycle, "core")
    moved = move_away(cycle, "core")
    assert cycle.root / "moved_away" / "core" / "outputs" / "old.txt" in moved
    assert all(path.read_text() == "old" for path in moved)


def files_hash(path: Path) -> str:
    from strategy_lib.core.hashing import hash_file

    return hash_file(path)


@pytest.mark.parametrize("content", ["", "[]", "{", '{"ingredients": {}}', json.dumps({"x": 1})])
def test_a_record_that_cannot_be_read_counts_as_none(cycle, content):
    record_path(cycle, "core").parent.mkdir()
    record_path(cycle, "core").write_text(content)
    assert read_record(cycle, "core") is None
