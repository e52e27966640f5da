"""Markdown in which nothing can act."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategy_lib.publishing.markdown import markdown_parts

ALLOWED = re.compile(
    r"</?(?:p|em|strong|code|pre|ul|ol|li|blockquote|table|thead|tbody|tr|th|td|hr|br)"
    r'(?: style="text-align:(?:left|right|center)"| start="\d+"| /)?>'
    r'|<a href="(?:https?://|mailto:)[^"<>]*" rel="noreferrer noopener">|</a>',
    re.IGNORECASE,
)


def html(text, **options):
    return "".join(str(part.html) for part in markdown_parts(text, **options))


def test_parts_are_split_at_headings():
    parts = list(markdown_parts("# A *b*\n\ntext\n\n- one\n- two\n\n### C\n"))
    assert [part.level for part in parts] == [1, 0, 3]
    assert parts[0].html == "A <em>b</em>"


@pytest.mark.parametrize(
    "text",
    [
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt:alert(1))",
        "[a](java&#115;cript:alert(1))",
        "[a](data:text/html,x)",
        "[a](file:///etc/passwd)",
        "[a](//evil.example)",
        "[a][r]\n\n[r]: vbscript:x",
        "![a](http://evil.example/p.png)",
        "<a href='http://evil.example'>x</a>",
        "<javascript:alert(1)>",
    ],
)
def test_no_dangerous_link_or_picture_is_made(text):
    shown = html(text)
    assert shown.strip()
    assert "<img" not in shown
    assert "<a " not in shown


def test_links_to_sources_are_made_and_tell_nobody_where_from():
    assert html("[law](https://a.example/?a=1&b=2)") == (
        '<p><a href="https://a.example/?a=1&amp;b=2" rel="noreferrer noopener">law</a></p>\n'
    )
    assert html("[law](https://a.example)", with_links=False) == "<p>law</p>\n"


def test_comments_are_left_out_and_raw_html_is_shown_as_text():
    shown = html("a <!-- secret --> b\n\n<!--\nsecret\n-->\n\n<div onclick=x()>c</div>")
    assert "secret" not in shown
    assert "&lt;div onclick=x()&gt;" in shown


@settings(deadline=None, derandomize=True, max_examples=200)
@given(st.text(alphabet="<>[]()!&\"'`*_#-|:\n ahrefscipt=/x&#;", max_size=120))
def test_only_a_short_list_of_tags_is_ever_written(text):
    assert "<" not in ALLOWED.sub("", html(text))
