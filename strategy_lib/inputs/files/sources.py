"""The files that offices sent: found in `inputs/`, and read whole within limits."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from strategy_lib.inputs.files.rawsheets import Refusal
from strategy_lib.schema.limits import LIMITS, Limits

_IGNORED = frozenset({"thumbs.db", "desktop.ini", "__macosx", "icon\r"})
_DEEPEST = 20
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Source:
    """One file below `inputs/`, or why it is not read."""

    file: str
    path: Path
    refusal: Refusal | None = None


@dataclass(frozen=True)
class Content:
    """A file's bytes and their hash, or why they could not be read."""

    data: bytes = b""
    sha256: str = ""
    refusal: Refusal | None = None


def find_sources(inputs: Path, folders: tuple[str, ...] = ()) -> list[Source]:
    """Every file below `inputs`, in the order of their names; links that lead outside are refused.

    Lock files of spreadsheet programs, hidden files and what operating systems leave are no input.

    Parameters
    ----------
    folders : tuple of str, optional
        Names of folders one below an area: only files in these are found.
    """
    if folders:
        found = (s for area in _areas(inputs) for s in _in_area(area, inputs, folders))
        return sorted(found, key=_order)
    return sorted(_walk(inputs, inputs, 0), key=_order)


def _areas(inputs: Path) -> list[Path]:
    try:
        entries = [Path(entry.path) for entry in os.scandir(inputs)]
    except OSError:
        return []
    return [path for path in entries if not _is_ignored(path.name)]


def _in_area(area: Path, inputs: Path, folders: tuple[str, ...]) -> Iterator[Source]:
    for name in folders:
        path = area / name
        if path.is_dir() and path.resolve() == inputs.resolve() / area.name / name:
            yield from _walk(path, inputs, 2)


def _order(source: Source) -> tuple[str, str, str]:
    """Names without their extension first, so that `x.xlsx` comes before its copy `x (1).xlsx`."""
    folder, _, name = source.file.rpartition("/")
    return folder, name.rpartition(".")[0] or name, name


def _walk(folder: Path, inputs: Path, depth: int) -> Iterator[Source]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        if folder.exists() or folder.is_symlink():
            yield _refused(folder, inputs, "unreadable", f"this folder {_cannot_be_read(error)}")
        return
    for entry in entries:
        if not _is_ignored(entry.name):
            yield from _entry(Path(entry.path), inputs, depth)


def _entry(path: Path, inputs: Path, depth: int) -> Iterator[Source]:
    if path.is_symlink() and not _leads_inside(path, inputs):
        message = "is a link that leads out of inputs/ (or nowhere); put the file itself here"
        yield _refused(path, inputs, "link_outside", message)
    elif path.is_dir():
        if path.is_symlink() or path.resolve() != inputs.resolve() / path.relative_to(inputs):
            message = "is a link to a folder; links to folders are not followed"
            yield _refused(path, inputs, "link_to_folder", message, is_error=False)
        elif depth >= _DEEPEST:
            yield _refused(path, inputs, "too_deep", f"lies more than {_DEEPEST} folders deep")
        else:
            yield from _walk(path, inputs, depth + 1)
    else:
        yield Source(_name(path, inputs), path)


def _is_ignored(name: str) -> bool:
    return name.startswith((".", "~$")) or name.casefold() in _IGNORED


def _leads_inside(path: Path, inputs: Path) -> bool:
    try:
        return path.resolve(strict=True).is_relative_to(inputs.resolve())
    except (OSError, RuntimeError):
        return False


def _name(path: Path, inputs: Path) -> str:
    """Name of a file as it is shown: relative to `inputs`, printable, whatever its bytes are."""
    relative = "inputs" if path == inputs else path.relative_to(inputs).as_posix()
    printable = relative.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return _UNPRINTABLE.sub("\ufffd", printable)


def _refused(path: Path, inputs: Path, kind: str, message: str, *, is_error: bool = True) -> Source:
    refusal = Refusal(kind, message, "error" if is_error else "warning")
    return Source(_name(path, inputs), path, refusal)


def _cannot_be_read(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "cannot be read: you have no permission for it"
    return f"cannot be read: {error.strerror or 'the system refused'}"


def read_content(path: Path, limits: Limits = LIMITS) -> Content:
    """Read one file whole, if it is an ordinary file and not larger than the limit."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return Content(refusal=Refusal("not_a_file", "is not an ordinary file; not read"))
        if status.st_size > limits.file_mb << 20:
            return _too_large(status.st_size, limits)
        with path.open("rb") as file:
            data = file.read((limits.file_mb << 20) + 1)
    except OSError as error:
        return Content(refusal=Refusal("unreadable", f"this file {_cannot_be_read(error)}"))
    if len(data) > limits.file_mb << 20:
        return _too_large(len(data), limits)
    return Content(data, hashlib.sha256(data).hexdigest())


def _too_large(size: int, limits: Limits) -> Content:
    found = f"{size / (1 << 20):,.0f} MB"
    message = f"is larger than {limits.file_mb} MB and was not opened; send the tables only"
    allowed = f"up to {limits.file_mb} MB"
    return Content(refusal=Refusal("too_large", message, found=found, allowed=allowed))
