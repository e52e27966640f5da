"""What is wrong with the headings of a sheet: missing, doubled, misspelt."""

from __future__ import annotations

from collections.abc import Iterator

from strategy_lib.core.audiences import LABEL_FIELDS
from strategy_lib.core.problems import Severity
from strategy_lib.inputs.layout.layouts import Layout
from strategy_lib.schema.cell_faults import Fault
from strategy_lib.schema.schema import table_schema
from strategy_lib.schema.suggest import nearest_of
from strategy_lib.schema.text import loose_key, shortened

# Without these a row would be shown more widely than the office meant.
_LABELS = frozenset(LABEL_FIELDS)
_MISSPELT = 80.0


def heading_faults(layout: Layout) -> Iterator[tuple[Fault, str]]:
    """What is wrong with the headings of a sheet, and the heading that each fault is about."""
    yield from _missing(layout)
    yield from _doubled(layout)
    if not layout.is_mapped:
        yield from _misspelt(layout)


def _missing(layout: Layout) -> Iterator[tuple[Fault, str]]:
    schema, texts = table_schema(layout.table), layout.headings.texts
    spare = {loose_key(texts[i]): texts[i] for i in layout.headings.extra}
    for name in layout.headings.missing:
        if name in layout.constants or (name == "unit_id" and layout.is_linked):
            continue
        titles = (name, *schema[name].titles.values())
        near = next((n for text in titles if (n := nearest_of(text, spare))), "")
        title = schema[name].title()
        message = f'there is no column "{title}" ({name}); add it with this heading'
        yield Fault("missing_heading", message, "", f"{title}, {name}", shortened(near)), title


def _doubled(layout: Layout) -> Iterator[tuple[Fault, str]]:
    for name, first, second in layout.headings.doubled:
        title = table_schema(layout.table)[name].title()
        one, other = layout.heading(first), layout.heading(second)
        message = (
            f'columns "{shortened(one)}" and "{shortened(other)}" both are "{title}"; '
            "only the first one was read: keep one"
        )
        yield Fault("doubled_heading", message, shortened(other)), other


def _misspelt(layout: Layout) -> Iterator[tuple[Fault, str]]:
    """Columns left aside whose heading is nearly that of a field without a column."""
    schema = table_schema(layout.table)
    absent = [f for f in schema.fields if f.name not in layout.headings.fields and not f.required]
    names = {loose_key(t): f.name for f in absent for t in (f.name, *f.titles.values())}
    for position in layout.headings.extra:
        heading = layout.heading(position)
        name = nearest_of(heading, names, _MISSPELT)
        if name:
            title = schema[name].title()
            message = f'column "{shortened(heading)}" is not read; should it be "{title}" ({name})?'
            severity: Severity = "error" if name in _LABELS else "warning"
            told = (shortened(heading), f"{title}, {name}", title)
            yield Fault("unknown_heading", message, *told, severity=severity), heading
