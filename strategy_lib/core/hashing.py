"""What something was made from, as hashes: the content decides, never a date or a size.

Standard library only: a run that finds nothing changed must not wait for pandas.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from strategy_lib import __version__
from strategy_lib.core.resources import resource

_DISTRIBUTION = "global-china-workbook"
_PASSING = ("~$", ".~lock.", ".DS_Store", "Thumbs.db", "desktop.ini")
_DATA = ("schemas", "codes", "reference", "messages")


def hash_file(path: Path) -> str:
    """SHA-256 of a file's content; `unreadable` where it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return "unreadable"


def hash_of(value: Any) -> str:
    """SHA-256 of a value that JSON can write; the order of keys does not count.

    Examples
    --------
    >>> hash_of({"a": 1, "b": 2}) == hash_of({"b": 2, "a": 1})
    True
    """
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def hash_tree(folder: Path, suffix: str = "") -> dict[str, str]:
    """Path within the folder (with `/`) -> hash, for every file that ends in `suffix`.

    Left out is what an office program or the desktop puts beside a file while it is open.
    """
    return {path.relative_to(folder).as_posix(): hash_file(path) for path in _walk(folder, suffix)}


def _walk(folder: Path, suffix: str) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(f for f in folders if f != "__pycache__")
        for name in sorted(names):
            if name.endswith(suffix) and not name.startswith(_PASSING):
                yield Path(parent, name)


_TEMPLATES = ("report", "protocol", "documents")


@cache
def workbook_hashes() -> Mapping[str, str]:
    """Hashes of what the workbook itself brings: library, facts and messages, page templates, lock."""
    return {
        "library": hash_of(hash_tree(Path(__file__).parents[1], ".py")),
        "facts": hash_of({name: hash_tree(resource("data", name)) for name in _DATA}),
        "templates": hash_of({name: hash_tree(resource("templates", name)) for name in _TEMPLATES}),
        "lock": hash_file(resource("requirements.lock")),
    }


@cache
def package_versions() -> Mapping[str, str]:
    """Versions of Python, the workbook and the packages that it asks for.

    Read from the names of the `.dist-info` folders: `importlib.metadata` takes longer than all the
    rest of a run that finds nothing changed.
    """
    installed: dict[str, tuple[str, Path]] = {}
    for entry in _distributions():
        name, _, version = entry.name.removesuffix(".dist-info").partition("-")
        installed.setdefault(_plain(name), (version, Path(entry.path)))
    wanted = installed
    if _DISTRIBUTION in installed:
        names = _required(installed[_DISTRIBUTION][1])
        wanted = {name: installed[name] for name in names if name in installed}
    versions = {name: version for name, (version, _) in wanted.items()}
    return versions | {"python": platform.python_version(), _DISTRIBUTION: __version__}


def _distributions() -> Iterator[os.DirEntry[str]]:
    for folder in filter(os.path.isdir, sys.path):
        with os.scandir(folder) as entries:
            yield from (e for e in entries if e.name.endswith(".dist-info"))


def _required(distribution: Path) -> Iterable[str]:
    text = (distribution / "METADATA").read_text(encoding="utf-8")
    lines = re.findall(r"^Requires-Dist: ([\w.-]+)(.*)$", text, re.MULTILINE)
    return sorted(_plain(name) for name, rest in lines if "extra ==" not in rest)


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
