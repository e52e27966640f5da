"""Hashes that follow the content and nothing else."""

from __future__ import annotations

import importlib.metadata
import os
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategy_lib.core import hashing as fingerprints
from strategy_lib.core.hashing import (
    hash_file,
    hash_of,
    hash_tree,
    package_versions,
    workbook_hashes,
)


def test_a_hash_follows_the_content_not_the_date(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("1")
    first = hash_file(path)
    os.utime(path, (0, 0))
    assert hash_file(path) == first
    stat = path.stat()
    path.write_text("2")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert hash_file(path) != first
    assert hash_file(tmp_path / "absent") == "unreadable"


def test_a_tree_is_every_file_but_what_programs_leave_beside(tmp_path):
    for name in ("b/c.csv", "a.csv", "é 国.csv", "~$a.csv", ".~lock.a.csv#", "__pycache__/x.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    assert set(hash_tree(tmp_path)) == {"a.csv", "b/c.csv", "é 国.csv"}
    assert set(hash_tree(tmp_path, "c.csv")) == {"b/c.csv"}
    assert hash_tree(tmp_path / "absent") == {}


@given(st.dictionaries(st.text(), st.integers() | st.text()))
@settings(deadline=None, derandomize=True)
def test_the_order_of_keys_does_not_count(value):
    assert hash_of(value) == hash_of(dict(reversed(value.items())))
    assert hash_of(value) != hash_of({**value, "one more": 1, "two": 2})


@pytest.mark.parametrize(
    ("file", "part"),
    [
        ("data/schemas/x.json", "facts"),
        ("data/codes/x.json", "facts"),
        ("data/reference/x.csv", "facts"),
        ("data/messages/en/x.ftl", "facts"),
        ("templates/report/x.j2", "templates"),
        ("requirements.lock", "lock"),
        ("data/example/x.csv", None),
    ],
)
def test_what_the_workbook_brings_counts(tmp_path, monkeypatch, file, part):
    monkeypatch.setattr(fingerprints, "resource", tmp_path.joinpath)
    workbook_hashes.cache_clear()
    before = workbook_hashes()
    (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / file).write_text("new")
    workbook_hashes.cache_clear()
    after = workbook_hashes()
    workbook_hashes.cache_clear()
    assert {name for name in after if after[name] != before[name]} == ({part} if part else set())


def test_the_versions_are_those_of_the_direct_dependencies():
    required = importlib.metadata.requires("global-china-workbook")
    named = {re.match(r"[\w.-]+", line)[0] for line in required if "extra ==" not in line}
    versions = package_versions()
    assert "papermill" in named
    assert set(versions) == named | {"python", "global-china-workbook"}
    assert {name: importlib.metadata.version(name) for name in named}.items() <= versions.items()
