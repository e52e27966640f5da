"""`workbook lab` as a facilitator meets it: the chapter opens, runs, and nothing is fetched."""

from __future__ import annotations

import contextlib
import json
import re
import subprocess
import urllib.request

import pytest

from strategy_lib.workshop.lab import lab_command, lab_environment, prepare_lab, read_meanwhile
from tests.workspaces import activity, make_workspace

pytestmark = pytest.mark.browser
IDLE = '.jp-Notebook-ExecutionIndicator[data-status="idle"]'
TOKEN = "for-this-test-only"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    rows = [activity("ke", "Talks on worker safety", "China House", contact_people=1)]
    return make_workspace(tmp_path_factory.mktemp("lab") / "ws", {"activities": rows})


@pytest.fixture(scope="module")
def server(workspace):
    folder = prepare_lab(workspace)
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


def test_a_chapter_runs_and_shows_this_workspace_without_a_network(server, browser):
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    outside = []
    page.route(re.compile(r"^https?://(?!localhost|127\.0\.0\.1)"), lambda route: (
        outside.append(route.request.url), route.abort()))  # fmt: skip
    page.goto(f"{server}lab/tree/01_internal_mapping.ipynb?reset&token={TOKEN}")
    # The notebook says idle before it is connected to its kernel; the status bar says it after.
    page.wait_for_selector('#jp-main-statusbar :text("| Idle")', timeout=240_000)
    page.click('li.lm-MenuBar-item:has-text("Run"), .lm-MenuBar-itemLabel:has-text("Run")')
    page.click('li[data-command="runmenu:run-all"]')
    page.wait_for_selector("ul.sentences", timeout=240_000)
    page.wait_for_selector(".js-plotly-plot .main-svg", timeout=240_000)
    # Where the toolbar has no room for it, the sign is there and hidden.
    page.wait_for_selector(IDLE, state="attached", timeout=240_000)
    text = page.inner_text(".jp-Notebook")
    assert "3 of 4" in text
    assert "Traceback" not in text
    assert outside == []
    page.close()


def test_a_chapter_that_a_person_changed_is_kept(workspace):
    folder = prepare_lab(workspace)
    path = folder / "01_internal_mapping.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["cells"][0]["source"] = ["# Our own question"]
    path.write_text(json.dumps(notebook), encoding="utf-8")
    prepare_lab(workspace)
    assert "Our own question" in path.read_text(encoding="utf-8")
    path.unlink()
    prepare_lab(workspace)
    assert "Our own question" not in path.read_text(encoding="utf-8")


@pytest.fixture
def cycle(tmp_path):
    return make_workspace(tmp_path / "ws", {"activities": []}).cycle()


def test_what_offices_sent_is_read_while_jupyterlab_starts(cycle):
    assert not cycle.snapshot("core").exists()
    read_meanwhile(cycle).join()
    assert (cycle.snapshot("core") / "units.csv").is_file()


def test_what_is_wrong_with_it_is_left_to_the_notebook(cycle):
    (cycle.workspace.root / "workbook.toml").write_text("name = 7", encoding="utf-8")
    read_meanwhile(cycle).join()
    assert not cycle.snapshot("core").exists()
