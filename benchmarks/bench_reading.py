"""Reading and checking what offices sent, beside the same files read by pandas without any check.

Run with `python benchmarks/bench_reading.py`. It makes its files in a temporary folder, and prints
seconds, peak memory and the ratio to the baseline `pandas.read_excel(engine="calamine")`.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import xlsxwriter

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from strategy_lib.schema.schema import code_list, table_schema  # noqa: E402

YEAR = 2026
OFFICES = 500
Rows = list[dict[str, Any]]


def activity(unit: str, number: int) -> dict[str, Any]:
    themes, kinds = code_list("theme").values, code_list("activity_type").values
    return {
        "unit_id": unit,
        "title": f"Exchange {number} with partners on site safety",
        "theme": themes[number % len(themes)],
        "other_themes": ";".join(themes[(number + step) % len(themes)] for step in (1, 2)),
        "activity_type": kinds[number % len(kinds)],
        "stance": code_list("stance").values[number % 3],
        "counterpart": f"Company {chr(65 + number % 26)}{number * 7919 % 3001}",
        "country_code": code_list("country").values[number % 200],
        "start_date": date(2015 + number % 10, 1 + number % 12, 1 + number % 28),
        "contact_strength": number % 4,
        "contact_people": number % 5,
        "is_known_to_centre": ("yes", "no")[number % 2],
        "owner_role": "programme officer",
        "note": f"Met at the provincial fair, talk number {number}",
        "confidence": "medium",
        "handling": ("internal", "restricted", "")[number % 3],
    }


def office_tables(unit: str, first: int) -> dict[str, Rows]:
    """An office form of twelve rows: one return, seven activities, two capacities, two others."""
    return {
        "returns": [{"unit_id": unit, "returned_date": date(YEAR, 9, 14), "has_activities": "yes"}],
        "activities": [activity(unit, first + i) for i in range(7)],
        "counterparts": [{"name": f"Company {unit}", "type": "private_company"}],
        "capacities": [
            {"unit_id": unit, "capacity": name, "level": 2, "people": 1}
            for name in code_list("capacity").values[:2]
        ],
        "country_strategies": [
            {
                "unit_id": unit,
                "country_code": "KE",
                "title": "Strategy",
                "renewal_date": date(2027, 1, 1),
                "china_section": "none",
            }
        ],
    }


def units(count: int) -> Rows:
    return [
        {"unit_id": f"u{i}", "name": f"Office {i}", "kind": "country_office", "country_code": "KE"}
        for i in range(count)
    ]


def write_form(path: Path, tables: dict[str, Rows]) -> None:
    """A form with headings, help, example rows and a sheet of lists, as the blank forms have."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    book.add_worksheet("read me").write(0, 0, "Fill in what applies.")
    for name, rows in tables.items():
        sheet = book.add_worksheet(name)
        fields = table_schema(name).fields
        sheet.write_row(0, 0, ["#", *(f.title() + (" *" if f.required else "") for f in fields)])
        sheet.write_row(1, 0, ["help", *(f.description() for f in fields)])
        sheet.write_row(2, 0, ["example", *(f.example for f in fields)])
        for number, row in enumerate(rows, 3):
            for column, field in enumerate(fields, 1):
                value = row.get(field.name, "")
                if isinstance(value, date):
                    sheet.write_datetime(number, column, value, day)
                elif value != "":
                    sheet.write(number, column, value)
    lists = book.add_worksheet("codes")
    lists.write_column(0, 0, [f"u{i}" for i in range(OFFICES)])
    for column, name in enumerate(("country", "theme", "activity_type", "capacity"), 1):
        lists.write_column(0, column, [code.label() for code in code_list(name).codes])
    book.close()


def make_workspace(folder: Path, forms: Iterator[dict[str, Rows]], offices: int) -> None:
    (folder / "workbook.toml").write_text(f"[run]\nas_of = {YEAR}-11-01\n", encoding="utf-8")
    inputs = folder / str(YEAR) / "inputs"
    for area in ("prepare", "mapping"):
        (inputs / area).mkdir(parents=True)
    write_form(inputs / "prepare" / "offices.xlsx", {"units": units(offices)})
    for number, tables in enumerate(forms):
        write_form(inputs / "mapping" / f"form {number}.xlsx", tables)


def many_forms(folder: Path) -> None:
    """500 office forms of twelve rows each."""
    make_workspace(folder, (office_tables(f"u{i}", i * 7) for i in range(OFFICES)), OFFICES)


def one_large_file(folder: Path) -> None:
    """One file of 50,000 activities."""
    rows = [activity(f"u{i % 200}", i) for i in range(50_000)]
    returns = [
        {"unit_id": f"u{i}", "returned_date": date(YEAR, 9, 1), "has_activities": "yes"}
        for i in range(200)
    ]
    make_workspace(folder, iter([{"returns": returns, "activities": rows}]), 200)


CASES: dict[str, Callable[[Path], None]] = {"500 forms": many_forms, "50,000 rows": one_large_file}


def read_with_us(folder: Path) -> str:
    from strategy_lib.core.workspace import open_workspace
    from strategy_lib.inputs.read import read_inputs

    tables = read_inputs(open_workspace(folder).cycle(YEAR))
    return f"{sum(map(len, tables.frames.values()))} rows, {len(tables.problems)} problems"


def read_again(folder: Path) -> str:
    """The same where all was read before, and nothing has changed since."""
    from strategy_lib.core.workspace import open_workspace
    from strategy_lib.editions.make_snapshot import reading_cache
    from strategy_lib.inputs.read import read_inputs

    cycle = open_workspace(folder).cycle(YEAR)
    tables = read_inputs(cycle, kept=reading_cache(cycle))
    return f"{sum(map(len, tables.frames.values()))} rows, {len(tables.problems)} problems"


def read_with_pandas(folder: Path) -> str:
    rows = 0
    for path in sorted((folder / str(YEAR) / "inputs").rglob("*.xlsx")):
        sheets = pd.read_excel(path, sheet_name=None, engine="calamine")
        rows += sum(map(len, sheets.values()))
    return f"{rows} rows, unchecked"


READERS = {
    "workbook": read_with_us,
    "workbook, again": read_again,
    "pandas.read_excel": read_with_pandas,
}


def measure(reader: str, folder: Path) -> tuple[float, float, str]:
    """Seconds, peak MB and what was read, in a process of its own."""
    command = [sys.executable, __file__, "--reader", reader, "--folder", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds, peak, said = done.stdout.strip().split("|")
    return float(seconds), float(peak), said


def peak_mb() -> float:
    """Most memory that this process has held; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:
        return 0.0
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def report() -> None:
    print(f"{'case':<12} {'reader':<18} {'seconds':>8} {'peak MB':>8} {'ratio':>6}  read")
    for case, make in CASES.items():
        with tempfile.TemporaryDirectory() as name:
            make(Path(name))
            measure("workbook, again", Path(name))  # reads all, and keeps it
            results = {reader: measure(reader, Path(name)) for reader in READERS}
        baseline = results["pandas.read_excel"][0]
        for reader, (seconds, peak, said) in results.items():
            ratio = seconds / baseline
            print(f"{case:<12} {reader:<18} {seconds:8.2f} {peak:8.0f} {ratio:6.2f}  {said}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reader", choices=sorted(READERS))
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    if given.reader is None:
        report()
        return
    start = time.perf_counter()
    said = READERS[given.reader](given.folder)
    print(f"{time.perf_counter() - start:.3f}|{peak_mb():.0f}|{said}")


if __name__ == "__main__":
    main()
