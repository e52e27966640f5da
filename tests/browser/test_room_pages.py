"""The pages of the room on a real server: what a phone keeps, who can use them, what the wall shows.

Each test opens a room of its own, in a thread (`live.py`), and the pages that it looks at.
"""

from __future__ import annotations

import hashlib
import json
import re

import pytest
from playwright.sync_api import expect

from strategy_lib.editions.snapshot import ensure_snapshot
from strategy_lib.room.analysis import process
from strategy_lib.room.web.serving import agenda_of
from tests.browser.live import PHONE, Live, answer, quick
from tests.room.rooms import Place, example_with_snapshot, score
from tests.widgets.room import make_room
from tools.measure_pages import violations

pytestmark = pytest.mark.browser
ONE, OTHER, THIRD = "scores/P0/safety", "scores/P1/safety", "scores/P2/safety"
SCORES = [ONE, OTHER, THIRD]
MOST_TABS = 40
SCALE = [
    *("status", "progressbar Question 1 of 3", "radio 10: all of it"),
    *(f"radio {n}" for n in (9, 8, 7, 6)),
    "radio 5: <img src=x onerror=window.pwned=1>",
    *(f"radio {n}" for n in (4, 3, 2, 1)),
    *("radio 0: none at all", "radio Sure, ± 0.5", "radio Fairly, ± 1.5", "radio Hardly, ± 3"),
    *("alert", "button I cannot say", "button Save, next"),
]
HOST = [
    *("button Begin here", "checkbox The keys in frames press these buttons"),
    "button Question 1 of 3: Outside · Safety. 3/3",
    "button Question 2 of 3: Office · Safety. 0/3",
    "button Question 3 of 3: <img src=x onerror=window.pwned=1> · Safety. 0/3",
    *("button Next question", "button Close round 1 and show it", "button Back"),
    *(f"button {who} answered" for who in ("A01", "A02", "A03")),
    *(f"button {v}" for v in ("Join", "Question", "Spread", "Movement", "Futures", "Receipts")),
    *("button Blank", "button Add a walk-in", "button Enter from paper"),
    *("button Link for the screen", "button End the room"),
]
# Sizes of all text in sight, in pixels of the screen.
SIZES = """() => {
  const found = [], main = document.querySelector("main")
  const walk = document.createTreeWalker(main, NodeFilter.SHOW_TEXT)
  while (walk.nextNode()) {
    const e = walk.currentNode.parentElement, svg = e.closest("svg")
    if (!walk.currentNode.data.trim() || e.localName === "title") continue
    const box = svg && svg.getBoundingClientRect(), view = svg && svg.viewBox.baseVal
    const scale = svg ? Math.min(box.width / view.width, box.height / view.height) : 1
    found.push(parseFloat(getComputedStyle(e).fontSize) * scale)
  }
  return found
}"""


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """Four options, two criteria, three people."""
    root = make_room(tmp_path_factory.mktemp("room")).root
    ensure_snapshot(root, 2026, "core")
    return root


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    """The bundled example, which has questions of all kinds."""
    return example_with_snapshot(tmp_path_factory.mktemp("example") / "ws")


@pytest.fixture
def opened(browser, tmp_path, monkeypatch):
    """Opens a room on a copy of a workspace."""
    made = []

    def opens(root, language="en"):
        place = Place(root, tmp_path / str(len(made)))
        monkeypatch.setattr(process, "ensure_snapshot", lambda *_: place.cycle.snapshot("core"))
        monkeypatch.setattr(process, "_HELD", {})
        quick(monkeypatch)
        made.append(Live(place, browser, language))
        return made[-1]

    yield opens
    for live in made:
        live.end()


@pytest.fixture
def room(opened, small):
    return opened(small)


def fits_narrow(page):
    """Whether nothing is cut or scrolled sideways at 320 pixels, with text at 200 %."""
    size = page.viewport_size
    page.set_viewport_size({"width": 320, "height": 640})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.evaluate("document.documentElement.style.fontSize = ''")
    page.set_viewport_size(size)
    return wide <= size["width"] and wide <= 320


def reads_from_the_back(screen):
    """Whether all that the wall shows is 40 pixels of 1080 high or more, and nothing is cut off."""
    tall = screen.evaluate("document.documentElement.scrollHeight")
    return min(screen.evaluate(SIZES)) >= 40 and tall <= 1080


def controls(page):
    """Role and name of each control, as a screen reader has them, in their order."""
    roles = "button|radio|checkbox|combobox|textbox|spinbutton|link|status|alert|img|progressbar"
    tree = page.locator("body").aria_snapshot()
    found = re.findall(rf'^ *- (?:\'|)({roles})(?: "((?:[^"\\]|\\.)*)")?', tree, re.MULTILINE)
    return [f"{role} {name}".strip() for role, name in found]


def cannot_say(room, phone):
    before = phone.locator("#count").inner_text()
    phone.get_by_role("button", name=room.words["cannot"]).click()
    expect(phone.locator("#count")).not_to_have_text(before)


def entries(room):
    return [
        json.loads(line)
        for path in room.opened.room.cycle.inputs.glob("presence/workshop/*.jsonl")
        for line in path.read_text("utf-8").splitlines()
    ]


def test_own_hash_is_sha_256(room):
    for text in ("", "abc", "室" * 40, "x" * 1000):
        bytes_ = room.stranger.evaluate("text => sha256(text)", text)
        assert bytes(bytes_) == hashlib.sha256(text.encode()).digest()


def test_before_the_round_every_page_is_usable_by_all(room):
    fresh, mine = room.stranger, room.phone("A01")
    expect(room.screen.locator("h1")).to_have_text(room.words["s.take"])
    expect(room.host.locator(".pill.draft")).to_be_visible()
    pages = (fresh, mine, room.host, room.screen)
    assert [violations(page) for page in pages] == [()] * 4
    assert fits_narrow(fresh) and fits_narrow(mine) and fits_narrow(room.host)
    assert reads_from_the_back(room.screen)
    assert controls(fresh) == [
        "combobox Language · Langue · Idioma · 语言",
        "textbox Code on your card",
        "button Join",
    ]
    assert controls(mine)[-1] == f"button {room.words['p.leave']}"
    names = ("Name of the Wi-Fi", "Its password")
    assert [c for c in controls(room.screen) if not c.startswith("img QR")] == [
        f"textbox {name}" for name in names
    ]
    fresh.locator("#code").fill("AAAA-AAAA")
    fresh.get_by_role("button", name=room.words["p.go"]).click()
    expect(fresh.get_by_role("alert")).to_contain_text("This code is not known")
    fresh.locator("#lang").select_option("zh")
    expect(fresh.locator("html")).to_have_attribute("lang", "zh")


@pytest.mark.parametrize("language", ["fr", "es", "zh"])
def test_in_every_language_pages_fit_and_the_wall_is_readable(opened, small, monkeypatch, language):
    room = opened(small, language)
    room.start(questions=SCORES)
    phone = room.phone("A01")
    expect(phone.locator("html")).to_have_attribute("lang", language)
    assert fits_narrow(phone) and fits_narrow(room.host)
    answer(room, phone, 4)
    room.said(ONE, A02=score(9), A03=score(2))
    room.close(monkeypatch)
    room.wall("spread")
    assert fits_narrow(phone) and fits_narrow(room.host) and reads_from_the_back(room.screen)


def test_one_answer_needs_no_more_than_a_keyboard(room):
    room.start(questions=SCORES)
    phone = room.phone("A01")
    assert controls(phone) == SCALE

    def tab_to(name):
        for _ in range(MOST_TABS):
            phone.keyboard.press("Tab")
            focused = phone.evaluate(
                "() => document.activeElement.ariaLabel || document.activeElement.textContent"
            )
            if focused.startswith(name):
                return
        raise AssertionError(f"the keyboard does not reach {name!r}")

    tab_to("10")
    for key in ("ArrowDown", "ArrowDown"):
        phone.keyboard.press(key)
    tab_to(room.words["sure.0"])
    phone.keyboard.press("Space")
    expect(phone.locator(".said").first).to_contain_text("Most likely 8, could be 7.5 to 8.5")
    tab_to(room.words["next"])
    phone.keyboard.press("Enter")
    expect(phone.locator("#count")).to_contain_text("Question 2")
    expect(phone.get_by_role("heading", level=1)).to_be_focused()
    expect(phone.locator("#net")).to_have_text(room.words["p.saved"])
    assert [entry["row"]["best"] for entry in entries(room)] == [8]


def test_answers_out_of_range_and_after_a_reload(room):
    room.start(questions=SCORES)
    phone = room.phone("A01")
    phone.context.set_offline(True)
    answer(room, phone, 4)
    answer(room, phone, 5)
    expect(phone.locator("#net")).to_have_text("2 waiting")
    expect(phone.get_by_role("alert").first).to_contain_text("No connection")
    assert violations(phone) == ()
    kept = phone.evaluate("localStorage.getItem('room.outbox')")
    assert len(json.loads(kept)) == 2
    phone.context.set_offline(False)
    expect(phone.locator("#net")).to_have_text(room.words["p.saved"])
    assert [entry["row"]["best"] for entry in entries(room)] == [4, 5]
    phone.reload()
    expect(phone.locator("#count")).to_contain_text("Question 3")


def test_weights_go_by_order_then_points(room):
    weights = next(q for q in room.opened.room.state.blocks["presence"].questions).id
    room.start(questions=[weights, ONE])
    phone = room.phone("A03")
    phone.locator(".pick button").first.click()
    phone.get_by_role("button", name=room.words["on"], exact=True).click()
    save = phone.get_by_role("button", name=room.words["next"])
    save.click()
    expect(phone.get_by_role("alert").last).to_have_text(room.words["sayrest"])
    phone.locator('.seg input[value="zero"]').check(force=True)
    assert violations(phone) == ()
    save.click()
    phone.locator(".scale").wait_for()
    expect(phone.locator("#net")).to_have_text(room.words["p.saved"])
    assert [entry["row"]["points"] for entry in entries(room)] == [100, 0]


KINDS = {
    "scale": ("presence", "scores"),
    "order": ("presence", "swing_weights"),
    "influence": ("influences", "cross_impacts"),
    "harm": ("case-", "harm_ratings"),
    "ways": ("case-", "route_ratings"),
    "readiness": ("readiness", "readiness"),
}


def asked(room, kind):
    """Block and question of a kind."""
    begin, table = KINDS[kind]
    for name, block in room.opened.room.state.blocks.items():
        for question in block.questions:
            if name.startswith(begin) and question.table == table:
                return name, question.id
    raise AssertionError(kind)


def test_a_question_of_each_kind_is_usable_by_all_and_readable_from_the_back(
    opened, example, monkeypatch
):
    room = opened(example)
    phone = room.phone("A01")
    for kind in KINDS:
        block, question = asked(room, kind)
        room.start(block, questions=[question])
        phone.locator("#foot .btn.main").wait_for()
        if kind == "influence":
            phone.locator('.seg input[value="yes"]').check(force=True)
        # The whole page in sight: what the foot covers now is in sight after scrolling.
        phone.set_viewport_size(PHONE | {"height": 2600})
        assert violations(phone) == (), kind
        phone.set_viewport_size(PHONE)
        assert fits_narrow(phone), kind
        silent = [c for c in controls(phone) if " " not in c and c not in ("status", "alert")]
        assert silent == [], kind
        room.screen.wait_for_selector('main[data-view="question"]')
        expect(room.screen.locator(".strip")).to_contain_text("0 of 1 answered")
        assert reads_from_the_back(room.screen), kind
        assert violations(room.screen) == (), kind
        phone.get_by_role("button", name=room.words["cannot"]).click()
        expect(phone.locator("#net")).to_have_text(room.words["p.saved"])
        room.close(monkeypatch)
        room.command("next_block")
        expect(phone.get_by_role("heading", level=1)).to_contain_text("A01")


def test_nobody_sees_a_value_before_the_round_closes(room):
    room.start(questions=SCORES)
    room.said(ONE, A01=score(4), A02=score(2))
    last = room.phone("A03")
    answer(room, last, 9)
    room.wall("spread")
    expect(room.screen.locator("h1")).to_have_text(room.words["s.sealed"])
    room.wall("question")
    expect(room.screen.locator(".strip")).to_contain_text("3 of 3 answered")
    assert violations(room.screen) == ()
    assert reads_from_the_back(room.screen)
    expect(room.host.locator(".people")).to_contain_text("A03")
    assert violations(room.host) == ()
    agenda = [f"button {step['titles']['en']}" for step in agenda_of("02")]
    found = [
        re.sub(r"^button \d\d:\d\d (.*) \(\d+\)$", r"button \1", c) for c in controls(room.host)
    ]
    assert found[: len(agenda)] == agenda
    assert found[len(agenda) :] == HOST
    cannot_say(room, last)
    cannot_say(room, last)
    expect(last.get_by_role("heading", level=1)).to_have_text(room.words["p.look"])
    assert violations(last) == ()


def test_every_dialog_of_the_host_is_usable_by_all(room):
    room.start(questions=SCORES)
    room.phone("A01")
    host, dialog = room.host, room.host.get_by_role("dialog")
    person = host.locator(".people button", has_text="A01")
    room.press("h.close")
    expect(host.get_by_role("alert")).to_contain_text("Questions that are not complete")
    assert violations(host) == ()
    room.press("h.stayopen")
    for word in ("h.walkin", "h.paper", "h.link", "h.end"):
        button = host.locator(".right").get_by_role("button", name=room.words[word], exact=True)
        button.focus()
        host.keyboard.press("Enter")
        expect(dialog).to_be_visible()
        assert violations(host) == (), word
        host.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
        expect(button).to_be_focused()
    person.click()
    assert violations(host) == ()
    room.press("h.pair", dialog)
    expect(dialog.locator(".code")).to_be_visible()
    assert violations(host) == ()
    assert controls(host)[-2:] == ["img QR", "button Done"]
    moved = room.phone("A01")
    expect(moved.get_by_role("alert")).to_contain_text("This card is now used on another phone")


def test_after_the_round_the_two_furthest_apart_are_told_and_all_have_receipts(room, monkeypatch):
    room.start(questions=[ONE, OTHER])
    room.said(ONE, A01=score(4), A03=score(9))
    low = room.phone("A02")
    answer(room, low, 2)
    expect(low.locator("#net")).to_have_text(room.words["p.saved"])
    room.host.wait_for_selector(".pill.open")
    room.close(monkeypatch)
    expect(low.get_by_role("heading", level=1)).to_have_text(room.words["p.invited"])
    expect(low.locator("main")).to_contain_text("You said 2, somebody else 9")
    assert violations(low) == ()
    assert controls(low) == [
        "status",
        *(f"button {room.words[w]}" for w in ("p.aloud", "p.write", "p.no")),
    ]
    low.get_by_role("button", name=room.words["p.write"]).click()
    low.locator("#words1").fill("<b>We were refused twice</b>")
    low.get_by_label(room.words["p.release"]).check()
    low.get_by_role("button", name=room.words["p.send"]).click()
    expect(low.get_by_role("heading", level=1)).to_have_text(room.words["p.receipt"])
    assert re.fullmatch(r"(\w{4}-){2}\w{4}", low.locator("main .code").inner_text())
    expect(low.locator("main")).not_to_contain_text(room.words["p.receipt.bad"])
    assert violations(low) == () and fits_narrow(low)
    room.press("h.onwall")
    expect(room.screen.locator("blockquote")).to_have_text("“<b>We were refused twice</b>”")
    expect(room.screen.locator("h1")).to_have_text("From 2 to 9")
    assert reads_from_the_back(room.screen)
    assert [violations(room.screen), violations(room.host)] == [(), ()]
    assert controls(room.screen) == ["img From 2 to 9; middle 4; red line of Board: 2"]
    assert not re.search(r"\bA0\d\b", room.screen.locator("body").inner_text())
    room.wall("receipts")
    expect(room.screen.locator("h1")).to_have_text("3 receipts")
    assert reads_from_the_back(room.screen) and violations(room.screen) == ()


def test_a_second_round_shows_ones_own_first_answer_and_the_room(room, monkeypatch):
    room.start(questions=[ONE])
    room.said(ONE, A01=score(4), A03=score(9))
    phone = room.phone("A02")
    room.command("paper", code="A02", question=ONE, value=score(2))
    room.close(monkeypatch)
    room.command("second", questions=[ONE])
    keep = phone.get_by_role("button", name=re.compile("^Keep 2"))
    expect(keep).to_be_visible()
    expect(phone.locator("main")).to_contain_text("the room from 2 to 9")
    assert violations(phone) == () and fits_narrow(phone)
    keep.click()
    expect(phone.locator("#net")).to_have_text(room.words["p.saved"])
    room.said(ONE, A03=score(6))
    room.close(monkeypatch)
    room.screen.wait_for_selector('main[data-view="movement"]')
    expect(room.screen.locator("h1")).to_contain_text("1 of 3 moved")
    assert reads_from_the_back(room.screen) and violations(room.screen) == ()


def test_a_phone_forgets_when_asked(room, monkeypatch):
    room.start(questions=[ONE])
    phone = room.phone("A01")
    cannot_say(room, phone)
    room.close(monkeypatch)
    phone.get_by_role("button", name=room.words["p.leave"]).click()
    expect(phone.locator("main")).to_contain_text(room.words["p.left"])
    assert phone.evaluate("Object.keys(localStorage)") in ([], ["room.lang"])


def test_minutes_and_refusals_are_in_the_language_of_the_page(opened, small):
    room = opened(small, "fr")
    stale = room.opened.room.state.version
    room.start(questions=[ONE])
    expect(room.host.locator(".log")).to_contain_text("Tour 1 ouvert : ")
    room.host.locator("#keys").uncheck()
    room.host.keyboard.press("c")  # single keys can be turned off
    assert room.opened.room.state.phase == "open"
    reply = room.do(room.opened.do("close", version=stale))
    said = room.host.evaluate("told => new Refusal(409, told.error, told.args).words", reply.body)
    assert "Tour 1 ouvert" in said and "Round" not in said


def test_phones_are_told_that_the_room_has_ended(room):
    phone = room.phone("A01")
    room.do(room.opened.served.end())
    expect(phone.get_by_role("alert")).to_have_text(room.words["p.ended"])
