"""Pin the dependencies anew: `requirements.lock` (hashes, every platform) and `environment.yml`.

What only the documentation or a cluster needs has a lock of its own, `requirements-NAME.lock`, with
the same versions of all that is in both. None of the files names a host: only names, versions and
hashes.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements.lock"
ENVIRONMENT = ROOT / "environment.yml"
EXTRAS = {"docs": "--group docs", "cluster": "--extra cluster"}
COMPILE = (
    "pip compile --quiet --generate-hashes --universal --python-version 3.11 --no-header "
    "--no-annotate --no-emit-index-url --no-emit-find-links pyproject.toml"
)
HEAD = """\
# For conda users: the pins of requirements.lock. Made by tools/lock.py; do not edit.
#   conda env create -f environment.yml && conda activate global-china-workbook
name: global-china-workbook
channels:
  - conda-forge
dependencies:
  - python>=3.11
  - pip
  - pip:
"""


def pins(lock: str) -> list[str]:
    """Requirement lines of a lock, without their hashes.

    >>> pins("a==1 \\\\\\n    --hash=sha256:0\\nb==2 ; os_name == 'nt' \\\\\\n    --hash=x\\n")
    ['a==1', "b==2 ; os_name == 'nt'"]
    """
    return [line.rstrip(" \\") for line in lock.splitlines() if re.match(r"[A-Za-z0-9]", line)]


def environment_yml(lock: str) -> str:
    """The conda environment with the lock's pins."""
    return HEAD + "".join(f'    - "{pin}"\n' for pin in pins(lock)) + '    - "-e ."\n'


def compile_lock(lock: Path, *options: str) -> int:
    """Write one lock."""
    command = [sys.executable, "-m", "uv", *COMPILE.split(), "-o", str(lock), *options]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def main() -> int:
    code = compile_lock(LOCK, "--group", "dev", *sys.argv[1:])
    if code == 0:
        ENVIRONMENT.write_text(environment_yml(LOCK.read_text(encoding="utf-8")), encoding="utf-8")
    for name, options in EXTRAS.items():
        same = ["--constraint", str(LOCK), *options.split()]
        code = code or compile_lock(ROOT / f"requirements-{name}.lock", *same)
    return code


if __name__ == "__main__":
    sys.exit(main())
