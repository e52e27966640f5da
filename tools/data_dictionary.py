"""The data dictionary `data/README.md`, made from the schemas and code lists."""

from __future__ import annotations

from collections.abc import Iterator

from strategy_lib.schema.schema import CodeList, Field, TableSchema, schemas

_HEAD = """\
# Data dictionary

Made from `data/schemas/` and `data/codes/` by `tools/build_forms.py`; do not edit it by hand.
A column with * is needed. "Seen from" is the lowest clearance at which a column is shown at all,
whatever the label of its row (public, partner, internal, restricted); a row without a label is
internal. Every row also keeps where it came from: file, sheet and row.

`data/reference/` holds dated, sourced facts and has its own [README](reference/README.md);
`data/example/` is the [fictional federation](example/README.md) that `make example` runs.
"""


def data_dictionary() -> str:
    """The whole dictionary as Markdown."""
    lines = [_HEAD, "## Tables", ""]
    lines += [f"- [{s.name}](#{s.name}): {s.description()}" for s in schemas().values()]
    for schema in schemas().values():
        lines += ["", *_table(schema)]
    lines += ["", "## Code lists", ""]
    lists = _code_lists()
    for codes in sorted(lists.values(), key=lambda c: c.name):
        lines += _codes(codes)
    return "\n".join(lines).rstrip() + "\n"


def _code_lists() -> dict[str, CodeList]:
    fields = [field for schema in schemas().values() for field in schema.fields]
    return {f.code_list.name: f.code_list for f in fields if f.code_list is not None}


def _table(schema: TableSchema) -> Iterator[str]:
    yield f"### {schema.name}"
    yield ""
    key = ", ".join(schema.primary_key)
    yield (
        f"{schema.description()} Dropped into `inputs/{schema.area}/`; "
        f"filled in by: {schema.filled_by}; one row each: {key}."
    )
    yield ""
    yield "| column | kind | allowed | seen from | what to enter |"
    yield "|---|---|---|---|---|"
    for field in schema.fields:
        needed = " *" if field.required else ""
        cells = (f"{field.name}{needed}", field.type, _allowed(field), field.visible_to)
        yield f"| {' | '.join(cells)} | {field.description()} |"


def _allowed(field: Field) -> str:
    if field.codes:
        return f"[{field.codes}](#{field.codes})"
    if field.refers_to:
        return f"{field.refers_to[0]}.{field.refers_to[1]}" + (
            " or another" if field.is_weak else ""
        )
    low, high = field.minimum, field.maximum
    if low is not None or high is not None:
        text = (
            f"{'' if low is None else f'{low:g}'} to {'' if high is None else f'{high:g}'}".strip()
        )
        return f"{text} ({field.unit})" if field.unit and "to" not in field.unit else text
    return ""


def _codes(codes: CodeList) -> Iterator[str]:
    yield f"### {codes.name}"
    yield ""
    yield f"{codes.title}. {codes.description}".strip()
    yield ""
    if codes.name == "country":
        yield (
            f"{len(codes.codes)} two-letter codes of ISO 3166-1; "
            "names in all languages of the Unicode CLDR are read too."
        )
    elif codes.name == "language":
        yield (
            f"{len(codes.codes)} codes of two or three letters; names in the languages of forms, "
            "and languages' own names, are read too."
        )
    else:
        for code in codes.codes:
            text = f": {code.description}" if code.description else ""
            yield f"- `{code.code}` {code.label()}{text}"
    yield ""
