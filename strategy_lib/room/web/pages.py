"""The three pages, whole: styles, scripts and words stand in them, and nothing is loaded."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from strategy_lib.core.resources import resource
from strategy_lib.publishing.safe import script_source as source_hash

_STYLE = re.compile(r'<link rel="stylesheet" href="([\w.-]+\.css)">')
_SCRIPT = re.compile(r'<script src="([\w.-]+\.js)"></script>')
_COMMENT = re.compile(r"^ *(/\*.*?\*/|//.*?)\n", re.MULTILINE | re.DOTALL)
PAGES = ("phone", "host", "screen")
# Words that replies name: why something cannot be done, and the minutes.
_FROM_SERVER = ("no.", "h.n.")
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
        source = _bare((place / match[1]).read_text(encoding="utf-8"))
        kept.append(source)
        return f"<{tag}>{source}</{tag}>"

    text = _STYLE.sub(lambda match: put(styles, "style", match), text)
    text = _SCRIPT.sub(lambda match: put(scripts, "script", match), text)
    whole = json.loads((place / "words.json").read_text(encoding="utf-8"))
    keys = _keys_of(name, whole["en"], "".join(scripts))
    # The keys stand there once for all languages: they are a third of the page otherwise.
    words = {"keys": keys} | {code: [said[key] for key in keys] for code, said in whole.items()}
    for key, value in (("words", words), ("room", facts)):
        empty = _DATA.format(name=key)
        text = text.replace(empty, empty.replace("></", f">{_data(value)}</"), 1)
    content = text.encode("utf-8")
    return Page(content, gzip.compress(content, mtime=0), _policy(styles, scripts))


def _keys_of(name: str, words: Iterable[str], scripts: str) -> list[str]:
    """Keys of what a page says: its scripts name them, or what they begin with, or the server does."""
    others = tuple(f"{page[0]}." for page in PAGES if page != name)
    begun = tuple(re.findall(r"[\"`]([\w.]+\.)(?:\"|\$)", scripts)) + _FROM_SERVER
    return [
        key
        for key in words
        if not key.startswith(others) and (key.startswith(begun) or f'"{key}"' in scripts)
    ]


def _bare(script: str) -> str:
    """A script without comments that fill lines, and without the space before lines."""
    return "\n".join(line.strip() for line in _COMMENT.sub("", script).splitlines() if line.strip())


def _data(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c")


def _policy(styles: list[str], scripts: list[str]) -> str:
    allowed = (
        ("default-src", "'none'"),
        ("script-src", " ".join(map(source_hash, scripts)) or "'none'"),
        ("style-src", " ".join(map(source_hash, styles)) or "'none'"),
        ("connect-src", "'self'"),
        ("img-src", "data:"),
        ("base-uri", "'none'"),
        ("form-action", "'none'"),
        ("frame-ancestors", "'none'"),
    )
    return "; ".join(f"{name} {value}" for name, value in allowed)
