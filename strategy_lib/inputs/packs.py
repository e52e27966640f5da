"""Packs that peers sent: zipped data packages, read as hostile and kept apart from own rows.

Nothing is unpacked to a folder and no path in a pack is followed: the files that a pack can hold
are known by name, and each is read within limits.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence

from strategy_lib.core.hashing import hash_of
from strategy_lib.inputs.files.kinds import damaged, locked, too_much
from strategy_lib.inputs.files.rawsheets import RawSheet, Refusal
from strategy_lib.inputs.files.textfiles import read_text
from strategy_lib.inputs.layout.headings import heading_texts, match_headings
from strategy_lib.inputs.layout.layouts import Sheet, layout_of
from strategy_lib.inputs.problem_log import ProblemLog
from strategy_lib.inputs.records import Converters, Record, read_records
from strategy_lib.schema.cell_faults import Fault
from strategy_lib.schema.exchange import BEST_GRADE, DESCRIPTOR, PARTS, PEER_TABLE, Part
from strategy_lib.schema.frames import PROVENANCE
from strategy_lib.schema.schema import table_schema
from strategy_lib.schema.text import Row, is_blank, loose_key, shortened

MOST_ROWS = 5_000
LONGEST_NAME = 80
_DESCRIPTOR_BYTES = 1 << 20
_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,15})?")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, NotImplementedError)


def read_pack(
    file: str, data: bytes, converters: Converters, problem_log: ProblemLog
) -> list[Record]:
    """Rows of `peer_rows` from one pack; what cannot be used is a problem, and nothing is raised.

    Parameters
    ----------
    file : str
        Its name relative to `inputs/`.
    data : bytes
        A zip file whose directory names a `datapackage.json`.
    """
    found = _contents(data, converters)
    if isinstance(found, Refusal):
        problem_log.add_refusals(file, (found,))
        return []
    contents, others = found
    if others:
        message = "holds files that are no part of an exchange pack; they are not read"
        told = shortened(", ".join(others))
        refusal = Refusal("pack_other_files", message, "warning", found=told)
        problem_log.add_refusals(file, (refusal,))
    sender = _sender(contents.pop(DESCRIPTOR), converters)
    if isinstance(sender, Refusal):
        problem_log.add_refusals(file, (sender,))
        return []
    return [
        record
        for part in PARTS
        if part.file in contents
        for record in _rows_of(part, contents[part.file], file, sender, converters, problem_log)
    ]


def _contents(
    data: bytes, converters: Converters
) -> tuple[dict[str, bytes], tuple[str, ...]] | Refusal:
    """The files that a pack can hold, by name, and the names of all others."""
    wanted = {DESCRIPTOR, *(part.file for part in PARTS)}
    left = converters.limits.unpacked_mb << 20
    contents: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = Counter(info.filename for info in archive.infolist())
            twice = sorted(name for name in wanted if names[name] > 1)
            if twice:
                message = "holds two files of one name; which one counts nobody can tell"
                return Refusal("pack_file_twice", message, found=", ".join(twice))
            for name in sorted(wanted & names.keys()):
                with archive.open(name) as part:
                    contents[name] = part.read(left + 1)
                left -= len(contents[name])
                if left < 0:
                    return too_much(converters.limits)
    except _BROKEN:
        return damaged()
    except RuntimeError:  # what zipfile raises for an encrypted part
        return locked()
    return contents, tuple(sorted(names.keys() - wanted))


def _sender(descriptor: bytes, converters: Converters) -> str | Refusal:
    """The name that the sender chose for itself."""
    allowed = f"a title of up to {LONGEST_NAME} characters"
    try:
        about = json.loads(descriptor) if len(descriptor) <= _DESCRIPTOR_BYTES else None
    except (ValueError, RecursionError):
        about = None
    if not isinstance(about, dict):
        message = f"has a {DESCRIPTOR} that cannot be read; ask for the pack again"
        return Refusal("pack_descriptor", message, allowed="JSON, up to 1 MB")
    title = about.get("title")
    name = converters.of(PEER_TABLE, "sent_by")(title).value if isinstance(title, str) else None
    if not isinstance(name, str) or len(name) > LONGEST_NAME or "\n" in name:
        message = f"does not say in {DESCRIPTOR} under which name it was sent"
        return Refusal("pack_without_name", message, found=shortened(str(title)), allowed=allowed)
    return name


def _rows_of(
    part: Part,
    data: bytes,
    file: str,
    sender: str,
    converters: Converters,
    problem_log: ProblemLog,
) -> Iterator[Record]:
    raw = read_text(data, part.file, converters.limits)
    for refusal in raw.refusals:
        fault = Fault(refusal.kind, refusal.message, severity=refusal.severity)
        problem_log.add_fault(fault, file, part.file, refusal.row, "")
    rows = raw.sheets[0].rows if raw.sheets else ()
    filled = sum(1 for row in rows if not all(map(is_blank, row)))
    if filled > MOST_ROWS + 1:
        fault = Fault("pack_too_many_rows", f"holds more than {MOST_ROWS:,} rows and was not read")
        problem_log.add_fault(fault, file, part.file, 0, "")
    elif rows:
        sheet = _sheet(part, rows, file, problem_log)
        if sheet is not None:
            for record in read_records(sheet, converters):
                yield _peer_row(part, record, sender)


def _sheet(part: Part, rows: Sequence[Row], file: str, problem_log: ProblemLog) -> Sheet | None:
    """The part as a sheet of the table that it came from; None where columns are missing."""
    known = {loose_key(name): name for name in part.columns}
    texts = heading_texts(rows[0])
    keys = {loose_key(text) for text in texts}
    extra = [text for text in texts if text and loose_key(text) not in known]
    missing = [f.name for f in part.fields if f.required and loose_key(f.name) not in keys]
    if missing:
        message = "has no column of this name, which an exchange pack needs; nothing of it is read"
        for name in missing:
            fault = Fault("pack_column_missing", message, allowed=", ".join(part.columns))
            problem_log.add_fault(fault, file, part.file, 1, name)
        return None
    if extra:
        message = "is no column of an exchange pack; it is not read"
        for text in extra:
            fault = Fault("pack_column_unknown", message, severity="warning")
            problem_log.add_fault(fault, file, part.file, 1, text)
    # What a pack must not say, such as an office or a label, is no heading of ours either.
    kept = tuple(known.get(loose_key(text), "") for text in texts)
    layout = layout_of(part.table, 0, match_headings(part.table, kept))
    numbers = {kept.index(f.name) for f in part.fields if f.type == "number" and f.name in kept}
    raw = RawSheet(part.file, [_counted(row, numbers) for row in rows])
    return Sheet(file, raw, layout, problem_log)


def _counted(row: Row, numbers: set[int]) -> Row:
    """A row with its numbers as numbers: in a data package a full stop is always the decimal's."""
    return [
        float(cell) if place in numbers and _NUMBER.fullmatch(cell) else cell
        for place, cell in enumerate(row)
    ]


def _peer_row(part: Part, record: Record, sender: str) -> Record:
    schema = table_schema(part.table)
    row: Record = {
        kept_in: record[column] for column, kept_in in part.becomes.items() if column in record
    }
    if "grade" in row:
        row["grade"] = max(row["grade"], BEST_GRADE)
    said = []
    for name in part.more:
        if name in record:
            codes = schema[name].code_list
            value = codes.label(record[name]) if codes else record[name]
            said.append(f"{schema[name].title()}: {value}")
    if said:
        row["said"] = "; ".join(said)
    row |= {"sent_by": sender, "part": part.name}
    row["row_id"] = hash_of([part.name, {name: str(value) for name, value in row.items()}])[:12]
    return row | {name: record[name] for name in PROVENANCE}
