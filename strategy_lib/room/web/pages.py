"""The three pages, whole: styles, scripts and words stand in them, and nothing is loaded."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from strategy_lib.core.resources import resource

_STYLE = re.compile(r'<link rel="stylesheet" href="([\w.-]+\.css)">')
_SCRIPT = re.compile(r'<script src="([\w.-]+\.js)"></script>')
PAGES = ("phone", "host", "screen")
_DATA = '<script type="application/json" id="{name}"></script>'


@dataclass(frozen=True)
class Page:
    """A page and what it may do.

    Attributes
    ----------
    content, packed : bytes
        As it is, and as gzip: on a slow Wi-Fi 200 phones load it in the same minute.
    policy : str
        Its content security policy: its own styles and scripts by hash, and requests to the room.
    """

    content: bytes
    packed: bytes
    policy: str


def page_of(name: str, facts: Mapping[str, Any], folder: Path | None = None) -> Page:
    """One page: `phone`, `host` or `screen`.

    Parameters
    ----------
    facts : mapping
        What the page knows from the start (`id="room"`).
    folder : Path, optional
        Where the pages lie; else those of the workbook.
    """
    place = folder or resource("templates", "room")
    text = (place / f"{name}.html").read_text(encoding="utf-8")
    styles: list[str] = []
    scripts: list[str] = []

    def put(kept: list[str], tag: str, match: re.Match[str]) -> str:
        source = (place / match[1]).read_text(encoding="utf-8")
        kept.append(source)
        return f"<{tag}>{source}</{tag}>"

    text = _STYLE.sub(lambda match: put(styles, "style", match), text)
    text = _SCRIPT.sub(lambda match: put(scripts, "script", match), text)
    whole = json.loads((place / "words.json").read_text(encoding="utf-8"))
    words = {code: _words_of(name, said) for code, said in whole.items()}
    for key, value in (("words", words), ("room", facts)):
        empty = _DATA.format(name=key)
        text = text.replace(empty, empty.replace("></", f">{_data(value)}</"), 1)
    content = text.encode("utf-8")
    return Page(content, gzip.compress(content, mtime=0), _policy(styles, scripts))


def _words_of(name: str, words: Mapping[str, str]) -> dict[str, str]:
    """Words that a page says: those of another page begin with its letter."""
    others = tuple(f"{page[0]}." for page in PAGES if page != name)
    return {key: said for key, said in words.items() if not key.startswith(others)}


def _data(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c")


def _policy(styles: list[str], scripts: list[str]) -> str:
    allowed = (
        ("default-src", "'none'"),
        ("script-src", " ".join(map(_hash, scripts)) or "'none'"),
        ("style-src", " ".join(map(_hash, styles)) or "'none'"),
        ("connect-src", "'self'"),
        ("img-src", "data:"),
        ("base-uri", "'none'"),
        ("form-action", "'none'"),
        ("frame-ancestors", "'none'"),
    )
    return "; ".join(f"{name} {value}" for name, value in allowed)


def _hash(source: str) -> str:
    digest = base64.b64encode(hashlib.sha256(source.encode("utf-8")).digest()).decode()
    return f"'sha256-{digest}'"
