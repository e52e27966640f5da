"""Say where each process and recommendation of the documents works, from what is in the workbook.

`tools/build_coverage.csv` names chapters, views and tables; numbers, sections and titles are looked up
where they stand, so that nothing that is gone is named. Writes `docs/coverage.md`.

Run as `python tools/build_coverage.py FOLDER`, with the pages of an edition, it opens each view there
and says which are missing and which hold one row.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

from strategy_lib.chapters.registry import CHAPTERS, Chapter
from strategy_lib.chapters.result import Outputs
from strategy_lib.schema.reference import reference
from strategy_lib.schema.schema import table_schema

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "docs" / "coverage.md"
_SHOWN = re.compile(r'"([a-z_0-9]+)"')
_HEADS = "chapter | section | view | tables that are filled in"
_INTRO = """# What works where

Made by `tools/build_coverage.py` from chapters, notebooks and schemas. A view is what the
chapter shows; a table is what people fill in.

## Processes of the documents
"""


def coverage_page() -> str:
    """`docs/coverage.md` as it should be.

    Raises
    ------
    LookupError
        If a chapter, a view, the section that shows it, or a table is not there.
    """
    rows = list(csv.DictReader((ROOT / "tools" / "build_coverage.csv").open(encoding="utf-8")))
    processes = [row for row in rows if row["kind"] == "process"]
    others = [row for row in rows if row["kind"] == "recommendation"]
    lines = [_INTRO, f"| no. | process | {_HEADS} |", "|---|---|---|---|---|---|"]
    lines += [_line(row, row["title"]) for row in processes]
    lines += ["", "## Recommendations of the guide", ""]
    lines += [f"| no. | group | {_HEADS} |", "|---|---|---|---|---|---|"]
    groups = reference("recommendations").set_index("recommendation_id")["group"]
    lines += [_line(row, groups[row["number"]]) for row in others]
    return "\n".join(lines) + "\n"


def _line(row: dict[str, str], title: str) -> str:
    chapter = next((c for c in CHAPTERS if c.folder == row["chapter"]), None)
    if chapter is None:
        raise LookupError(f"{row['number']}: there is no chapter {row['chapter']!r}")
    views, sections = [], []
    for name in row["views"].split(";"):
        if name not in _outputs(chapter):
            raise LookupError(f"{row['number']}: {chapter.name} has no view {name!r}")
        if name not in _sections(chapter):
            raise LookupError(f"{row['number']}: {chapter.notebook} shows no view {name!r}")
        views.append(f"`{name}`")
        sections.append(_sections(chapter)[name])
    tables = [f"`{table_schema(name).name}`" for name in row["tables"].split(";")]
    cells = [
        row["number"],
        title,
        f"{chapter.number} {chapter.title}",
        "; ".join(dict.fromkeys(sections)),
        ", ".join(views),
        ", ".join(tables),
    ]
    return f"| {' | '.join(cells)} |"


def _outputs(chapter: Chapter) -> Outputs:
    outputs: Outputs = import_module(f"strategy_lib.chapters.{chapter.folder}.outputs").OUTPUTS
    return outputs


@cache
def _sections(chapter: Chapter) -> dict[str, str]:
    """View -> heading of its notebook under which it is shown."""
    return dict(_shown(ROOT / "notebooks" / chapter.notebook))


def _shown(path: Path) -> Iterator[tuple[str, str]]:
    heading = ""
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        text = "".join(cell["source"])
        if cell["cell_type"] == "markdown" and text.startswith("#"):
            heading = text.splitlines()[0].lstrip("# ")
        elif "result.show(" in text:
            yield from ((name, heading) for name in _SHOWN.findall(text))


def opened(folder: Path) -> Iterator[tuple[str, str, str, int]]:
    """Each view of the list on the pages of an edition: kind and number, chapter, view, rows.

    A view that is not there has no row.
    """
    pages = {c.folder: folder / f"{c.name}.html" for c in CHAPTERS}
    for row in csv.DictReader((ROOT / "tools" / "build_coverage.csv").open(encoding="utf-8")):
        text = pages[row["chapter"]].read_text(encoding="utf-8")
        for view in row["views"].split(";"):
            place = text.find(f'id="table-{view}"')
            body = text[place : text.find("</table>", place)] if place >= 0 else ""
            rows = len(re.findall(r"<tr[ >]", body.partition("<tbody>")[2]))
            yield f"{row['kind']} {row['number']}", row["chapter"], view, rows


if __name__ == "__main__" and sys.argv[1:]:
    found = list(opened(Path(sys.argv[1])))
    print(f"{len(found)} views opened")
    for line in (line for line in found if line[-1] < 2):
        print(*line)
elif __name__ == "__main__":
    TARGET.write_text(coverage_page(), encoding="utf-8")
    print(TARGET.relative_to(ROOT))
