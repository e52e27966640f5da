"""Run the committed notebooks once more and compare with the outputs that are stored (nbval)."""

from __future__ import annotations

import sys

import pytest
from build_notebooks import NOTEBOOKS, one_example

if __name__ == "__main__":
    with one_example():
        code = pytest.main(["--nbval", str(NOTEBOOKS)])
    sys.exit(code)
