"""Pin the dependencies anew: `requirements.lock` (hashes, every platform) and `environment.yml`.

Neither file names a host: only names, versions and hashes.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements.lock"
ENVIRONMENT = ROOT / "environment.yml"
COMPILE = (
    "pip compile --quiet --generate-hashes --universal --python-version 3.11 --no-header "
    "--no-annotate --no-emit-index-url --no-emit-find-links --group dev pyproject.toml"
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


def main() -> int:
    command = [sys.executable, "-m", "uv", *COMPILE.split(), "-o", str(LOCK), *sys.argv[1:]]
    code = subprocess.run(command, cwd=ROOT, check=False).returncode
    if code == 0:
        ENVIRONMENT.write_text(environment_yml(LOCK.read_text(encoding="utf-8")), encoding="utf-8")
    return code


if __name__ == "__main__":
    sys.exit(main())
