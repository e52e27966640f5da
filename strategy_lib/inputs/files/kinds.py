"""What a file is, by its first bytes and its parts: its extension is only a hope."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from pathlib import PurePath
from typing import Literal

from strategy_lib.inputs.files.rawsheets import Refusal
from strategy_lib.schema.exchange import DESCRIPTOR
from strategy_lib.schema.limits import Limits

Kind = Literal["xlsx", "xlsb", "ods", "xls", "text", "pack"]

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_TABLE_SUFFIXES = frozenset(
    (".xlsx", ".xlsm", ".xlsb", ".xls", ".xltx", ".xltm", ".ods", ".csv", ".tsv", ".tab", "")
)
_SAVE_AS = "open it in a spreadsheet program and save it as .xlsx"
_SIGNATURES = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"{\\rtf", "a text document (RTF)"),
    (b"7z\xbc\xaf", "a compressed archive"),
    (b"Rar!", "a compressed archive"),
    (b"\x1f\x8b", "a compressed archive"),
    (b"SQLite format 3", "a database"),
)
_MARKUP = ((b"<html", "a web page"), (b"<!doctype", "a web page"), (b"<?xml", "an XML document"))
_MOST_PARTS = 20_000


def not_a_table(file: str, what: str, advice: str = _SAVE_AS) -> Refusal:
    """Refusal of something else than a spreadsheet: an error where its name promises one."""
    is_promised = PurePath(file).suffix.casefold() in _TABLE_SUFFIXES
    message = f"is {what}, not a spreadsheet; if it holds answers, {advice}"
    return Refusal("not_a_spreadsheet", message, "error" if is_promised else "warning", found=what)


def sniff(data: bytes, file: str, limits: Limits) -> Kind | Refusal:
    """What the bytes of a file are, or why nothing can be read from them."""
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        return Refusal("empty_file", "is empty; ask for it again")
    if data.startswith(_OLE):
        return locked() if "EncryptedPackage".encode("utf-16-le") in data else "xls"
    if zipfile.is_zipfile(io.BytesIO(data)) or data.startswith(b"PK\x03\x04"):
        return _sniff_zip(data, file, limits)
    what = _other_kind(data)
    return not_a_table(file, what) if what else "text"


def _other_kind(data: bytes) -> str:
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            return what
    start = data[:1024].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return next((what for sign, what in _MARKUP if start.startswith(sign)), "")


def locked() -> Refusal:
    """Refusal of a file that needs a password."""
    message = "is protected with a password and cannot be read; save it without one"
    return Refusal("password_protected", message)


def _sniff_zip(data: bytes, file: str, limits: Limits) -> Kind | Refusal:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return damaged()
    refusal = _bomb(parts, limits)
    if refusal:
        return refusal
    if any(part.flag_bits & 1 for part in parts):
        return locked()
    return _zipped_kind({part.filename for part in parts}, file)


def _zipped_kind(names: set[str], file: str) -> Kind | Refusal:
    if "xl/workbook.bin" in names:
        return "xlsb"
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    if "word/document.xml" in names:
        return not_a_table(file, "a Word document", "copy them into the form")
    if "ppt/presentation.xml" in names:
        return not_a_table(file, "a presentation")
    if "content.xml" in names:
        return "ods"
    if DESCRIPTOR in names:
        return "pack"
    return not_a_table(file, "a compressed archive", "unpack it and put the files in it here")


def _bomb(parts: Iterable[zipfile.ZipInfo], limits: Limits) -> Refusal | None:
    listed = list(parts)
    most = limits.unpacked_mb << 20
    if len(listed) > _MOST_PARTS or sum(part.file_size for part in listed) > most:
        return too_much(limits)
    for part in listed:
        if part.file_size > most // 16 and part.file_size > limits.ratio * part.compress_size:
            return too_much(limits)
    return None


def too_much(limits: Limits) -> Refusal:
    """Refusal of a zipped file that unpacks to far more than a form holds."""
    message = f"unpacks to more than {limits.unpacked_mb} MB, or shrinks more than sheets do"
    allowed = f"up to {limits.unpacked_mb} MB unpacked"
    return Refusal("zip_bomb", f"{message}; it was not opened", allowed=allowed)


def damaged() -> Refusal:
    """Refusal of a file that breaks off or holds nonsense."""
    return Refusal("damaged_file", "is damaged and cannot be read; ask for it again")


def damaged_sheet(name: str) -> Refusal:
    """Refusal of one sheet of a file whose other sheets may be read."""
    message = "this sheet is damaged and cannot be read; ask for the file again"
    return Refusal("damaged_sheet", message, sheet=name)
