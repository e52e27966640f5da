"""Panels in JupyterLab: a slider is moved, the chart follows, the entry is on the disk."""

from __future__ import annotations

import contextlib
import json
import re
import subprocess
import urllib.request

import nbformat
import pytest
from playwright.sync_api import expect

from strategy_lib.core.workspace import PRESENTER_VARIABLE
from strategy_lib.workshop.lab import lab_command, lab_environment, prepare_lab
from tests.browser.live import command
from tests.protocol.cases import small_case, whole_case
from tests.workspaces import activity, make_workspace, write_sheets

pytestmark = pytest.mark.browser
IDLE = '.jp-Notebook-ExecutionIndicator[data-status="idle"]'
TOKEN = "for-this-test-only"
HOSTILE = "<img src=x onerror=window.pwned=1>"
CELLS = (
    # All panels stand in one notebook, so none of them covers it.
    f"import os\nos.environ['{PRESENTER_VARIABLE}'] = '0'\n"
    "from strategy_lib.chapters.brief.panel import BriefPanel\n"
    "from strategy_lib.chapters.companies.panel import CompaniesPanel\n"
    "from strategy_lib.chapters.mapping.panel import MappingPanel\n"
    "from strategy_lib.chapters.partners.panel import PartnersPanel\n"
    "from strategy_lib.chapters.prepare.panel import ReadinessPanel\n"
    "from strategy_lib.chapters.presence.panel import PresencePanel\n"
    "from strategy_lib.chapters.scenarios.panel import ScenariosPanel\n"
    "from strategy_lib.chapters.speaking_out.panel import SpeakingOutPanel\n"
    "from strategy_lib.chapters.watching.panel import WatchingPanel\n"
    "from strategy_lib.notebook import load\n"
    "from strategy_lib.workshop.home import HomePanel\n"
    "inputs = load()",
    "PresencePanel.open(inputs)",
    "MappingPanel.open(inputs)",
    "ReadinessPanel.open(inputs)",
    "ScenariosPanel.open(inputs)",
    "HomePanel.open(inputs)",
    "SpeakingOutPanel.open(inputs)",
    "BriefPanel.open(inputs)",
    "PartnersPanel.open(inputs)",
    "CompaniesPanel.open(inputs)",
    "WatchingPanel.open(inputs)",
    "import threading\nimport ipywidgets\n"
    "asked = ipywidgets.Button(description='asked by')\n"
    "def tell(button):\n"
    "    button.description += ' ' + threading.current_thread().name\n"
    "asked.on_click(tell)\nasked",
)
PANELS = (
    "Presence: score",
    "Mapping: add",
    "Readiness: how far",
    "Scenarios: what acts",
    "workshop 2026",
    "Speaking out: walk",
    "Brief: wording",
    "Partners: read",
    "Projects, words",
    "Watch, choose",
)


def presence(inputs):
    options = [
        {"option_id": f"P{n}", "name": name, "legal_route": "none"}
        for n, name in enumerate(("Outside", "Office", HOSTILE))
    ]
    criteria = [
        {
            "criterion_id": code,
            "name": code.title(),
            "direction": "higher_is_better",
            "anchor_0": "Nobody is safe",
            "anchor_5": "Some are",
            "anchor_10": HOSTILE,
        }
        for code in ("safety", "voice")
    ]
    scores = [
        {"assessor_id": "A01", "option_id": f"P{o}", "criterion_id": c, "best": 2 + 3 * (o == n)}
        for o in range(3)
        for n, c in enumerate(("safety", "voice"))
    ]
    write_sheets(
        inputs / "prepare" / "people.xlsx",
        {
            "assessors": [{"assessor_id": "A01", "unit_id": "hq"}],
        },
    )
    write_sheets(
        inputs / "presence" / "p.xlsx",
        {
            "presence_options": options,
            "criteria": criteria,
            "scores": scores,
        },
    )


def scenarios(inputs):
    """Law and work hold each other up in two ways."""
    said = {
        ("strict", "hidden"): 2,
        ("strict", "visible"): -2,
        ("open", "hidden"): -1,
        ("open", "visible"): 1,
        ("hidden", "strict"): 1,
        ("hidden", "open"): -1,
        ("visible", "strict"): -2,
        ("visible", "open"): 2,
    }
    states = (("strict", "law"), ("open", "law"), ("hidden", "work"), ("visible", "work"))
    write_sheets(
        inputs / "scenarios" / "s.xlsx",
        {
            "descriptors": [
                {"descriptor_id": code, "name": name, "position": n}
                for n, (code, name) in enumerate((("law", "Law"), ("work", HOSTILE)), 1)
            ],
            "descriptor_states": [
                {"state_id": code, "descriptor_id": of, "name": code.title(), "position": n}
                for n, (code, of) in enumerate(states, 1)
            ],
            "cross_impacts": [
                {"assessor_id": "A01", "source_state": a, "target_state": b, "impact": value}
                for (a, b), value in said.items()
            ],
        },
    )


def speaking(inputs):
    """A case that is complete, and a question of the brief."""
    case = small_case(
        cases=[whole_case(title=HOSTILE)],
        harm_ratings=[],
        silence_ratings=[],
        consultations=[],
        sign_offs=[],
    )
    write_sheets(inputs / "speaking_out" / "c.xlsx", case)
    write_sheets(
        inputs / "brief" / "b.xlsx",
        {
            "brief": [{"brief_id": "Q1", "purpose": "decide", "question": HOSTILE}],
        },
    )


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    rows = [activity("ke", HOSTILE, HOSTILE), activity("kh", "Talks", HOSTILE + "s")]
    made = make_workspace(tmp_path_factory.mktemp("workshop") / "ws", {"activities": rows})
    presence(made.cycle().inputs)
    scenarios(made.cycle().inputs)
    speaking(made.cycle().inputs)
    return made


@pytest.fixture(scope="module")
def server(workspace):
    folder = prepare_lab(workspace)
    notebook = nbformat.v4.new_notebook(cells=list(map(nbformat.v4.new_code_cell, CELLS)))
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(notebook, folder / "room.ipynb")
    runtime = folder / ".settings" / "runtime"
    environment = lab_environment(workspace.cycle(), folder) | {
        "JUPYTER_RUNTIME_DIR": str(runtime),
    }
    command = [*lab_command(folder, browser=False, port=0), f"--IdentityProvider.token={TOKEN}"]
    with (folder / "lab.log").open("w") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            yield address(runtime, process)
        finally:
            process.terminate()
            process.wait(timeout=30)


def address(runtime, process):
    """Address of the server once it answers; JupyterLab writes its port into a file."""
    for _ in range(300):
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=0.2)
        for path in runtime.glob("jpserver-*.json"):
            try:
                url = json.loads(path.read_text())["url"]
                urllib.request.urlopen(f"{url}api?token={TOKEN}", timeout=5).close()
            except (OSError, ValueError):
                continue
            return url
    raise AssertionError("JupyterLab did not start")


def run_all(page, server):
    """Open the notebook, run every cell, and wait for the last of them."""
    page.goto(f"{server}lab/tree/room.ipynb?reset&token={TOKEN}")
    page.wait_for_selector('#jp-main-statusbar :text("| Idle")', timeout=240_000)
    page.click('li.lm-MenuBar-item:has-text("Run"), .lm-MenuBar-itemLabel:has-text("Run")')
    page.click('li[data-command="runmenu:run-all"]')
    page.locator("button", has_text="asked by").wait_for(timeout=240_000)


@pytest.fixture(scope="module")
def room(server, browser):
    """The page with the panels open; at the end nothing was fetched and nothing hostile ran."""
    page = browser.new_page(viewport={"width": 1600, "height": 1600})
    outside, complaints = [], []
    page.route(
        re.compile(r"^https?://(?!localhost|127\.0\.0\.1)"),
        lambda route: (outside.append(route.request.url), route.abort()),
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    run_all(page, server)
    yield page
    assert page.evaluate("window.pwned") is None
    assert outside == []
    assert complaints == []
    page.close()


def entries(workspace, area="presence"):
    files = sorted(workspace.cycle().inputs.glob(f"{area}/workshop/*.jsonl"))
    return [json.loads(line) for path in files for line in path.read_text("utf-8").splitlines()]


def panel_of(room, title):
    return room.locator(".wb-panel", has_text=title)


def test_a_slider_moves_the_chart_and_the_entry_is_on_the_disk(room, workspace):
    panel = panel_of(room, PANELS[0])
    panel.get_by_label("Who enters:").select_option(label="A01")
    panel.get_by_text("A01 enters now").wait_for()
    panel.locator(".js-plotly-plot .main-svg").first.wait_for()
    title = panel.locator("h5").first
    before = title.text_content()
    panel.locator(".noUi-handle").first.focus()
    for _ in range(6):
        room.keyboard.press("ArrowUp")
    expect(panel.get_by_placeholder("no answer").first).to_have_value("8")
    # Whatever still rests is saved before anything else is done.
    panel.get_by_role("button", name="Show what others entered").click()
    panel.get_by_text("Up to date at").first.wait_for()
    expect(title).not_to_have_text(before)
    entry = entries(workspace)[-1]
    assert entry["who"] == "A01"
    assert (entry["row"]["option_id"], entry["row"]["criterion_id"]) == ("P0", "safety")
    assert entry["row"]["best"] == 8.0


def test_a_value_out_of_scale_is_refused_at_the_field(room, workspace):
    panel = panel_of(room, PANELS[0])
    before = entries(workspace)
    field = panel.get_by_placeholder("no answer").first
    field.fill("42")
    field.press("Enter")
    panel.locator(".wb-trouble").get_by_text("write a number from 0 to 10").wait_for()
    expect(field).to_have_value("8")
    assert entries(workspace) == before


def test_every_panel_is_there_and_shows_hostile_text_as_text(room):
    for title in PANELS:
        panel_of(room, title).locator("h3").wait_for(timeout=30_000)
    mapping = panel_of(room, PANELS[1])
    assert mapping.locator("p", has_text=f"ke: {HOSTILE}").first.is_visible()
    assert room.locator(".wb-panel img").count() == 0


def test_names_are_decided_with_the_keyboard(room, workspace):
    panel = panel_of(room, PANELS[1])
    panel.get_by_role("button", name="The same organisation").focus()
    room.keyboard.press("Enter")
    panel.get_by_text("No pair of names waits").wait_for()
    (entry,) = entries(workspace, "mapping")
    assert (entry["table"], entry["row"]["decision"]) == ("name_decisions", "same")


def test_a_judgement_changes_the_set_of_scenarios_at_once(room, workspace):
    panel = panel_of(room, PANELS[3])
    panel.get_by_label("Who enters:").select_option(label="A01")
    panel.get_by_text("2 futures hold together").wait_for()
    rows = panel.locator("table", has_text="together now").locator("tr:has(td)")
    expect(rows).to_have_count(2)
    panel.get_by_title("Open on Visible").select_option(label="-3 strongly restricts")
    panel.get_by_text("1 future holds together").wait_for()
    panel.get_by_text("Gone: Law: Open").wait_for()
    expect(rows).to_have_count(1)
    entry = entries(workspace, "scenarios")[-1]
    assert entry["row"]["impact"] == -3
    assert (entry["row"]["source_state"], entry["row"]["target_state"]) == ("open", "visible")


def test_a_case_is_rated_heard_and_moves_to_its_next_state(room, workspace):
    panel = panel_of(room, PANELS[5])
    now = panel.locator(".wb-steps [aria-current=step]").first
    expect(now).to_contain_text("complete")
    panel.get_by_label("Who enters:").select_option(label="A01")
    panel.get_by_text("A01 enters now").wait_for()
    panel.get_by_label("How bad for one of them:").select_option(label="4 grave")
    panel.get_by_text(re.compile("^Saved")).first.wait_for()
    entry = entries(workspace, "speaking_out")[-1]
    assert (entry["who"], entry["row"]["scale"]) == ("A01", 4)
    panel.get_by_role("button", name="Hear and sign").focus()
    room.keyboard.press("Enter")
    who = panel.get_by_label("Who:", exact=True)
    for party in ("Kenya office", "Lead for staff safety is heard"):
        label = who.locator("option", has_text=party).text_content()
        who.select_option(label=label)
        panel.get_by_label("They answer:").select_option(label="No objection")
        panel.get_by_label("In their own words:").fill(HOSTILE)
        panel.get_by_role("button", name="Record the answer").click()
        row = panel.locator("table", has_text="Who must be heard").locator("tr", has_text="heard")
        expect(row.filter(has_text=party.removesuffix(" is heard")).first).to_contain_text(
            "No objection"
        )
    expect(now).to_contain_text("consulted")
    assert entries(workspace, "speaking_out")[-1]["row"]["words"] == HOSTILE


def test_what_is_typed_and_what_is_clicked_come_in_their_order(room):
    # In two threads a click could overtake the words that it records.
    for times in (1, 2, 3):
        room.locator("button", has_text="asked by").click()
        heard = "asked by" + " MainThread" * times
        expect(room.locator("button", has_text="asked by")).to_have_text(heard)


def test_a_table_top_case_runs_on_its_clock(room, workspace):
    panel = panel_of(room, PANELS[5])
    before = entries(workspace, "speaking_out")
    panel.get_by_role("button", name="Rehearse").click()
    panel.get_by_role("button", name="Start the clock").click()
    expect(panel.get_by_role("timer")).not_to_contain_text("00:00 of", timeout=15_000)
    panel.get_by_role("button", name="Give the next card now").click()
    expect(panel.locator(".wb-card")).to_have_count(2)
    panel.get_by_role("button", name="Hold the clock").click()
    panel.get_by_role("button", name="Go on").wait_for()
    assert entries(workspace, "speaking_out") == before


def test_the_wording_is_typed_and_an_action_gets_a_day(room, workspace):
    panel = panel_of(room, PANELS[6])
    panel.get_by_label("Words of the brief:").select_option(index=1)
    panel.get_by_label("Wording of the resolution:").fill(f"We go on. {HOSTILE}")
    panel.get_by_role("button", name="Save").first.click()
    panel.locator("blockquote", has_text="We go on.").wait_for()
    panel.get_by_role("button", name="Actions", exact=True).click()
    panel.get_by_label("Action:", exact=True).fill("Write to the partner")
    panel.get_by_label("Due:").fill("2027-01-31")
    panel.locator("button:visible", has_text="Save").first.click()
    panel.locator("td", has_text="Write to the partner").wait_for()
    wording, action = (entry["row"] for entry in entries(workspace, "decisions"))
    assert wording == {"brief_id": "Q1", "resolution_wording": f"We go on. {HOSTILE}"}
    assert action["due_date"] == "2027-01-31"


def test_the_home_opens_first_and_leads_to_the_chapters(server, browser):
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    page.goto(f"{server}?token={TOKEN}&reset")
    page.wait_for_selector('#jp-main-statusbar :text("| Idle")', timeout=60_000)
    page.click('li.lm-MenuBar-item:has-text("Run"), .lm-MenuBar-itemLabel:has-text("Run")')
    page.click('li[data-command="runmenu:run-all"]')
    home = page.locator(".wb-panel")
    # Which of them depends on what other tests have entered in this workspace.
    home.get_by_text(re.compile(r"\d of 4 offices have answered")).wait_for(timeout=60_000)
    with page.context.expect_page() as opened:
        home.get_by_role("link", name="Internal mapping").click()
    chapter = opened.value
    chapter.wait_for_selector(".jp-Notebook", timeout=60_000)
    assert "01_internal_mapping.ipynb" in chapter.url
    chapter.close()
    page.close()


def test_a_chapter_runs_and_shows_this_workspace_without_a_network(server, browser):
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    outside = []
    page.route(
        re.compile(r"^https?://(?!localhost|127\.0\.0\.1)"),
        lambda route: (outside.append(route.request.url), route.abort()),
    )
    page.goto(f"{server}lab/tree/01_internal_mapping.ipynb?reset&token={TOKEN}")
    # The notebook says idle before it is connected to its kernel; the status bar says it after.
    page.wait_for_selector('#jp-main-statusbar :text("| Idle")', timeout=240_000)
    page.click('li.lm-MenuBar-item:has-text("Run"), .lm-MenuBar-itemLabel:has-text("Run")')
    page.click('li[data-command="runmenu:run-all"]')
    panel = page.locator(".wb-panel.wb-presenter")
    panel.locator("h3").wait_for(timeout=240_000)
    page.wait_for_selector(IDLE, state="attached", timeout=240_000)
    # The room sees the panel alone, from its top, and no code.
    assert panel.bounding_box() == {"x": 0, "y": 0, "width": 1400, "height": 1000}
    assert panel.locator("h3").bounding_box()["y"] < 100
    assert panel.evaluate("e => getComputedStyle(e.querySelector('p')).fontSize") == "24px"
    assert page.locator(".jp-Cell-inputWrapper:visible").count() == 0
    assert page.locator(".jp-SideBar:visible").count() == 0
    panel.get_by_role("button", name="Show the notebook").click()
    assert panel.count() == 0
    expect(page.locator(".wb-panel h3")).to_be_in_viewport()
    page.wait_for_selector("ul.sentences", timeout=240_000)
    page.wait_for_selector(".js-plotly-plot .main-svg", timeout=240_000)
    # Where the toolbar has no room for it, the sign is there and hidden.
    page.wait_for_selector(IDLE, state="attached", timeout=240_000)
    text = page.inner_text(".jp-Notebook")
    assert "3 of 4" in text
    assert "Traceback" not in text
    assert outside == []
    page.close()


def test_what_was_entered_is_found_again_when_the_notebook_is_run_anew(room, server, workspace):
    run_all(room, server)
    panel = panel_of(room, PANELS[0])
    panel.get_by_label("Who enters:").select_option(label="A01")
    panel.get_by_text("A01 enters now").wait_for()
    panel.locator(".js-plotly-plot .main-svg").first.wait_for()
    expect(panel.get_by_placeholder("no answer").first).to_have_value("8")


def test_a_panel_and_a_phone_answer_side_by_side(room, workspace, browser):
    panel = panel_of(room, PANELS[0])
    shared = panel.get_by_role("button", name="Show what others entered")
    with command(workspace.root) as links:
        host, phone = (browser.new_context().new_page() for _ in "ab")
        for page in (room, host, phone):
            page.set_default_timeout(120_000)
        host.goto(links["Host"])
        host.locator('input[name="block"][value="presence"]').check()
        host.get_by_role("button", name="Choose these").click()
        host.get_by_role("button", name="Open the round").click()
        host.locator(".pill.open").wait_for()
        host.get_by_role("button", name="Add a walk-in").click()
        dialog = host.get_by_role("dialog")
        dialog.get_by_role("button", name="Add a walk-in").click()
        signs = dialog.locator(".code").inner_text()
        dialog.get_by_role("button", name="Done").click()
        phone.goto(links["Phones"])
        phone.locator("#code").fill(signs)
        phone.get_by_role("button", name="Join").click()
        phone.locator("#foot .btn.main").wait_for()
        while not phone.locator(".scale").count():
            phone.get_by_role("button", name="I cannot say").click()
        phone.locator('.scale input[value="3"]').check(force=True)
        phone.locator(".seg input").first.check(force=True)
        phone.get_by_role("button", name="Save, next").click()
        expect(phone.locator("#net")).to_have_text("Saved", timeout=60_000)
        # The panel tells who has answered, and never what.
        panel.get_by_label("Who enters:").select_option(label="Facilitator")
        shared.click()
        expect(panel).to_contain_text(re.compile(r"not seen .*A02 \(\d+\)"), timeout=60_000)
        # Who walked in may enter here too.
        expect(panel.get_by_label("Who enters:").locator("option")).to_have_text(
            ["Facilitator", "A01", "A02"]
        )
        panel.get_by_label("Who enters:").select_option(label="A01")
        panel.get_by_text("A01 enters now").wait_for()
        field = panel.get_by_placeholder("no answer").first
        field.fill("6")
        field.press("Enter")
        shared.click()
        expect(host.locator(".people")).to_contain_text("A01", timeout=60_000)
        # Closed in the panel, closed in the room.
        panel.get_by_label("Who enters:").select_option(label="Facilitator")
        panel.get_by_role("button", name="Close round 1").click()
        host.locator(".pill.closed").wait_for()
        phone.locator("main .code").wait_for()
    given = {e["who"]: e["row"]["best"] for e in entries(workspace) if e["row"].get("best")}
    assert given == {"A01": 6, "A02": 3}
    shut = {e["table"] for e in entries(workspace) if e["kind"] == "close_round"}
    assert shut == {"scores", "swing_weights"}
