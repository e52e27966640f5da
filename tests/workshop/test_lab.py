"""`workbook lab`: copies of chapters, an address that logs in, an end that ends everything."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request

import psutil
import pytest

from strategy_lib.workshop.lab import lab_environment, prepare_lab, read_meanwhile
from tests.workspaces import activity, make_workspace


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    rows = [activity("ke", "Talks on worker safety", "China House", contact_people=1)]
    return make_workspace(tmp_path_factory.mktemp("lab") / "ws", {"activities": rows})


def started(workspace, log):
    """`workbook lab` as a process, and the address that it prints."""
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = str(free.getsockname()[1])
    command = [
        sys.executable,
        "-m",
        "strategy_lib.cli",
        "lab",
        str(workspace.root),
        "--no-browser",
        "--port",
        port,
    ]
    environment = os.environ | {"JUPYTER_RUNTIME_DIR": str(log.parent / "runtime")}
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    for line in process.stdout:
        found = re.search(r"http://localhost:\S+", line)
        if found:
            return process, answering(found[0], process)
    raise AssertionError("JupyterLab did not start")


def answering(address, process):
    """The address once somebody listens there; it is printed a moment before."""
    for _ in range(300):
        try:
            asked(address)
        except OSError:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=0.2)
        else:
            return address
    raise AssertionError("JupyterLab does not answer")


def asked(url, data=None):
    """Status and content of an answer."""
    try:
        with urllib.request.urlopen(url, data=data, timeout=60) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, b""


def arguments(process):
    """What a process was started with; nothing of one that has ended meanwhile."""
    try:
        return process.cmdline()
    except psutil.Error:
        return []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_the_printed_address_logs_in_and_every_child_ends_with_the_server(
    workspace, tmp_path, name
):
    process, address = started(workspace, tmp_path / "log")
    family = [psutil.Process(process.pid)]
    try:
        assert address.count("?") == 1
        page, token = address.split("?")
        assert asked(address)[0] == 200
        server = page.split("/lab")[0]
        assert asked(f"{server}/api/kernels")[0] == 403
        assert asked(f"{server}/api/terminals?{token}", b"{}")[0] == 404
        status, made = asked(f"{server}/api/kernels?{token}", b"{}")
        assert status == 201 and json.loads(made)["id"]
        family += family[0].children(recursive=True)
        assert any("ipykernel_launcher" in part for one in family for part in arguments(one))
        process.send_signal(getattr(signal, name))
        process.communicate(timeout=60)
        _, alive = psutil.wait_procs(family, timeout=30)
        assert alive == []
    finally:
        for one in family:
            if one.is_running():
                one.kill()


def test_tabs_of_an_earlier_day_do_not_come_back(workspace):
    kept = prepare_lab(workspace) / ".settings" / "workspaces"
    assert (
        str(kept)
        == lab_environment(workspace.cycle(), prepare_lab(workspace))["JUPYTERLAB_WORKSPACES_DIR"]
    )
    kept.mkdir()
    (kept / "default-37a8.jupyterlab-workspace").write_text("{}", encoding="utf-8")
    prepare_lab(workspace)
    assert not kept.exists()


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
