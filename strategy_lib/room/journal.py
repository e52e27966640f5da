"""What the room must know after a power cut and no table holds: lines that are only added, 0600.

It holds pairings (as hashes), what was opened and closed, and what the two furthest apart chose.
No answer stands in it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from strategy_lib.core.errors import WorkspaceError

FILE = "journal.jsonl"


class Journal:
    """Lines of one cycle's room.

    Parameters
    ----------
    folder : Path
        The cycle's `.cache/room/`; made where it is not there, for its owner alone.

    Raises
    ------
    WorkspaceError
        If it cannot be written to.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE
        try:
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o700)
            flags = os.O_CREAT | os.O_RDWR | os.O_APPEND
            self._file = os.open(self.path, flags, 0o600)
            self.path.chmod(0o600)
            self._end_torn_line()
        except OSError as error:
            raise WorkspaceError(f"{folder} cannot be written to: {error.strerror}.") from None

    def _end_torn_line(self) -> None:
        size = os.fstat(self._file).st_size
        with self.path.open("rb") as file:
            file.seek(max(0, size - 1))
            if size and file.read(1) != b"\n":
                os.write(self._file, b"\n")

    def lines(self) -> Iterator[dict[str, Any]]:
        """Whole lines, oldest first; what a power cut tore is passed over."""
        for raw in self.path.read_bytes().split(b"\n"):
            try:
                line = json.loads(raw)
            except ValueError:
                continue
            if isinstance(line, dict):
                yield line

    def write(self, what: str, at: datetime, **facts: Any) -> None:
        """Add a line; when this returns, it is on the disk.

        Raises
        ------
        WorkspaceError
            If it could not be written.
        """
        line = {"what": what, "at": at.isoformat(timespec="milliseconds"), **facts}
        content = json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        size = os.fstat(self._file).st_size
        try:
            written = os.write(self._file, content)
            os.fsync(self._file)
            if written < len(content):
                raise OSError(0, "only a part of it")
        except OSError as error:
            os.ftruncate(self._file, size)
            raise WorkspaceError(f"Not saved: {self.path} ({error.strerror}).") from None

    def close(self) -> None:
        """Let go of the file."""
        os.close(self._file)
