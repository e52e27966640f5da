"""Terms are explained where each stands first, and nothing that people typed becomes markup."""

from __future__ import annotations

from markupsafe import Markup

from strategy_lib.chapters.page import Page
from strategy_lib.publishing.glossary import Glossary, terms
from strategy_lib.publishing.main_part import lab_page, main_part, no_links


def test_a_term_is_explained_once_a_page():
    page = Page("A red line is crossed.", ("One red line.", "Two red lines, 55 times in 100."))
    made = str(main_part(page, no_links))
    assert made.count('popovertarget="glossary-red-line"') == 1
    assert made.count('id="glossary-red-line"') == 1
    assert made.count('class="term"') == 2
    assert "<h1" in made and "term" not in made.partition("</h1>")[0], "the finding stays plain"
    assert "Two red lines, 55 <button" in made


def test_what_is_around_a_term_is_kept_and_escaped():
    made = Glossary()("Of <b>, a Red line & 5 middle scores of 9")
    text = Markup(str(made).replace('id="', "\x00")).striptags()
    assert "&lt;b&gt;, a <button" in made
    assert ">Red line</button>" in made and ">middle scores</button>" in made
    assert "<b>" not in made
    assert text.startswith("Of <b>, a Red line")


def test_a_part_of_a_word_is_no_term():
    assert "<button" not in Glossary()("Expeditions and preordained lines; 中期版")


def test_each_term_has_one_short_sentence():
    assert len(terms()) >= 5
    for term, means in terms().values():
        assert means.endswith(".") and 5 <= len(means.split()) <= 25, term


def test_jupyterlab_shows_no_buttons():
    assert "<button" not in lab_page(Page("Found.", ("One red line.",)))
