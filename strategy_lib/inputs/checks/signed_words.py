"""Words against a decision that name who said them: wherever they are shown, so is their author."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import pandas as pd

from strategy_lib.inputs.checks.locations import row_dicts, tell
from strategy_lib.inputs.problem_log import ProblemLog
from strategy_lib.schema.cell_faults import Fault
from strategy_lib.schema.name_keys import name_key
from strategy_lib.schema.schema import schemas, table_schema
from strategy_lib.schema.text import shortened

# Table -> field of somebody's own words, and the fields in which it is entered who said them.
WORDS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "decisions": ("dissent", ("dissent_by",)),
    "brief": ("minority_view", ("minority_view_by",)),
    "dissents": ("words", ("unit_id", "role")),
    "decide_again": ("reason", ()),
}
# What stands before a colon, from the start or from the quotation before.
_LEAD = re.compile(r"([^:：\n\"“”„«»「」『』]+)[:：]")
_SENTENCE = re.compile(r"(?<=[.!?。！？])\s*")
_PARTS = re.compile(r"[,;/()，；、（）–—]")


def check_signed_words(frames: Mapping[str, pd.DataFrame], problem_log: ProblemLog) -> None:
    """Warn of words before which an office or a role is named, where only words are asked for."""
    names = {name_key(name) for name in _names(frames)} - {""}
    for table, (field, places) in WORDS.items():
        frame = frames[table]
        for row in row_dicts(frame[frame[field].notna()]):
            if signed := _signed(str(row[field]), names):
                titles = " and ".join(f'"{table_schema(table)[name].title()}"' for name in places)
                found = shortened(f"{signed}:", 60)
                message = f'"{found}" tells readers who said this; ' + (
                    f"move it to {titles}" if places else "take it out"
                )
                fault = Fault("signed_words", message, found, "the words", severity="warning")
                tell(problem_log, table, row, field, fault)


def _names(frames: Mapping[str, pd.DataFrame]) -> Iterator[str]:
    """Offices by name and code, with and without what stands in brackets, and all roles."""
    for name in pd.concat([frames["units"]["name"], frames["units"]["unit_id"]]).dropna():
        yield from (str(name), str(name).partition("(")[0])
    for schema in schemas().values():
        for item in schema.fields if len(frames[schema.name]) else ():
            if item.type == "string" and (item.name == "role" or item.name.endswith("_role")):
                yield from map(str, frames[schema.name][item.name].dropna().unique())


def _signed(words: str, names: set[str]) -> str:
    """The first office or role that stands before a colon, with what stands beside it."""
    for match in _LEAD.finditer(words):
        lead = match.group(1).strip()
        for said in (lead, _SENTENCE.split(lead)[-1]):
            if names & {name_key(part) for part in (said, *_PARTS.split(said))}:
                return said
    return ""
