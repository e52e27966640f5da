"""Write `data/reference/datapackage.json` from the descriptions that stand beside the tables."""

from __future__ import annotations

import json
from pathlib import Path

from strategy_lib.publishing.data_package import PACKAGE_FILE, package, resource, write_package

# A list is written as a text with semicolons, and most readers know no other type for that.
_TYPES = {"list": "string"}
FOLDER = Path(__file__).resolve().parents[1] / "data" / "reference"


def reference_package() -> dict[str, object]:
    """The package of the reference tables, in the order of their names."""
    found = []
    for path in sorted(FOLDER.glob("*.csv")):
        about = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        fields = [
            {"name": field["name"], "type": _TYPES.get(field["type"], field["type"])}
            | {key: field[key] for key in ("description",) if key in field}
            for field in about["fields"]
        ]
        sources = [{"title": about["source"]}]
        described = {"description": about["description"], "sources": sources}
        named = about["name"].replace("_", "-")
        found.append(resource(named, path.name, about["title"], fields, **described))
    licences = [{"name": "Apache-2.0", "title": "Own wording; attribution in README.md"}]
    title = "Reference facts of the Global China strategy workbook"
    return package("global-china-reference", title, found, licenses=licences)


def main() -> None:
    """Write the file."""
    write_package(FOLDER / PACKAGE_FILE, reference_package())


if __name__ == "__main__":
    main()
