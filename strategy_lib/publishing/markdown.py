"""Markdown as HTML of which nothing can act: no raw HTML, no pictures, few kinds of links."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import mistune
from markupsafe import Markup
from mistune.core import BlockState

from strategy_lib.plotting.theme import visible

_FOLLOWED = re.compile(r"(?:https?://|mailto:)[^\s]+", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)


@dataclass(frozen=True)
class Part:
    """A stretch of a page: a heading (`level` 1-6) or what stands between headings (`level` 0)."""

    html: Markup
    level: int = 0


class _Renderer(mistune.HTMLRenderer):
    """HTML in which raw markup is shown as text and comments are left out."""

    def __init__(self, with_links: bool) -> None:
        super().__init__(escape=True)
        self.with_links = with_links

    def link(self, text: str, url: str, *_: Any, **__: Any) -> str:
        if not self.with_links or not _FOLLOWED.fullmatch(url):
            return text
        return f'<a href="{html.escape(url)}" rel="noreferrer noopener">{text}</a>'

    def image(self, text: str, *_: Any, **__: Any) -> str:
        return text

    def heading(self, text: str, *_: Any, **__: Any) -> str:
        # Only one inside a quotation or a list gets here: it is no heading of the page.
        return f"<p><strong>{text}</strong></p>\n"

    def inline_html(self, html: str) -> str:
        return super().inline_html(_COMMENT.sub("", html))

    def block_html(self, html: str) -> str:
        kept = _COMMENT.sub("", html)
        return super().block_html(kept) if kept.strip() else ""

    def block_code(self, code: str, *_: Any, **__: Any) -> str:
        return super().block_code(code)


@cache
def _parser() -> mistune.Markdown:
    return mistune.create_markdown(renderer=None, plugins=["table"])


@cache
def _renderer(with_links: bool) -> _Renderer:
    renderer = _Renderer(with_links)
    mistune.create_markdown(renderer=renderer, plugins=["table"])
    return renderer


def markdown_parts(text: str, *, with_links: bool = True) -> Iterator[Part]:
    """Split markdown at its headings and render each part.

    Parameters
    ----------
    text : str
        Markdown; raw HTML in it is shown as text.
    with_links : bool
        Whether links are made; without, only their words stay.

    Examples
    --------
    >>> [(part.level, str(part.html)) for part in markdown_parts("## Now\\n\\n<i>*so*")]
    [(2, 'Now'), (0, '<p>&lt;i&gt;<em>so</em></p>\\n')]
    """
    tokens = _parser()(visible(text))
    rest: list[dict[str, Any]] = []
    for token in tokens if isinstance(tokens, list) else []:
        if token["type"] == "heading":
            yield from _content(rest, with_links)
            rest = []
            yield Part(_html(token["children"], with_links), token["attrs"]["level"])
        else:
            rest.append(token)
    yield from _content(rest, with_links)


def _content(tokens: list[dict[str, Any]], with_links: bool) -> Iterator[Part]:
    rendered = _html(tokens, with_links)
    if rendered.strip():
        yield Part(rendered)


def _html(tokens: list[dict[str, Any]], with_links: bool) -> Markup:
    # The renderer escapes every text; what it gives is HTML.
    return Markup(_renderer(with_links)(tokens, BlockState()))
