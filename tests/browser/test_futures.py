"""A future is stepped into: the page shows the numbers of its tables, and loses nothing without."""

from __future__ import annotations

from datetime import date

import nbformat
import pytest
from playwright.sync_api import expect

from strategy_lib.chapters.result import ChapterInputs
from strategy_lib.chapters.scenarios.analysis import analyse_scenarios
from strategy_lib.chapters.scenarios.page import page as page_of
from strategy_lib.chapters.short_names import short_names
from strategy_lib.core.audiences import DEFAULT_EDITIONS
from strategy_lib.core.messages import Say
from strategy_lib.plotting.pictures import payload
from strategy_lib.publishing.display import PAGE
from strategy_lib.publishing.edition import ExecutedChapter, PublishContext, write_pages
from tests.chapters.scenarios.test_analysis import area_content, snapshot

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def result():
    return analyse_scenarios(snapshot("leaders", **area_content(2026)))


@pytest.fixture(scope="module")
def chapter(result, tmp_path_factory):
    folder = tmp_path_factory.mktemp("futures")
    inputs = ChapterInputs(snapshot("leaders", **area_content(2026)))
    shown = {PAGE: payload(page_of(result, inputs, Say()))}
    cell = nbformat.v4.new_code_cell("", outputs=[nbformat.v4.new_output("display_data", shown)])
    executed = ExecutedChapter(
        "04_scenarios",
        "Scenarios",
        "Which options hold up?",
        nbformat.v4.new_notebook(cells=[cell]),
        {"bottom_line": ["A sentence."], "answered": ""},
    )
    leaders = DEFAULT_EDITIONS["leaders"]
    context = PublishContext("Test", "en", 2026, leaders, date(2026, 11, 1), 0, ())
    write_pages([executed], folder, context)
    return folder / "04_scenarios.html"


def saved(result):
    """Middle scores of each future, as the saved table has them."""
    cells = result.tables["option_cells"]
    cells = cells[cells["counted"] == "yes"]
    short = short_names(snapshot("leaders", **area_content(2026)).restricted, "strategic_options")
    cells = cells.assign(option=cells["option"].map(short))
    return {name: own.set_index("option")["median"] for name, own in cells.groupby("scenario")}


def changed(result):
    """What differs from today in each future, as the saved table has it."""
    far = result.tables["distances"].set_index("scenario")
    return {str(name): int(count) for name, count in far["differs_in"].items()}


def listed(box):
    """Options and scores in the order in which they stand."""
    lines = box.locator("ol li")
    return [
        (line.locator("b").inner_text(), line.locator("span").inner_text()) for line in lines.all()
    ]


def test_each_future_shows_the_numbers_of_the_saved_table(offline_page, chapter, result):
    box = offline_page.open(chapter).locator(".futures")
    names = box.locator("label").all_inner_texts()
    scores, steps = saved(result), changed(result)
    assert sorted(names) == sorted(scores)
    for name in names:
        box.get_by_label(name).check()
        expect(box.get_by_role("status")).to_contain_text(f"In {name}, ")
        shown = listed(box)
        assert sorted(option for option, _ in shown) == sorted(scores[name].index)
        told = [float(text.split()[0]) for _, text in shown]
        assert told == sorted(told, reverse=True)
        for option, text in shown:
            median = scores[name][option]
            assert float(text.split()[0]) == round(median, 1)
            assert text.endswith("✓" if median >= 5 else "✕")
        good = int((scores[name] >= 5).sum())
        said = box.get_by_role("status").inner_text()
        assert f"{good} of {len(scores[name])} options are good enough" in said
        assert f"{steps[name]} of 10 things would have to change" in said
        assert box.locator("ul li").count() == steps[name]


def test_the_arrow_keys_go_from_one_future_to_the_next(offline_page, chapter):
    page = offline_page.open(chapter)
    choices = page.locator(".futures input")
    choices.first.focus()
    page.keyboard.press("ArrowRight")
    expect(choices.nth(1)).to_be_checked()
    name = page.locator(".futures label").nth(1).inner_text()
    expect(page.locator(".futures").get_by_role("status")).to_contain_text(f"In {name}, ")


def test_without_scripts_the_whole_picture_stands_alone(offline_without_scripts, chapter, result):
    page = offline_without_scripts.open(chapter)
    assert not page.locator(".futures").is_visible()
    assert page.locator("#picture-1-1 table tbody tr").count() == 10 + 1
    assert page.locator("#picture-0 tbody tr:not(.group)").count() == 8


def test_on_paper_nothing_is_chosen(offline_page, chapter):
    page = offline_page.open(chapter)
    page.emulate_media(media="print")
    assert not page.locator(".futures").is_visible()
    assert page.locator("#picture-1-1 table").is_visible()


def test_a_small_screen_has_room_for_every_choice(offline_phone, chapter):
    page = offline_phone.open(chapter)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    for label in page.locator(".futures label").all():
        assert label.bounding_box()["height"] >= 32
