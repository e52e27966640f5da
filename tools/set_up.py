"""Make `.venv` from the hash-pinned `requirements.lock`, with uv, else with pip.

Everything that is installed is held against a hash of the lock, uv too. The pip and setuptools that
Python brings are only the way there: they are old, pinned by nobody, and removed at the end. Run by
make; on a machine without make: `python tools/set_up.py`. Needs nothing but Python.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
READY = VENV / ".ready"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")


def main() -> int:
    if sys.version_info < (3, 11):  # noqa: UP036
        print(f"The workbook needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
        return 2
    wanted = fingerprint()
    if READY.is_file() and PYTHON.exists() and READY.read_text() == wanted:
        return 0
    print("Setting up .venv (once; about half a minute) ...", flush=True)
    if VENV.exists():
        shutil.rmtree(VENV)
    venv.create(VENV, with_pip=True)
    if not ((with_uv() or with_pip()) and without_pip()):
        print("The set-up did not work; the lines above say why. Is there a network?")
        return 1
    READY.write_text(wanted)
    return 0


def fingerprint() -> str:
    content = b"".join(
        path.read_bytes() for path in (LOCK, ROOT / "pyproject.toml", Path(__file__))
    )
    return hashlib.sha256(content + sys.version.encode() + str(ROOT).encode()).hexdigest()


def with_uv() -> bool:
    uv = shutil.which("uv") or bootstrap_uv()
    if uv is None:
        return False
    install = [uv, "pip", "install", "--quiet", "--compile-bytecode", "--python", str(PYTHON)]
    return run([*install, "--no-deps", "--require-hashes", "-r", str(LOCK)]) and run(
        [*install, "--no-deps", "--no-build-isolation", "-e", str(ROOT)]
    )


def bootstrap_uv() -> str | None:
    pin = re.search(
        r"^uv==\S+(?: \\\n +--hash=\S+)+", LOCK.read_text(encoding="utf-8"), re.MULTILINE
    )
    if pin is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        only = Path(folder, "uv.lock")
        only.write_text(pin.group() + "\n", encoding="utf-8")
        pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        if run([*pip, "--no-deps", "--require-hashes", "-r", str(only)]):
            return str(BIN / ("uv.exe" if os.name == "nt" else "uv"))
    return None


def with_pip() -> bool:
    print("uv is not to be had here; installing with pip, which takes longer ...", flush=True)
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    return run([*pip, "--no-deps", "--require-hashes", "-r", str(LOCK)]) and run(
        [*pip, "--no-deps", "--no-build-isolation", "-e", str(ROOT)]
    )


def without_pip() -> bool:
    return run([str(PYTHON), "-m", "pip", "uninstall", "--quiet", "--yes", "setuptools", "pip"])


def run(command: list[str]) -> bool:
    environment = {k: v for k, v in os.environ.items() if k not in ("VIRTUAL_ENV", "PYTHONPATH")}
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
