"""The pages of the room as files: the same words in every language, and nothing that a policy stops."""

from __future__ import annotations

import json
import re

import pytest

from strategy_lib.core.resources import resource
from strategy_lib.core.settings import LANGUAGE_NAMES, LANGUAGES
from strategy_lib.room.web.pages import page_of
from strategy_lib.schema.schema import code_list

FOLDER = resource("templates", "room")
WORDS = json.loads((FOLDER / "words.json").read_text("utf-8"))
PAGES = ("phone", "host", "screen")
# As it is sent, packed: a phone unpacks it in no time.
MOST_BYTES = 35_000
FACTS = {"page": "phone", "organisation": "Ours", "cycle": 2026, "language": "en"}


def scripts(page):
    html = (FOLDER / f"{page}.html").read_text("utf-8")
    return [(FOLDER / name).read_text("utf-8") for name in re.findall(r'src="([\w.]+)"', html)]


@pytest.mark.parametrize("language", [c for c in LANGUAGES if c != "en"])
def test_every_language_says_the_same_with_the_same_places(language):
    assert list(WORDS[language]) == list(WORDS["en"])
    assert WORDS[language]["p.language"] == LANGUAGE_NAMES[language]
    for key, text in WORDS["en"].items():
        places = sorted(re.findall(r"\{\w+\}", text))
        assert sorted(re.findall(r"\{\w+\}", WORDS[language][key])) == places, key
        assert WORDS[language][key].strip()


@pytest.mark.parametrize("page", PAGES)
def test_a_page_says_only_what_there_are_words_for(page):
    content = page_of(page, FACTS).content.decode()
    known = json.loads(re.search(r'id="words">(.*?)</script>', content)[1])["keys"]
    assert set(known) <= set(WORDS["en"])
    for script in scripts(page):
        for key in re.findall(r'\bt\("([\w.]+)"', script):
            assert key in known or any(k.startswith(key) for k in known), key


@pytest.mark.parametrize("page", PAGES)
def test_a_page_has_no_inline_style_or_handler_and_sets_text_as_text(page):
    html = (FOLDER / f"{page}.html").read_text("utf-8")
    assert not re.search(r"\sstyle=|\son\w+=", html)
    for script in scripts(page):
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(", script
        )


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_small_over_the_air(page):
    assert len(page_of(page, FACTS).packed) <= MOST_BYTES


def test_levels_are_named_as_in_the_forms():
    for code in code_list("readiness_level").codes:
        for language in code.labels:
            named = code.labels[language].removeprefix(f"{code.code} ").lower()
            assert WORDS[language][f"label.readiness.level.{code.code}"] == named
