"""Make the files of the bundled example from its authored content; always the same bytes."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

from tools.example_content import plans  # noqa: E402 - the path is set above
from tools.example_content.areas import area_content, write_areas  # noqa: E402
from tools.example_content.cells import Style  # noqa: E402
from tools.example_content.exports import write_3w, write_kobo  # noqa: E402
from tools.example_content.packs import write_peer_pack  # noqa: E402
from tools.example_content.records import YEARS, Content, content  # noqa: E402
from tools.example_content.sheets import write_csv, write_form  # noqa: E402

EXAMPLE = ROOT / "data" / "example"


def build(folder: Path) -> list[Path]:
    """Write the inputs of both cycles below `folder`, in place of those that are there."""
    paths = []
    for year in YEARS:
        inputs = folder / str(year) / "inputs"
        if inputs.exists():
            shutil.rmtree(inputs)
        paths += list(_cycle(inputs, year, content(year)))
    return paths


def _cycle(inputs: Path, year: int, records: Content) -> Iterator[Path]:
    mapping = inputs / "mapping"
    yield write_form(inputs / "prepare" / f"Offices {year}.xlsx", ["units"], records, Style())
    agreed = {"counterparts": _listed_by(records, ("coordinator",))}
    yield write_form(mapping / "Counterparts agreed list.xlsx", ["counterparts"], agreed, Style())
    for form in plans.FORMS[year]:
        rows = _of_units(records, form.units)
        yield write_form(mapping / form.name, form.tables, rows, form.style)
    for text in plans.TEXTS[year]:
        yield _text_file(mapping, text, records)
    if year == YEARS[1]:
        yield from _exports(mapping, records)
    yield from write_areas(inputs, year, area_content(year))
    if year == YEARS[1]:
        yield write_peer_pack(inputs / "watching", year)


def _text_file(mapping: Path, plan: plans.TextFile, records: Content) -> Path:
    rows = _of_units(records, plan.units) if plan.units else records
    return write_csv(
        mapping / plan.name,
        plan.table,
        rows[plan.table],
        plan.style,
        encoding=plan.encoding,
        separator=plan.separator,
    )


def _exports(mapping: Path, records: Content) -> Iterator[Path]:
    name, units = plans.KOBO_2026
    yield write_kobo(mapping / name, units, _of_units(records, units))
    name, unit = plans.WHO_WHAT_WHERE_2026
    yield write_3w(mapping / name, _of_units(records, (unit,))["activities"])


def _of_units(records: Content, units: Sequence[str]) -> Content:
    rows = {
        table: [r for unit in units for r in lines if r.get("unit_id") == unit]
        for table, lines in records.items()
    }
    return rows | {"counterparts": _listed_by(records, units)}


def _listed_by(records: Content, units: Sequence[str]) -> list[dict[str, object]]:
    return [r for r in records["counterparts"] if r["_listed_by"] in units]


if __name__ == "__main__":
    for path in build(EXAMPLE):
        print(path.relative_to(ROOT))
