"""What a fresh machine installs: one set of pins, no host in it, and the layers of the house."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

from tools.lock import environment_yml, pins

ROOT = Path(__file__).resolve().parents[1]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


def test_conda_users_get_the_pins_of_the_lock():
    assert (ROOT / "environment.yml").read_text(encoding="utf-8") == environment_yml(LOCK)


def test_every_pin_has_a_hash_and_no_line_names_a_host():
    blocks = re.split(r"\n(?=[A-Za-z0-9])", LOCK)
    assert len(blocks) == len(pins(LOCK)) > 80
    assert all("--hash=sha256:" in block for block in blocks)
    assert "://" not in LOCK


def test_every_direct_dependency_is_pinned():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    names = {re.split(r"[=<>\[ ]", pin)[0] for pin in pins(LOCK)}
    assert {re.split(r"[=<>\[ ]", item)[0] for item in wanted} <= names


def test_the_parsers_that_slow_every_kernel_are_left_out():
    assert "rfc3987-syntax==1.1.0 ; sys_platform == 'never'" in pins(LOCK)


def test_the_command_line_starts_without_pandas():
    code = "import sys, strategy_lib.cli.commands; print('pandas' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
