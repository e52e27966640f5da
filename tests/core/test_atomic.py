"""Files that change as a whole, and a lock that dies with its process."""

from __future__ import annotations

import errno
import subprocess
import sys

import pytest

from strategy_lib.core import atomic as files
from strategy_lib.core.atomic import exchange, held, swap_in, sync_tree, write_whole
from strategy_lib.core.errors import WorkspaceError


def test_a_file_is_written_whole_and_leaves_nothing_beside(tmp_path):
    path = tmp_path / "deep" / "国际.json"
    write_whole(path, b"old")
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def _folder(path, text):
    path.mkdir(parents=True)
    (path / text).write_text(text)
    return path


def _names(folder):
    return [p.name for p in folder.iterdir()]


@pytest.mark.parametrize("can_exchange", [True, False])
def test_a_folder_takes_the_place_of_another(tmp_path, monkeypatch, can_exchange):
    if not can_exchange:
        monkeypatch.setattr(files, "exchange", lambda first, second: False)
    place = tmp_path / "outputs" / "core"
    swap_in(_folder(tmp_path / "first", "one"), place)
    assert _names(place) == ["one"]
    new = _folder(tmp_path / "second", "two")
    sync_tree(new)
    swap_in(new, place)
    assert _names(place) == ["two"]
    assert _names(new if new.exists() else tmp_path / "second.old") == ["one"]


@pytest.mark.skipif(sys.platform not in ("linux", "darwin"), reason="no exchange in one step")
def test_exchanging_with_nothing_is_an_error_that_names_both(tmp_path):
    first = _folder(tmp_path / "first", "one")
    with pytest.raises(FileNotFoundError) as caught:
        exchange(first, tmp_path / "absent")
    assert caught.value.filename2 == str(tmp_path / "absent")


def test_a_lock_is_held_once_and_freed_at_the_end(tmp_path):
    lock = tmp_path / ".lock"
    with held(lock):
        with pytest.raises(WorkspaceError, match="Another run"), held(lock):
            pass
        assert lock.read_text().isdigit()
    with held(lock):
        pass


def test_a_lock_is_freed_when_its_process_is_killed(tmp_path):
    lock = tmp_path / ".lock"
    code = (
        "import sys\nfrom pathlib import Path\nfrom strategy_lib.core.atomic import held\n"
        "with held(Path(sys.argv[1])):\n    print('held', flush=True)\n    sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(lock)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as owner:
        assert owner.stdout.readline() == "held\n"
        with pytest.raises(WorkspaceError, match=f"process {owner.pid}"), held(lock):
            pass
        owner.kill()
        owner.wait()
        with held(lock):
            assert lock.read_text() != str(owner.pid)


def test_a_folder_that_cannot_be_written_to_is_said(tmp_path):
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(WorkspaceError, match="cannot be written to"), held(tmp_path / "file" / "x"):
        pass


def test_on_a_disk_that_knows_no_locks_the_work_goes_on(tmp_path, monkeypatch):
    def refuse(file, wait):
        raise OSError(files._CANNOT_LOCK[0], "no locks")

    monkeypatch.setattr(files, "_lock", refuse)
    with held(tmp_path / ".lock"):
        assert (tmp_path / ".lock").exists()


def test_a_full_disk_takes_no_number_and_gives_the_lock_all_the_same(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(files.os, "write", full)
    busy = pytest.raises(WorkspaceError, match="Another run is working")
    with held(tmp_path / "lock"), busy, held(tmp_path / "lock"):
        pass
