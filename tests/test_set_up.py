"""What a fresh machine installs: one set of pins, no host in it, and the layers of the house."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tools import set_up
from tools.lock import environment_yml, pins
from tools.sbom import sbom

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
    # A lock writes names with hyphens alone, as packages are looked up.
    assert {re.split(r"[=<>\[ ]", item)[0].replace(".", "-") for item in wanted} <= names


def test_the_parsers_that_slow_every_kernel_are_left_out():
    assert "rfc3987-syntax==1.1.0 ; sys_platform == 'never'" in pins(LOCK)


def test_the_command_line_starts_without_pandas():
    code = "import sys, strategy_lib.cli.commands; print('pandas' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize("has_uv", [True, False])
def test_nothing_is_installed_without_a_hash_and_no_old_pip_is_left(tmp_path, monkeypatch, has_uv):
    ran = []

    def noted(command):
        given = command[command.index("-r") + 1] if "-r" in command else ""
        ran.append((command, Path(given).read_text(encoding="utf-8") if given else ""))
        return True

    monkeypatch.setattr(set_up, "VENV", tmp_path / "venv")
    monkeypatch.setattr(set_up, "READY", tmp_path / "venv" / ".ready")
    monkeypatch.setattr(set_up.venv, "create", lambda folder, with_pip: folder.mkdir())
    monkeypatch.setattr(set_up.shutil, "which", lambda name: "/usr/bin/uv" if has_uv else None)
    monkeypatch.setattr(set_up, "run", noted)
    assert set_up.main() == 0
    installs = [(command, text) for command, text in ran if "install" in command]
    assert len(installs) == (2 if has_uv else 3)
    for command, text in installs:
        is_ours = command[-2:] == ["-e", str(set_up.ROOT)] and "--no-deps" in command
        assert is_ours or ("--require-hashes" in command and "--hash=sha256:" in text), command
    if not has_uv:
        assert len(pins(installs[0][1])) == 1 and installs[0][1].startswith("uv==")
    assert ran[-1][0][-2:] == ["setuptools", "pip"] and "uninstall" in ran[-1][0]


PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_the_bill_of_materials_lists_every_pin_as_cyclonedx_asks():
    made = sbom(LOCK, PROJECT)
    assert (made["bomFormat"], made["specVersion"], made["version"]) == ("CycloneDX", "1.6", 1)
    uuid = r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
    assert re.fullmatch(uuid, made["serialNumber"])
    assert len(made["components"]) == len(pins(LOCK))
    known = {"type", "bom-ref", "name", "version", "purl", "hashes", "licenses", "properties"}
    for one in (*made["components"], made["metadata"]["component"]):
        assert one["type"] in ("library", "application")
        assert one["name"] and one["version"] and one.keys() <= known
        assert re.fullmatch(r"pkg:pypi/[a-z0-9.-]+@[\w.+!-]+", one["purl"])
        assert all(h["alg"] == "SHA-256" for h in one.get("hashes", ()))
        assert all(re.fullmatch("[0-9a-f]{64}", h["content"]) for h in one.get("hashes", ()))
    assert all(one["hashes"] for one in made["components"])
    references = [one["bom-ref"] for one in (*made["components"], made["metadata"]["component"])]
    assert len(references) == len(set(references))
    assert sbom(LOCK, PROJECT) == made
