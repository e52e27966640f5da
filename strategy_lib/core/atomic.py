"""Files and folders that change as a whole or not at all, and a lock that dies with its process.

Standard library only: a run that finds nothing changed must not wait for pandas.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from strategy_lib.core.errors import WorkspaceError

# Numbers of the errors by which a system says that there is no room left.
NO_ROOM = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG)
_AT_FDCWD = -100
_EXCHANGE = 2
_CANNOT_EXCHANGE = (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EXDEV)
_CANNOT_LOCK = (errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS)
# Far behind the process number that the file holds: Windows lets nobody read a locked byte.
_LOCKED_BYTE = 1 << 20


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that a reader, or a power cut, meets the old content or the new, whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    sync_folder(path.parent)


def sync_tree(folder: Path) -> None:
    """Wait until every file below `folder` is on the disk."""
    for parent, _, names in os.walk(folder, topdown=False):
        for name in names:
            with Path(parent, name).open("rb+" if os.name == "nt" else "rb") as file:
                os.fsync(file.fileno())
        sync_folder(Path(parent))


def sync_folder(folder: Path) -> None:
    """Wait until what was made or renamed in `folder` is on the disk."""
    if os.name == "nt":
        return  # Windows opens no folder, and keeps renames in order by itself
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def swap_in(new: Path, target: Path) -> None:
    """Put the folder `new` in the place of `target`.

    Where the system can exchange two folders in one step, `target` is there at every moment and the
    old one is then found at `new`; elsewhere the old one is moved to `new` with `.old` behind it.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.exists():
        new.rename(target)
    elif not exchange(new, target):
        target.rename(new.with_name(f"{new.name}.old"))
        new.rename(target)
    sync_folder(target.parent)


def exchange(first: Path, second: Path) -> bool:
    """Exchange two folders in one step; False where the system or the disk cannot."""
    call = _exchange_call()
    if call is None:
        return False
    number = call(os.fsencode(first), os.fsencode(second))
    if number and number not in _CANNOT_EXCHANGE:
        raise OSError(number, os.strerror(number), str(first), None, str(second))
    return not number


def _exchange_call() -> Callable[[bytes, bytes], int] | None:
    # Imported here: only a run that has made something new gets this far.
    import ctypes

    if os.name == "nt":
        return None
    library = ctypes.CDLL(None, use_errno=True)

    def call(first: bytes, second: bytes) -> int:
        if sys.platform == "darwin":
            failed = library.renamex_np(first, second, _EXCHANGE)
        else:
            failed = library.renameat2(_AT_FDCWD, first, _AT_FDCWD, second, _EXCHANGE)
        return ctypes.get_errno() if failed else 0

    name = "renamex_np" if sys.platform == "darwin" else "renameat2"
    return call if hasattr(library, name) else None


@contextmanager
def held(path: Path, *, wait: bool = False) -> Iterator[None]:
    """Hold the lock file `path` for this process; the system frees it when the process ends.

    On a disk that knows no locks the work goes on without one.

    Raises
    ------
    WorkspaceError
        If another process holds it and `wait` is False, or its folder cannot be written to.
    """
    with _opened(path) as file:
        try:
            _lock(file, wait)
        except OSError as error:
            if error.errno not in _CANNOT_LOCK:
                raise _busy(path) from None
        # Whose lock it is only serves a message; a full disk takes no number.
        with suppress(OSError):
            file.truncate(0)
            os.write(file.fileno(), str(os.getpid()).encode())
        yield


def _opened(path: Path) -> IO[bytes]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("a+b")
    except OSError as error:
        raise WorkspaceError(f"{path.parent} cannot be written to: {error.strerror}.") from None


def _lock(file: IO[bytes], wait: bool) -> None:
    if sys.platform == "win32":
        import msvcrt

        file.seek(_LOCKED_BYTE)
        msvcrt.locking(file.fileno(), msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))


def _busy(path: Path) -> WorkspaceError:
    holder = path.read_text(encoding="ascii", errors="replace").strip()
    who = f" (process {holder})" if holder.isdigit() else ""
    return WorkspaceError(
        f"Another run{who} is working in {path.parent}. "
        "Wait until it has ended, or stop it, and run again."
    )
