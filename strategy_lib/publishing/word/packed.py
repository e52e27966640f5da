"""Zip files (which `.docx` and `.xlsx` are) whose bytes depend on nothing but what is in them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_FIRST = "[Content_Types].xml"
_DAY = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE = 0o600 << 16


def packed(files: Mapping[str, bytes]) -> bytes:
    """Files as a zip: in a fixed order, without the clock or the system that made it.

    Examples
    --------
    >>> packed({"b": b"2", "a": b"1"}) == packed({"a": b"1", "b": b"2"})
    True
    """
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files, key=lambda name: (name != _FIRST, name)):
            entry = zipfile.ZipInfo(name, _DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = _PLAIN_FILE
            archive.writestr(entry, files[name])
    return target.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    """The files of a zip, by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
