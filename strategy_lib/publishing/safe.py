"""Text and data on their way into a page: never taken for markup, never for a script."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from typing import Any

from markupsafe import Markup

from strategy_lib.plotting.theme import clean, visible

_NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_IN_SCRIPT = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}


def escaped(text: object) -> Markup:
    """Text from people as HTML that shows it as it was typed.

    Examples
    --------
    >>> str(escaped('<b> & "c"'))
    '&lt;b&gt; &amp; &quot;c&quot;'
    """
    return Markup(html.escape(clean(text)))


def inside(element: str, content: object) -> Markup:
    """HTML, or text from people, in an element; nothing at all where there is no content.

    Examples
    --------
    >>> str(inside("<b>{}</b>", "R&D")), str(inside("<b>{}</b>", ""))
    ('<b>R&amp;D</b>', '')
    """
    if not content:
        return Markup()
    return Markup(element).format(content if isinstance(content, Markup) else escaped(content))


def xml_text(text: str) -> str:
    """Text without what XML cannot hold.

    Examples
    --------
    >>> xml_text("a\\x0bb\\x1f")
    'ab'
    """
    return _NOT_IN_XML.sub("", visible(text))


def script_json(value: Any) -> Markup:
    """`value` as JSON that can stand inside a `<script>` element: nothing in it ends the element.

    Examples
    --------
    >>> str(script_json({"a": "</script>"}))
    '{"a":"\\\\u003c/script\\\\u003e"}'
    """
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return Markup(text.translate(_IN_SCRIPT))


def script_source(source: str) -> str:
    """The expression by which a content security policy allows exactly this script.

    Examples
    --------
    >>> script_source("")
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    """
    digest = hashlib.sha256(source.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
