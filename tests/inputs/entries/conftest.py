"""A folder of inputs, for tests of entries."""

from __future__ import annotations

import pytest


@pytest.fixture
def inputs(tmp_path):
    folder = tmp_path / "inputs"
    folder.mkdir()
    return folder
