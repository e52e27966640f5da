"""Zipped spreadsheets, unpacked within limits and packed again without what could do harm.

The reader below (calamine) shows an error value as an empty cell, and keeps a sheet as one block of
cells from the first to the last. So error values become texts that can be told to the office, and
a sheet whose last cell lies too far away is left out.
"""

from __future__ import annotations

import html
import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from strategy_lib.inputs.files.extents import ATTRIBUTES, cleaned, extent
from strategy_lib.inputs.files.kinds import damaged, damaged_sheet, locked, too_much
from strategy_lib.inputs.files.rawsheets import Refusal
from strategy_lib.schema.limits import Limits
from strategy_lib.schema.text import UNCALCULATED

_ERROR_TYPE = re.compile(rb"(<(?:[\w.-]+:)?c\s[^<>]*?\bt\s*=\s*[\"'])e(?=[\"'])")
_NO_RESULT = re.compile(
    rb"<c((?:\s(?!t\s*=)[\w:]+\s*=\s*\"[^\"<>]*\")*)\s*>"
    rb"(<f(?:\s[^<>]*)?(?:/>|>[^<]*</f>))(?:<v\s*/>|<v></v>)?</c>"
)
_ODS_ERROR = re.compile(
    rb'office:string-value=""(?=[^<>]*calcext:value-type="error")|'
    rb'(?<=calcext:value-type="error") office:string-value=""'
)
_ATTRIBUTE = re.compile(rb"""([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_SHEET = re.compile(rb"<(?:[\w.-]+:)?sheet\s(" + ATTRIBUTES + rb")>")
_RELATION = re.compile(rb"<(?:[\w.-]+:)?Relationship\s(" + ATTRIBUTES + rb")>")
_IS_1904 = re.compile(rb"""\bdate1904\s*=\s*["'](?:1|true)["']""")
_EMPTY_SHEET = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b"<sheetData/></worksheet>"
)
Parts = dict[str, bytes]


@dataclass(frozen=True)
class Unpacked:
    """A spreadsheet made harmless.

    Attributes
    ----------
    data : bytes
        The file to read in place of the one that was sent.
    names : tuple of str
        Names of the parts of the file that was sent.
    """

    data: bytes
    names: tuple[str, ...]
    refusals: tuple[Refusal, ...] = ()
    is_1904: bool = False


def unpack(data: bytes, kind: str, limits: Limits) -> Unpacked | Refusal:
    """Unpack a zipped spreadsheet and pack again what its tables need."""
    try:
        parts, names = _read_parts(data, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, NotImplementedError):
        return damaged()
    except RuntimeError:  # what zipfile raises for an encrypted part
        return locked()
    if parts is None:
        return too_much(limits)
    if any(b"\0" in part[:100] for name, part in parts.items() if name.endswith(".xml")):
        return damaged()  # in UTF-16, which no spreadsheet program writes and nothing below checks
    if kind == "ods":
        return _unpacked_ods(parts, names)
    refusals = tuple(_mend_sheets(parts, limits))
    is_1904 = bool(_IS_1904.search(parts.get("xl/workbook.xml", b"")))
    return Unpacked(_packed(parts), names, refusals, is_1904)


def _read_parts(data: bytes, limits: Limits) -> tuple[Parts | None, tuple[str, ...]]:
    """Parts that hold tables, read to their real end: a directory may lie about sizes."""
    left = limits.unpacked_mb << 20
    parts: Parts = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = archive.infolist()
        for info in infos:
            if not _is_needed(info.filename.casefold()):
                continue
            with archive.open(info) as part:
                content = part.read(left + 1)
            left -= len(content)
            if left < 0:
                return None, ()
            parts[info.filename] = content
    return parts, tuple(info.filename for info in infos)


def _is_needed(name: str) -> bool:
    if "vbaproject" in name or "externallinks/" in name:
        return False
    return name.endswith((".xml", ".rels", ".bin")) or name == "mimetype"


def _packed(parts: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return buffer.getvalue()


def _unpacked_ods(parts: Parts, names: tuple[str, ...]) -> Unpacked | Refusal:
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        return locked()
    parts["content.xml"] = _ODS_ERROR.sub(b"", parts["content.xml"])
    return Unpacked(_packed(parts), names)


def _mend_sheets(parts: Parts, limits: Limits) -> Iterator[Refusal]:
    names = _sheet_names(parts)
    for part, content in parts.items():
        if b"sheetData" not in content:
            continue
        plain = cleaned(content)
        size = extent(plain, limits.cells) if plain is not None else None
        if plain is None or size is None:
            parts[part] = _EMPTY_SHEET
            yield damaged_sheet(names.get(part, part))
        elif size[0] * size[1] > limits.cells:
            parts[part] = _EMPTY_SHEET
            yield _too_far(names.get(part, part), size[0], limits)
        else:
            parts[part] = _mended(plain)


def _mended(content: bytes) -> bytes:
    if b't="e"' in content or b"'e'" in content or b'= "e"' in content:
        content = _ERROR_TYPE.sub(rb"\1str", content)
    if b"<f" in content:
        text = UNCALCULATED.encode()
        content = _NO_RESULT.sub(rb'<c\1 t="str">\2<v>' + text + rb"</v></c>", content)
    return content


def _too_far(sheet: str, rows: int, limits: Limits) -> Refusal:
    message = (
        f"this sheet reaches down to row {rows:,} and was not read; "
        "delete what stands far below or beside the table"
    )
    return Refusal("too_many_cells", message, sheet=sheet, allowed=f"up to {limits.cells:,} cells")


def _attributes(text: bytes) -> dict[str, str]:
    return {
        name.decode(): html.unescape((double or single).decode("utf-8", "replace"))
        for name, double, single in _ATTRIBUTE.findall(text)
    }


def _sheet_names(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Part of the file -> name of the sheet that it holds."""
    relations = map(_attributes, _RELATION.findall(parts.get("xl/_rels/workbook.xml.rels", b"")))
    targets = {r.get("Id", ""): r.get("Target", "") for r in relations}
    sheets = map(_attributes, _SHEET.findall(parts.get("xl/workbook.xml", b"")))
    return {
        posixpath.normpath(posixpath.join("/xl", targets.get(s.get("r:id", ""), ""))).lstrip(
            "/"
        ): s.get("name", "")
        for s in sheets
    }
