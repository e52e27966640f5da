"""The institutional memory in a browser: within reach of everybody, found by words, opened by links."""

from __future__ import annotations

from dataclasses import replace

import pytest

from strategy_lib.core.resources import resource
from strategy_lib.core.workspace import open_workspace
from strategy_lib.history import gather_history
from strategy_lib.history.page import write_history_page
from tools.measure_pages import measure

pytestmark = pytest.mark.browser
LONG = "A decision whose title somebody typed with ninety characters, all of which must be readable"
RIGHT_TO_LEFT = "قرار بشأن الشراكات الجديدة في المنطقة"


@pytest.fixture(scope="module")
def history():
    return gather_history(open_workspace(resource("data", "example")))


@pytest.fixture(scope="module")
def page_of(history, tmp_path_factory):
    def write(found):
        return write_history_page(found, tmp_path_factory.mktemp("history"))

    return write


@pytest.fixture(scope="module")
def path(history, page_of):
    return page_of(history)


def test_the_page_is_one_screen_and_three_on_a_phone(browser, path):
    found = measure(browser, path)
    assert (found.axe, found.axe_phone, found.clipped) == ((), (), ())
    assert not found.is_sideways
    assert found.screens <= 1.5 and found.phone_screens <= 3
    assert 0 < found.picture_end <= 800


def test_sixteen_decisions_with_long_and_foreign_names_still_fit(browser, history, page_of):
    one = history.every[0]
    names = [LONG, RIGHT_TO_LEFT, "关于伙伴关系的决定", one.title]
    every = tuple(replace(one, code=f"d{n}", title=names[n % 4]) for n in range(16))
    path = page_of(replace(history, every=every, entries=every))
    found = measure(browser, path)
    assert (found.axe, found.clipped, found.is_sideways) == ((), (), False)
    assert found.picture_end <= 800
    assert "and 8 more below" in path.read_text(encoding="utf-8")


def test_words_find_decisions_and_links_open_them(offline_page, path):
    page = offline_page.open(path)
    page.get_by_label("Find decisions").fill("deferred applications")
    assert page.locator("#found").inner_text() == "1 of 2 shown"
    page.get_by_text("By theme").click()
    page.get_by_role("link", name="Which presence").click()
    assert page.locator("#found").inner_text() == "2 of 2 shown"
    assert page.get_by_text("Option chosen").first.is_visible()


def test_paper_holds_every_decision_in_full(offline_page, path):
    page = offline_page.open(path)
    page.emulate_media(media="print")
    assert page.get_by_text("The joint written statement goes").is_visible()
    assert not page.locator("#search").is_visible()
