"""A whole workshop in browsers that reach this computer alone: twelve phones, a host, a screen.

Chapters 02 and 04 are asked, by the real command; what people tapped must be in the results of
`workbook run` and in the minutes, and each phone's receipt must be what the rows of its owner give
by a few lines that know nothing of the workbook.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
import shutil
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import pytest
from playwright.sync_api import Page, expect

from strategy_lib.core.resources import resource
from strategy_lib.core.workspace import open_workspace
from strategy_lib.editions.snapshot import read_snapshot
from strategy_lib.inputs.entries.entry import Asked, EntryLog
from strategy_lib.room.journal import Journal
from strategy_lib.room.pairing import hashed
from strategy_lib.running import run
from tests.browser.live import command

pytestmark = pytest.mark.browser
PEOPLE = [f"A{n:02d}" for n in range(1, 13)]
SIGNS = {who: f"R7WD3K{n:02d}" for n, who in enumerate(PEOPLE)}
PHONE = {"width": 390, "height": 780}
# Block -> how many of its questions are asked.
ASKED = {"presence": 3, "influences": 2}
# One phone is out of range while its owner answers; another is loaded anew.
OUT_OF_RANGE, RELOADED = 4, 5
_THREE = ("option_id", "criterion_id", "low", "best", "high")
TABLES = {
    "presence": {"scores": _THREE, "swing_weights": ("criterion_id", "points")},
    "influences": {"cross_impacts": ("source_state", "target_state", "impact")},
}
PATIENCE = 60_000


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    """The example's federation with twelve assessors, none of whom has sent a form for 02 or 04."""
    folder = tmp_path_factory.mktemp("workshop") / "ws"
    shutil.copytree(resource("data", "example"), folder)
    inputs = folder / "2026" / "inputs"
    for area in ("presence", "scenarios"):
        for path in (inputs / area).glob("* A?? *.xlsx"):
            path.unlink()
    rows = [{"assessor_id": who, "unit_id": "kenya"} for who in PEOPLE[9:]]
    EntryLog(inputs, "list").append_many([Asked("assessors", row, "facilitator") for row in rows])
    write_lists(folder / "2026" / "forms" / "questions.csv")
    made = open_workspace(folder)
    journal = Journal(made.cycle().root / ".cache" / "room")
    for who, signs in SIGNS.items():
        journal.write("card", datetime.now(UTC), who=who, signs=hashed(signs))
    journal.close()
    return made


def write_lists(path: Path) -> None:
    """What `workbook forms --minutes` found to be most worth asking."""
    scores = [{"option_id": f"P{n}", "criterion_id": "safety"} for n in range(4)]
    pairs = [{"source_descriptor": "econ", "target_descriptor": d} for d in ("attitudes", "ongo")]
    rows = [("swing_weights", {"criterion_id": "safety"}), *(("scores", key) for key in scores)]
    rows += [("cross_impacts", key) for key in pairs]
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("assessor_id", "position", "table", "key"))
        for position, (table, key) in enumerate(rows, 1):
            writer.writerow(("A01", position, table, json.dumps(key)))


@pytest.fixture(scope="module")
def links(workspace):
    """Links of host, screen and phones, as the terminal tells them."""
    with command(workspace.root) as found:
        yield found


def opened(browser, link, asked, **more) -> Page:
    """A page of its own; everything that it asks for is noted."""
    context = browser.new_context(**more)
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.on("pageerror", lambda error: asked.append(f"error: {error}"))
    page.goto(link)
    return page


def tap(phone: Page, number: int, turn: int) -> None:
    """Answer the question that a phone shows, each person otherwise."""
    phone.wait_for_selector("main .scale, main .pick, main .if")
    before = phone.locator("#count").inner_text()
    go_on = phone.locator("#foot .btn.main")
    if (number + turn) % 11 == 10:
        phone.locator("#foot .btn:not(.main)").click()
    elif phone.locator(".scale").count():
        phone.locator(f'.scale input[value="{(number + turn) % 11}"]').check(force=True)
        phone.locator('.seg input[value="1"]').check(force=True)
        go_on.click()
    elif phone.locator(".pick").count():
        for place in range(3):
            phone.locator(".pick button").nth((number + place) % 4).click()
        go_on.click()
        phone.locator('.seg input[value="zero"]').check(force=True)
        go_on.click()
    elif number % 2:
        phone.locator('.seg input[value="no"]').check(force=True)
        go_on.click()
    else:
        phone.locator('.seg input[value="yes"]').check(force=True)
        for select in phone.locator(".cell select").all():
            select.select_option(str((number + turn) % 7 - 3))
        go_on.click()
    expect(phone.locator("#count")).not_to_have_text(before, timeout=PATIENCE)


def signs(text: str) -> str:
    number = int(hashlib.sha256(text.encode()).hexdigest()[:15], 16)
    letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    found = "".join(letters[number >> 5 * n & 31] for n in reversed(range(12)))
    return f"{found[:4]}-{found[4:8]}-{found[8:]}"


def receipt(lines: list[dict], who: str, block: str, tables: dict[str, tuple[str, ...]]) -> str:
    """A receipt from the lines of the entries' files, by the words of the page that explains it."""
    mine = [line for line in lines if line["who"] == who and line["table"] in tables]
    last = {}
    for line in mine:
        values = [line["row"].get(name) for name in tables[line["table"]]]
        whole = [int(v) if isinstance(v, float) and v == int(v) else v for v in values]
        keys = len(values) - (3 if line["table"] == "scores" else 1)
        last[line["table"], *whole[:keys]] = json.dumps(
            [line["table"], *whole], separators=(",", ":")
        )
    rounds = json.dumps(sorted([table, 1] for table in tables), separators=(",", ":"))
    return signs(
        f'["room-receipt-1",2026,"{block}",{rounds},[{",".join(sorted(last.values()))}],'
        f'"{mine[0]["nonce"]}"]'
    )


WORDS = json.loads(resource("templates", "room", "words.json").read_text(encoding="utf-8"))["en"]


class Host:
    """The facilitator's page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, word: str) -> None:
        """Press a button by its words, whatever number stands in them."""
        pattern = re.sub(r"\\{\w+\\}", ".*", re.escape(WORDS[word]))
        self.page.get_by_role("button", name=re.compile(f"^{pattern}")).first.click()

    def open(self, block: str, questions: int) -> None:
        self.page.locator(f'input[name="block"][value="{block}"]').check()
        self.page.locator("#most").fill(str(questions))
        self.press("h.choose")
        expect(self.page.locator(".more > div")).to_have_count(questions, timeout=PATIENCE)
        self.press("h.open")
        expect(self.page.locator(".pill.open")).to_be_visible(timeout=PATIENCE)

    def close(self) -> None:
        self.press("h.close")
        expect(self.page.locator(".pill.closed")).to_be_visible(timeout=PATIENCE)
        expect(self.page.locator(".pic")).to_be_visible(timeout=PATIENCE)

    def go_on(self) -> None:
        self.press("h.another")
        expect(self.page.locator(".pill.draft")).to_be_visible(timeout=PATIENCE)


def test_a_workshop_of_twelve(workspace, links, browser):
    asked: list[str] = []
    host = Host(opened(browser, links["Host"], asked))
    screen = opened(browser, links["Screen"], asked)
    phones = {
        who: opened(browser, f"{links['Phones']}#code={SIGNS[who]}", asked, viewport=PHONE)
        for who in PEOPLE
    }
    for phone in phones.values():
        expect(phone.locator("h1")).to_contain_text(
            WORDS["p.wait"].partition("{")[0].strip(), timeout=PATIENCE
        )
        expect(phone).not_to_have_url(re.compile("code="))
    receipts: dict[str, dict[str, str]] = {}
    for block, questions in ASKED.items():
        host.open(block, questions)
        for number, phone in enumerate(phones.values()):
            for turn in range(questions):
                if turn == 1 and number == OUT_OF_RANGE:
                    phone.context.set_offline(True)
                tap(phone, number, turn)
            if number == OUT_OF_RANGE:
                expect(phone.locator("#net.wait")).to_be_visible(timeout=PATIENCE)
                phone.context.set_offline(False)
            if number == RELOADED:
                phone.reload()
            expect(phone.locator("#net.net:not(.wait)")).to_be_visible(timeout=PATIENCE)
        assert not re.search(r"\bA\d\d\b", screen.locator("body").inner_text())
        host.close()
        receipts[block] = {who: shown_receipt(phone) for who, phone in phones.items()}
        assert not re.search(r"\bA\d\d\b", screen.locator("body").inner_text())
        host.go_on()
    lines = [
        json.loads(line)
        for path in workspace.cycle().inputs.glob("*/workshop/*.jsonl")
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    keys = {line["table"]: line["block"] for line in lines if line["kind"] == "close_round"}
    for block, told in receipts.items():
        key = keys[next(iter(TABLES[block]))]
        assert told == {who: receipt(lines, who, key, TABLES[block]) for who in PEOPLE}
    check_results(workspace, lines, receipts)
    assert all(url.startswith(("http://127.0.0.1:", "data:")) for url in asked), asked


def shown_receipt(phone: Page) -> str:
    """The receipt that a phone shows, after its owner would rather not say more."""
    code = phone.locator("main .code")
    no = phone.get_by_role("button", name=WORDS["p.no"])
    while True:
        expect(code.or_(no).first).to_be_visible(timeout=PATIENCE)
        # It may give way to the question about the ends, which comes with the spread.
        if shown := code.all_inner_texts():
            return shown[0]
        no.click()


def check_results(workspace, lines, receipts) -> None:
    """What people tapped is what `workbook run` counts, and the minutes list every receipt."""
    report = run(workspace, editions=["core"], chapters=["02", "04"], formats=())
    assert not report.failed, report
    cycle = workspace.cycle()
    page = (cycle.outputs("core") / "minutes.html").read_text(encoding="utf-8")
    for told in receipts.values():
        assert all(code in page for code in told.values())
        assert signs("\n".join(sorted(told.values()))) in page
    given: dict[tuple[str, ...], dict[str, float]] = {}
    for line in lines:
        row, table = line["row"], line["table"]
        key, value = {
            "scores": (("option_id", "criterion_id"), "best"),
            "cross_impacts": (("source_state", "target_state"), "impact"),
        }.get(table, ((), ""))
        if line["kind"] == "set" and value and row[value] is not None:
            given.setdefault(tuple(row[name] for name in key), {})[line["who"]] = row[value]
    frames = read_snapshot(cycle.snapshot("core")).restricted
    names = {
        name: code
        for table, key in (("presence_options", "option_id"), ("criteria", "criterion_id"))
        for code, name in frames[table][[key, "name"]].itertuples(index=False)
    }
    middles = {
        (names[row["option"]], names[row["criterion"]]): (int(row["people"]), float(row["middle"]))
        for row in saved(cycle, "02", "middle_scores")
    }
    counted = {
        (row["source_state"], row["target_state"]): int(row["n_assessors"])
        for row in saved(cycle, "04", "judgements")
        if int(row["n_assessors"])
    }
    scored = {key: said for key, said in given.items() if key in middles}
    judged = {key: said for key, said in given.items() if key in counted}
    assert len(scored) == len(middles) == ASKED["presence"] - 1
    assert middles == {key: (len(said), median(said.values())) for key, said in scored.items()}
    assert counted == {key: len(said) for key, said in judged.items()}
    assert len(judged) + len(scored) == len(given)


def saved(cycle, chapter: str, table: str) -> list[dict[str, str]]:
    (folder,) = cycle.results("core").glob(f"{chapter}_*")
    with (folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
