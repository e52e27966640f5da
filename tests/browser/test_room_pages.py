"""The pages of the room on a real server: what a phone keeps, who can use them, what the wall shows."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from strategy_lib.core.resources import resource
from strategy_lib.room.journal import Journal
from strategy_lib.room.pairing import hashed
from tests.widgets.room import make_room
from tools.measure_pages import violations

pytestmark = pytest.mark.browser
PEOPLE = ("A01", "A02", "A03")
SIGNS = {who: f"R7WD3K{n:02d}" for n, who in enumerate(PEOPLE)}
WORDS = json.loads(resource("templates", "room", "words.json").read_text("utf-8"))["en"]
PHONE = {"width": 390, "height": 844}
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
def workspace(tmp_path_factory):
    made = make_room(tmp_path_factory.mktemp("room"))
    journal = Journal(made.cycle().root / ".cache" / "room")
    for who, signs in SIGNS.items():
        journal.write("card", datetime.now(UTC), who=who, signs=hashed(signs))
    journal.close()
    return made


@pytest.fixture(scope="module")
def links(workspace):
    command = [sys.executable, "-m", "strategy_lib.cli", "room", str(workspace.root)]
    options = ["--port", "0", "--host-port", "0", "--no-browser"]
    process = subprocess.Popen(
        [*command, *options], stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    found: dict[str, str] = {}
    while "Phones" not in found:
        line = process.stdout.readline()
        assert line, "the room did not open"
        name, _, link = line.strip().partition(": ")
        found[name] = link
    yield found
    process.terminate()
    process.wait()
    process.stdout.close()


class Room:
    """A host, a screen and phones, and what went wrong on any of them."""

    def __init__(self, browser, links):
        self.browser, self.links, self.errors = browser, links, []
        self.host = self.page(links["Host"], {"width": 1280, "height": 800})
        self.screen = self.page(links["Screen"], {"width": 1920, "height": 1080})
        self.phones = {}
        for who in PEOPLE:
            link = f"{links['Phones']}#code={SIGNS[who]}"
            self.phones[who] = self.page(link, PHONE)
            expect(self.phones[who].locator("h1")).to_contain_text(who, timeout=30_000)

    def page(self, link, size):
        page = self.browser.new_context(viewport=size, reduced_motion="reduce").new_page()
        page.set_default_timeout(30_000)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.goto(link)
        return page

    def press(self, word):
        self.host.get_by_role(
            "button", name=re.compile(f"^{WORDS[word].split('{')[0]}")
        ).first.click()

    def wall(self, view):
        self.host.locator(".right").get_by_role(
            "button", name=WORDS[f"h.v.{view}"], exact=True
        ).click()
        pressed = self.host.locator('.right [aria-pressed="true"]')
        expect(pressed).to_have_text(WORDS[f"h.v.{view}"], timeout=60_000)


@pytest.fixture(scope="module")
def room(browser, links):
    made = Room(browser, links)
    yield made
    assert made.errors == []


def axe(page):
    """What axe finds on a phone and on a desk."""
    size, found = page.viewport_size, []
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        found += violations(page)
    page.set_viewport_size(size)
    return found


def fits_narrow(page):
    """Whether nothing is cut or scrolled sideways at 320 pixels, with text at 200 %."""
    size = page.viewport_size
    page.set_viewport_size({"width": 320, "height": 640})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.evaluate("document.documentElement.style.fontSize = ''")
    page.set_viewport_size(size)
    return wide <= 320


def answer(phone, best, sure=1):
    before = phone.locator("#count").inner_text()
    phone.locator(f'.scale input[value="{best}"]').check(force=True)
    phone.locator(".seg input").nth(sure).check(force=True)
    phone.get_by_role("button", name=WORDS["next"]).click()
    expect(phone.locator("#count")).not_to_have_text(before)


def cannot_say(phone):
    before = phone.locator("#count").inner_text()
    phone.get_by_role("button", name=WORDS["cannot"]).click()
    expect(phone.locator("#count")).not_to_have_text(before)


def entries(workspace):
    return [
        json.loads(line)
        for path in workspace.cycle().inputs.glob("presence/workshop/*.jsonl")
        for line in path.read_text("utf-8").splitlines()
    ]


def test_own_hash_is_sha_256(room):
    page = room.phones["A01"]
    for text in ("", "abc", "室" * 40, "x" * 1000):
        bytes_ = page.evaluate("text => sha256(text)", text)
        assert bytes(bytes_) == hashlib.sha256(text.encode()).digest()


def test_before_the_round_every_page_is_usable_by_all(room):
    fresh = room.page(room.links["Phones"], PHONE)
    expect(fresh.get_by_role("heading", level=1)).to_have_text(WORDS["p.join"])
    expect(room.screen.locator("h1")).to_have_text(WORDS["s.take"])
    expect(room.host.locator(".pill.draft")).to_be_visible()
    pages = (fresh, room.phones["A01"], room.host, room.screen)
    assert [axe(page) for page in pages] == [[], [], [], []]
    assert fits_narrow(fresh) and fits_narrow(room.phones["A01"]) and fits_narrow(room.host)
    fresh.locator("#code").fill("AAAA-AAAA")
    fresh.get_by_role("button", name=WORDS["p.go"]).click()
    expect(fresh.get_by_role("alert")).to_contain_text("This code is not known")
    fresh.locator("#lang").select_option("zh")
    expect(fresh.locator("html")).to_have_attribute("lang", "zh")
    fresh.close()


def test_a_question_is_answered_by_keyboard_offline_and_after_a_reload(room, workspace):
    room.host.locator('input[name="block"][value="presence"]').check()
    room.host.locator("#most").fill("9")
    room.press("h.choose")
    room.press("h.open")
    expect(room.host.locator(".pill.open")).to_be_visible()
    phone = room.phones["A01"]
    phone.locator(".pick").wait_for()
    cannot_say(phone)
    phone.locator(".scale").wait_for()
    assert axe(phone) == []
    assert fits_narrow(phone)
    # By keyboard alone: into the scale, down it, on to how sure, then the button.
    phone.locator(".scale input").first.focus()
    for key in ("ArrowDown", "ArrowDown", "Tab", "Space"):
        phone.keyboard.press(key)
    expect(phone.locator(".said").first).to_contain_text("Most likely 8, could be 7.5 to 8.5")
    phone.get_by_role("button", name=WORDS["next"]).focus()
    phone.keyboard.press("Enter")
    expect(phone.locator("#count")).to_contain_text("Question 3")
    phone.context.set_offline(True)
    answer(phone, 4)
    answer(phone, 5)
    expect(phone.locator("#net")).to_have_text("2 waiting")
    expect(phone.get_by_role("alert").first).to_contain_text("No connection")
    kept = phone.evaluate("localStorage.getItem('room.outbox')")
    assert len(json.loads(kept)) == 2
    phone.context.set_offline(False)
    expect(phone.locator("#net")).to_have_text(WORDS["p.saved"], timeout=30_000)
    mine = [e for e in entries(workspace) if e["who"] == "A01" and e["table"] == "scores"]
    assert [e["row"]["best"] for e in mine] == [8, 4, 5]
    phone.reload()
    expect(phone.locator("#count")).to_contain_text("Question 5")


def test_weights_go_by_order_then_points(room, workspace):
    phone = room.phones["A03"]
    phone.locator(".pick").wait_for()
    assert axe(phone) == []
    phone.locator(".pick button").first.click()
    phone.get_by_role("button", name=WORDS["on"], exact=True).click()
    save = phone.get_by_role("button", name=WORDS["next"])
    save.click()
    expect(phone.get_by_role("alert").last).to_have_text(WORDS["sayrest"])
    phone.locator('.seg input[value="zero"]').check(force=True)
    assert axe(phone) == []
    save.click()
    phone.locator(".scale").wait_for()
    expect(phone.locator("#net")).to_have_text(WORDS["p.saved"])
    weighed = [e for e in entries(workspace) if e["table"] == "swing_weights"]
    assert [e["row"]["points"] for e in weighed if e["who"] == "A03"] == [100, 0]


def test_nobody_sees_a_value_before_the_round_closes(room):
    cannot_say(room.phones["A02"])
    for who, best in (("A02", 2), ("A03", 9)):
        answer(room.phones[who], best)
    room.wall("spread")
    expect(room.screen.locator("h1")).to_have_text(WORDS["s.sealed"])
    room.wall("question")
    expect(room.screen.locator(".strip")).to_contain_text("3 of 3 answered")
    assert axe(room.screen) == []
    assert min(room.screen.evaluate(SIZES)) >= 40
    assert axe(room.host) == []
    expect(room.host.locator(".people")).to_contain_text("A03")
    last = room.phones["A03"]
    while last.get_by_role("heading", level=1).inner_text() != WORDS["p.look"]:
        cannot_say(last)
    assert axe(last) == []


def test_after_the_round_the_two_furthest_apart_are_told_and_all_have_receipts(room):
    room.press("h.close")
    expect(room.host.get_by_role("alert")).to_contain_text("Questions that are not complete")
    room.press("h.anyway")
    expect(room.host.locator(".pill.closed")).to_be_visible(timeout=60_000)
    expect(room.host.locator(".pic svg")).to_be_visible(timeout=60_000)
    low = room.phones["A02"]
    expect(low.get_by_role("heading", level=1)).to_have_text(WORDS["p.invited"], timeout=60_000)
    expect(low.locator("main")).to_contain_text("You said 2, somebody else 9")
    assert axe(low) == []
    low.get_by_role("button", name=WORDS["p.write"]).click()
    low.locator("#words1").fill("<b>We were refused twice</b>")
    low.get_by_label(WORDS["p.release"]).check()
    low.get_by_role("button", name=WORDS["p.send"]).click()
    expect(low.get_by_role("heading", level=1)).to_have_text(WORDS["p.receipt"])
    assert re.fullmatch(r"(\w{4}-){2}\w{4}", low.locator("main .code").inner_text())
    expect(low.locator("main")).not_to_contain_text(WORDS["p.receipt.bad"])
    assert axe(low) == []
    room.press("h.onwall")
    room.press("h.nextq")
    room.wall("spread")
    expect(room.screen.locator("blockquote")).to_have_text("“<b>We were refused twice</b>”")
    expect(room.screen.locator("h1")).to_have_text("From 2 to 9")
    assert min(room.screen.evaluate(SIZES)) >= 40
    assert [axe(room.screen), axe(room.host)] == [[], []]
    assert not re.search(r"\bA0\d\b", room.screen.locator("body").inner_text())


def test_a_second_round_shows_ones_own_first_answer_and_the_room(room):
    room.press("h.second")
    expect(room.host.locator(".pill.open")).to_be_visible()
    phone = room.phones["A02"]
    keep = phone.get_by_role("button", name=re.compile("^Keep 2"))
    expect(keep).to_be_visible(timeout=30_000)
    expect(phone.locator("main")).to_contain_text("the room from 2 to 9")
    assert axe(phone) == []
    keep.click()
    expect(phone.locator("#net")).to_have_text(WORDS["p.saved"])


def test_a_phone_forgets_when_asked(room):
    room.press("h.close")
    room.press("h.anyway")
    expect(room.host.locator(".pill.closed")).to_be_visible(timeout=60_000)
    phone = room.phones["A01"]
    leave = phone.get_by_role("button", name=WORDS["p.leave"])
    no = phone.get_by_role("button", name=WORDS["p.no"])
    expect(leave.or_(no).first).to_be_visible(timeout=60_000)
    while no.count():
        no.click()
        expect(leave.or_(no).first).to_be_visible()
    leave.click()
    expect(phone.locator("main")).to_contain_text(WORDS["p.left"])
    assert phone.evaluate("Object.keys(localStorage)") in ([], ["room.lang"])
