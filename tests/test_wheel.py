"""The wheel alone, in another folder, gives a working workbook: all that it needs travels in it."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_notebooks_data_and_templates_travel_in_the_wheel(unpacked):
    for room in ("notebooks", "data", "templates"):
        kept = subprocess.run(
            ["git", "ls-files", room], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout.split("\n")
        for name in filter(None, kept):
            name = name.strip('"')
            if name.isascii() and (ROOT / name).exists():
                assert (unpacked / "strategy_lib" / "_bundled" / name).is_file(), name


def test_the_wheel_runs_the_example_in_another_folder(unpacked, tmp_path):
    environment = os.environ | {"PYTHONPATH": str(unpacked)}
    copied = (
        "from pathlib import Path\n"
        "from strategy_lib.core import resources, workspace\n"
        "workspace.copy_example(Path('ex'))\n"
        "print(resources.resource_root())"
    )
    found = subprocess.run(
        [sys.executable, "-c", copied],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert found.stdout.strip() == str(unpacked / "strategy_lib" / "_bundled"), found.stderr
    command = [sys.executable, "-m", "strategy_lib.cli", "run", "ex", "--edition", "public"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr + done.stdout
    assert (tmp_path / "ex/2026/outputs/public/index.html").is_file()
