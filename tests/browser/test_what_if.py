"""The what-if of chapter 02 in a real browser: the same numbers as Python, keys, paper, phone."""

from __future__ import annotations

from datetime import date

import nbformat
import numpy as np
import pytest

from strategy_lib.core.audiences import DEFAULT_EDITIONS
from strategy_lib.methods import multicriteria as mc
from strategy_lib.plotting.what_if import WhatIf
from strategy_lib.publishing.display import page_output
from strategy_lib.publishing.edition import ExecutedChapter, PublishContext, write_pages
from tests.chapters.presence.room import page_of, score

pytestmark = pytest.mark.browser

HOSTILE = '</script><script>window.injected = 1</script>{second} <img onerror="window.injected=2">'
NAMES = [
    "Work via a partner",
    "Outside only",
    "Hub {points}",
    HOSTILE,
    "No China work",
    "中国办事处",
]
CRITERIA = 9
CASES = 1_000
BOX = "document.querySelector('.what-if').whatIf"


def room():
    """Nine people, six options, nine criteria; nobody leads everywhere."""
    rng = np.random.default_rng(3)
    middles = rng.integers(1, 10, (len(NAMES), CRITERIA))
    people = [f"A{n}" for n in range(9)]
    return {
        "presence_options": [
            {"option_id": f"P{n}", "name": name, "legal_route": "none"}
            for n, name in enumerate(NAMES)
        ],
        "criteria": [
            {
                "criterion_id": f"c{n}",
                "name": f"Criterion {n}",
                "direction": "lower_is_better" if n % 3 else "higher_is_better",
            }
            for n in range(CRITERIA)
        ],
        "assessors": [{"assessor_id": code, "unit_id": "hq"} for code in people],
        "scores": [
            score(code, f"P{o}", f"c{c}", int(np.clip(middles[o, c] + rng.integers(-2, 3), 0, 10)))
            for code in people
            for o in range(len(NAMES))
            for c in range(CRITERIA)
        ],
        "swing_weights": [
            {"assessor_id": code, "criterion_id": f"c{c}", "points": int(rng.integers(10, 100))}
            for code in people
            for c in range(CRITERIA)
        ],
    }


@pytest.fixture(scope="module")
def made():
    """The page's main part."""
    return page_of(DEFAULT_EDITIONS["leaders"], **room())


@pytest.fixture(scope="module")
def drawing(made) -> WhatIf:
    return next(p.drawing for p in made.pictures if isinstance(p.drawing, WhatIf))


@pytest.fixture(scope="module")
def chapter(made, tmp_path_factory):
    folder = tmp_path_factory.mktemp("what-if")
    output = nbformat.v4.new_output("display_data", data=page_output(made).data)
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("", outputs=[output])])
    summary = {"bottom_line": list(made.said)}
    told = ExecutedChapter("02_china_presence", "China presence", "Which?", notebook, summary)
    leaders = DEFAULT_EDITIONS["leaders"]
    write_pages([told], folder, PublishContext("Test", "en", 2026, leaders, date(2026, 11, 1), 0))
    return folder / "02_china_presence.html"


@pytest.fixture
def page(offline_page, chapter):
    return offline_page.open(chapter)


def test_the_page_computes_what_python_does_to_one_part_in_a_thousand_million(page, drawing):
    rng = np.random.default_rng(1)
    weights = 100 * rng.dirichlet(np.ones(CRITERIA), CASES)
    weights[:CRITERIA] = 100 * np.eye(CRITERIA)
    found = page.evaluate(f"all => all.map(w => {BOX}.values(w))", weights.tolist())
    values = np.array(drawing.values)
    expected = [mc.overall_values(values, row / 100) for row in weights]
    assert np.abs(np.array(found) - expected).max() < 1e-9
    orders = page.evaluate(f"all => all.map(t => {BOX}.order(t)[0])", found)
    for row, first in zip(weights[:40], orders[:40], strict=True):
        assert mc.flip_distance(values, row / 100).leader == first


def test_moved_weights_and_strips_are_those_of_python(page, drawing):
    rng = np.random.default_rng(2)
    values, now = np.array(drawing.values), np.array(drawing.weights)
    for weights in (now, *(100 * rng.dirichlet(np.ones(CRITERIA), 60))):
        criteria = [int(c) for c in rng.choice(CRITERIA, rng.integers(1, 4), replace=False)]
        share = float(rng.random())
        moved = page.evaluate(
            f"([w, c, p]) => {BOX}.moved(w, c, p)", [weights.tolist(), criteria, 100 * share]
        )
        expected = 100 * mc.moved_weights(weights / 100, criteria, share)
        assert np.abs(moved - expected).max() < 1e-9
        along = page.evaluate(f"([w, c]) => {BOX}.leadsAlong(w, c)", [weights.tolist(), criteria])
        exact = mc.leaders_along(values / 100, weights / 100, criteria)
        assert [option for _, option in along] == [option for _, option in exact]
        starts = [100 * start for start, _ in exact]
        assert [start for start, _ in along] == pytest.approx(starts, abs=1e-9)


def test_what_the_page_was_given_is_what_it_embeds(page, drawing):
    data = page.evaluate(f"{BOX}.data")
    assert data["values"] == [list(row) for row in drawing.values]
    assert data["weights"] == list(drawing.weights)
    assert set(data) == {
        "options",
        "letters",
        "values",
        "weights",
        "sliders",
        "high",
        "shown",
        "words",
    }


def test_an_update_takes_less_than_a_frame(page):
    taken = page.evaluate(
        f"""() => {{
          const box = {BOX}, times = [];
          for (let n = 0; n < 60; n++) {{
            const before = performance.now();
            box.set(box.moved(box.weights(), [n % 9], n / 2));
            document.body.offsetHeight;
            times.push(performance.now() - before);
          }}
          return times.sort((a, b) => a - b)[30];
        }}"""
    )
    assert taken <= 16


def first(page) -> str:
    return page.locator(".what-if ol li").first.locator(".who").inner_text()


def test_keys_and_buttons_move_a_weight_and_the_order_follows(page, drawing):
    before = first(page)
    assert page.locator(".what-if .told").inner_text().startswith(f"{before} leads, ")
    slider, output = page.locator(".slider input").first, page.locator(".slider output").first
    was = float(output.inner_text())
    slider.focus()
    page.keyboard.press("ArrowRight")
    assert float(output.inner_text()) == pytest.approx(was + 1, abs=0.11)
    page.keyboard.press("PageDown")
    assert float(output.inner_text()) == pytest.approx(was - 4, abs=0.11)
    page.keyboard.press("Home")
    assert float(output.inner_text()) == 0
    page.get_by_role("button", name="1 point more for").first.click()
    assert float(output.inner_text()) == 1
    sums = page.evaluate(f"{BOX}.weights().reduce((a, b) => a + b)")
    assert sums == pytest.approx(100)
    page.get_by_role("button", name="Back to the mean of 9 people").click()
    assert first(page) == before and float(output.inner_text()) == pytest.approx(was, abs=0.06)
    page.get_by_role("button", name="Weigh 9 criteria alike").click()
    assert float(output.inner_text()) == pytest.approx(100 / CRITERIA, abs=0.06)


def test_who_leads_is_said_where_it_changes_and_who_does_with_the_weights_of_all(page, drawing):
    slider = next(s for s in drawing.sliders if len(s.leads) > 1 and s.leads[-1].start < 90)
    then = drawing.options[slider.leads[-1].option]
    page.evaluate(
        f"([c, p]) => {BOX}.set({BOX}.moved({BOX}.data.weights, c, p))",
        [list(slider.criteria), 99.0],
    )
    told = page.locator(".what-if [role=status]")
    now = page.evaluate(f"{BOX}.data.options[{BOX}.order({BOX}.values({BOX}.weights()))[0]]")
    assert now == then and first(page) == then
    base = first_of(drawing)
    said = told.inner_text()
    assert (said.endswith(f"With the weights of all it is {base}.")) == (then != base)


def first_of(drawing: WhatIf) -> str:
    totals = np.array(drawing.values) @ np.array(drawing.weights)
    return drawing.options[int(totals.argmax())]


def test_nothing_hostile_runs_and_names_are_shown_as_they_were_typed(page):
    page.evaluate(f"{BOX}.set({BOX}.data.weights.map((_, n) => n ? 0 : 100))")
    assert page.evaluate("window.injected") is None
    assert HOSTILE in [t.strip() for t in page.locator(".what-if .who").all_inner_texts()]


def test_on_paper_strips_stand_instead_of_sliders(page):
    assert page.locator(".what-if .live").is_visible()
    assert not page.locator(".what-if .still").is_visible()
    page.emulate_media(media="print")
    assert not page.locator(".what-if .live").is_visible()
    assert page.locator(".what-if .still li").first.is_visible()


def test_without_scripts_strips_stand_too(offline_without_scripts, chapter):
    page = offline_without_scripts.page
    page.goto(chapter.as_uri())
    assert not page.locator(".what-if .live").is_visible()
    assert page.locator(".what-if .still li").first.is_visible()


def test_on_a_phone_targets_are_large_and_nothing_scrolls_sideways(offline_phone, chapter):
    page = offline_phone.open(chapter)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    sizes = page.locator(".what-if button, .what-if input").evaluate_all(
        "all => all.map(e => e.getBoundingClientRect()).map(r => [r.width, r.height])"
    )
    assert sizes and all(min(size) >= 32 for size in sizes)


def test_who_asked_for_less_motion_gets_none(visiting, chapter):
    with visiting(reduced_motion="reduce") as seen:
        page = seen.open(chapter)
        dots = page.locator(".what-if .axis b")
        assert dots.first.evaluate("e => getComputedStyle(e).transitionDuration") == "0s"
