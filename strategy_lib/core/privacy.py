"""Who on this computer can read a workspace: its owner, or its owner's group, and nobody else.

All but `outputs/`, which is made to be passed on. Windows has no such modes: there, who may read a
folder is set in its properties.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

OUTPUTS = "outputs"
_SHARED = 0o755


def write_privately(*, with_group: bool = False) -> None:
    """Let nobody else read what this process, and those that it starts, write from now on."""
    if os.name != "nt":
        os.umask(0o007 if with_group else 0o077)


def make_private(root: Path, *, with_group: bool = False) -> list[Path]:
    """Take from others what they could read below `root`, and write privately from now on.

    What people dropped in gets the same modes. A link is not followed: what lies behind it is not
    the workspace's.

    Parameters
    ----------
    with_group : bool
        Whether the folder's group works in it too; its new files are then the group's.

    Returns
    -------
    list of Path
        What could not be closed, as it is somebody else's.
    """
    if os.name == "nt":
        return []
    wanted = 0o2770 if with_group else 0o700
    write_privately(with_group=with_group)
    return [path for path in _below(root) if not _set_mode(path, wanted)]


def let_read(folder: Path) -> None:
    """Let everybody read an edition who gets at it, wherever it is copied to."""
    for path in (folder, *_below(folder)) if os.name != "nt" else ():
        _set_mode(path, _SHARED)


def _below(root: Path) -> Iterator[Path]:
    """The folder and all in it, without editions and without what links lead to."""
    yield root
    for parent, folders, names in os.walk(root):
        folder = Path(parent)
        if folder.parent == root and folder.name.isdigit() and OUTPUTS in folders:
            folders.remove(OUTPUTS)
        yield from (Path(parent, name) for name in (*folders, *names))


def _set_mode(path: Path, wanted: int) -> bool:
    """Give a file or folder the bits that it should have; False where it keeps others."""
    try:
        found = path.lstat().st_mode
        if stat.S_ISDIR(found):
            mode = wanted
        elif stat.S_ISREG(found):
            # A program that somebody keeps here stays one.
            mode = wanted & (0o777 if found & stat.S_IXUSR else 0o666)
        else:
            return True
        if stat.S_IMODE(found) != mode:
            path.chmod(mode)
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return True
