"""Bring the smaller plotly.js that fits the installed plotly into `templates/report/plotly/`.

It is plotly's own bundle for plain axes (npm's `plotly.js-cartesian-dist-min`, MIT) and stays as
it was published. Needs npm; run it after plotly was pinned anew.
"""

from __future__ import annotations

import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from plotly.offline import get_plotlyjs_version

from strategy_lib.core.resources import resource

PACKAGE = "plotly.js-cartesian-dist-min"
FILES = ("plotly-cartesian.min.js", "LICENSE")


def main() -> int:
    wanted = f"{PACKAGE}@{get_plotlyjs_version()}"
    target = resource("templates", "report", "plotly")
    with tempfile.TemporaryDirectory() as folder:
        command = ["npm", "pack", wanted, "--silent", "--pack-destination", folder]
        if code := subprocess.run(command, check=False).returncode:
            return code
        (packed,) = Path(folder).glob("*.tgz")
        with tarfile.open(packed) as archive:
            for name in FILES:
                content = archive.extractfile(f"package/{name}")
                assert content is not None
                (target / name).write_bytes(content.read())
    print(f"{wanted} is in {target}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
