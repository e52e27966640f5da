"""Tables as a Data Package: what the specification's own JSON schemas ask for."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pandas as pd
import pytest

from strategy_lib.publishing.data_package import PACKAGE_FILE, write_edition_package
from strategy_lib.publishing.results import write_results
from tools.build_data_package import FOLDER, reference_package

PROFILES = Path(__file__).parent / "profiles"


def check(package: dict, folder: Path) -> None:
    """Hold a package against both profiles, and its fields against the files."""
    jsonschema.validate(package, json.loads((PROFILES / "data-package.json").read_text()))
    for resource in package["resources"]:
        schema = json.loads((PROFILES / "table-schema.json").read_text())
        jsonschema.validate(resource["schema"], schema)
        heads = (folder / resource["path"]).read_text("utf-8-sig").splitlines()[0].split(",")
        assert heads == [field["name"] for field in resource["schema"]["fields"]]


def test_the_reference_facts_are_a_package_that_is_up_to_date():
    package = json.loads((FOLDER / PACKAGE_FILE).read_text("utf-8"))
    assert package == reference_package(), "run tools/build_data_package.py"
    check(package, FOLDER)


def test_what_an_edition_saved_is_a_package(tmp_path):
    frame = pd.DataFrame({"n": [1, 2], "share": [0.5, None], "is_open": [True, False]})
    for chapter, index in (("01_internal_mapping", None), ("02_china_presence", ["a", "b"])):
        table = frame.set_axis(index, axis=0) if index else frame
        write_results(tmp_path / chapter, chapter, {"counts": table}, {})
    write_edition_package(tmp_path, "core-2026", "Acme 2026")
    package = json.loads((tmp_path / PACKAGE_FILE).read_text("utf-8"))
    check(package, tmp_path)
    first, second = package["resources"]
    assert [f["type"] for f in first["schema"]["fields"]] == ["integer", "number", "boolean"]
    assert second["schema"]["fields"][0] == {"name": "row", "type": "string"}
    broken = {**package, "resources": []}
    with pytest.raises(jsonschema.ValidationError):
        check(broken, tmp_path)


def test_an_edition_without_tables_has_none(tmp_path):
    write_edition_package(tmp_path, "core-2026", "Acme 2026")
    assert not (tmp_path / PACKAGE_FILE).exists()
