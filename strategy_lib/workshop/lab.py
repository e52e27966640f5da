"""JupyterLab on the chapters, with one workspace as default; calm, and without the network."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import Any

from strategy_lib.chapters.registry import chapters_for
from strategy_lib.core.computing import COMPUTING
from strategy_lib.core.errors import MissingToolError, StrategyError
from strategy_lib.core.resources import resource
from strategy_lib.core.workspace import (
    CYCLE_VARIABLE,
    PRESENTER_VARIABLE,
    WORKSPACE_VARIABLE,
    Cycle,
    Workspace,
)
from strategy_lib.editions.snapshot import ensure_snapshot

HOME = "home.ipynb"
_EDITION = "core"  # as in the notebooks' parameters
_ENDING = [getattr(signal, n) for n in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, n)]
_OVERRIDES = {
    # What is typed and the click that records it are otherwise handled in two threads of the
    # kernel, in either order: the click can come first, and what was typed is not recorded.
    "@jupyterlab/apputils-extension:kernels-settings": {"commsOverSubshells": "disabled"},
    "@jupyterlab/apputils-extension:notification": {
        "fetchNews": "false",
        "checkForUpdates": False,
        "doNotDisturbMode": True,
    },
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},
    "@jupyterlab/extensionmanager-extension:plugin": {"enabled": False},
}


def open_lab(
    workspace: Workspace, year: int | None = None, *, browser: bool = True, port: int = 8888
) -> int:
    """Start JupyterLab and wait until it ends; its exit code.

    Ctrl-C, a request to end and a terminal that is closed end it with all its kernels.

    Raises
    ------
    MissingToolError
        If JupyterLab is not installed.
    """
    if importlib.util.find_spec("jupyterlab") is None:
        raise MissingToolError(
            "JupyterLab is not installed; install it with: pip install jupyterlab"
        )
    cycle = workspace.cycle(year)
    folder = prepare_lab(workspace)
    command = lab_command(folder, browser, port)
    environment = lab_environment(cycle, folder)
    # A session of its own: what ends it is told by us, once, and no question waits for an answer.
    process = subprocess.Popen(command, env=environment, start_new_session=os.name != "nt")
    before = {number: signal.signal(number, lambda *_: process.terminate()) for number in _ENDING}
    try:
        read_meanwhile(cycle)
        return process.wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def read_meanwhile(cycle: Cycle) -> Thread:
    """Read what offices sent while JupyterLab starts, so that the first notebook need not.

    What is wrong with it the notebook says, where somebody looks.
    """

    def read() -> None:
        with suppress(StrategyError):
            ensure_snapshot(cycle.workspace.root, cycle.year, _EDITION)

    thread = Thread(target=read, daemon=True)
    thread.start()
    return thread


def lab_environment(cycle: Cycle, folder: Path) -> dict[str, str]:
    """Variables of a JupyterLab on one cycle: its notebooks load it, and its tabs are its own."""
    return os.environ | {
        **COMPUTING,
        WORKSPACE_VARIABLE: str(cycle.workspace.root),
        CYCLE_VARIABLE: str(cycle.year),
        PRESENTER_VARIABLE: "1",
        "JUPYTER_CONFIG_PATH": str(folder / ".settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(folder / ".settings" / "workspaces"),
    }


def lab_command(folder: Path, browser: bool, port: int) -> list[str]:
    """Command that serves `folder` on this machine only, with the workshop's home open."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [
        sys.executable,
        "-m",
        "jupyterlab",
        *(["--allow-root"] if is_root else []),
        f"--ServerApp.root_dir={folder}",
        f"--ServerApp.open_browser={browser}",
        f"--ServerApp.port={port}",
        "--ServerApp.ip=localhost",
        "--ServerApp.terminals_enabled=False",
        "--LabApp.news_url=",
        "--LabApp.extension_manager=readonly",
        f"--LabApp.default_url=/lab/tree/{HOME}",
    ]


def prepare_lab(workspace: Workspace) -> Path:
    """Working copies of the home and the chapters in `WORKSPACE/lab/`, and calm settings.

    A copy whose cells a person has changed stays as it is; the others follow the workbook.
    """
    folder = workspace.root / "lab"
    settings = folder / ".settings" / "labconfig"
    settings.mkdir(parents=True, exist_ok=True)
    # Tabs of an earlier day do not come back and stand before the home.
    shutil.rmtree(folder / ".settings" / "workspaces", ignore_errors=True)
    (settings / "default_setting_overrides.json").write_text(json.dumps(_OVERRIDES, indent=2))
    known = folder / ".settings" / "copied.json"
    copied: dict[str, str] = json.loads(known.read_text()) if known.is_file() else {}
    bundled = {HOME: resource("templates", "workspace", HOME)}
    bundled |= {
        c.notebook: resource("notebooks", c.notebook)
        for c in chapters_for(workspace.settings.optional)
    }
    for name, path in bundled.items():
        own = workspace.own_notebooks / name
        target = folder / name
        if target.is_file() and _cells_hash(target) != copied.get(target.stem):
            continue
        target.write_text(_without_outputs(own if own.is_file() else path), encoding="utf-8")
        copied[target.stem] = _cells_hash(target)
    known.write_text(json.dumps(copied, indent=2, sort_keys=True))
    workspace.make_private()
    return folder


def _read(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def _cells_hash(path: Path) -> str:
    """Hash of what people write in a notebook: the cells' text, not the outputs."""
    try:
        cells = ["".join(cell["source"]) for cell in _read(path)["cells"]]
    except (ValueError, KeyError, TypeError):
        return "unreadable"
    return hashlib.sha256("\0".join(cells).encode()).hexdigest()


def _without_outputs(path: Path) -> str:
    notebook = _read(path)
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell |= {"outputs": [], "execution_count": None}
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"
