"""The same form as an OpenDocument spreadsheet, for the offices that use LibreOffice."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from tools.example_content.records import Grid

_KIND = "application/vnd.oasis.opendocument.spreadsheet"
_SPACE = "urn:oasis:names:tc:opendocument:xmlns:"
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    f'<office:document-content xmlns:office="{_SPACE}office:1.0" '
    f'xmlns:table="{_SPACE}table:1.0" xmlns:text="{_SPACE}text:1.0" office:version="1.2">'
    "<office:body><office:spreadsheet>"
)
_FOOT = "</office:spreadsheet></office:body></office:document-content>"
_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    f'<manifest:manifest xmlns:manifest="{_SPACE}manifest:1.0" manifest:version="1.2">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_KIND}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)


def write_ods(path: Path, sheets: Mapping[str, Grid]) -> Path:
    """Sheets of texts, numbers and dates; the same sheets give the same bytes."""
    body = "".join(_sheet(name, grid) for name, grid in sheets.items())
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        _add(archive, "mimetype", _KIND, zipfile.ZIP_STORED)
        _add(archive, "content.xml", f"{_HEAD}{body}{_FOOT}", zipfile.ZIP_DEFLATED)
        _add(archive, "META-INF/manifest.xml", _MANIFEST, zipfile.ZIP_DEFLATED)
    return path


def _add(archive: zipfile.ZipFile, name: str, text: str, compression: int) -> None:
    part = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    part.compress_type = compression
    archive.writestr(part, text.encode("utf-8"))


def _sheet(name: str, grid: Grid) -> str:
    rows = "".join(_row(line) for line in grid)
    return f"<table:table table:name={quoteattr(name)}>{rows}</table:table>"


def _row(line: list[Any]) -> str:
    cells = "".join(map(_cell, line)) or "<table:table-cell/>"
    return f"<table:table-row>{cells}</table:table-row>"


def _cell(value: Any) -> str:
    if value is None or value == "":
        return "<table:table-cell/>"
    if isinstance(value, date):
        return _typed("date", f'office:date-value="{value}"', str(value))
    if isinstance(value, (int, float)):
        return _typed("float", f'office:value="{value}"', str(value))
    return _typed("string", "", value)


def _typed(kind: str, value: str, text: str) -> str:
    shown = f"<text:p>{escape(text)}</text:p>"
    return f'<table:table-cell office:value-type="{kind}" {value}>{shown}</table:table-cell>'
