"""What is entered in a workshop: lines that are only added, read back into the same tables.

- one line: `Entry`; who writes it: `EntryLog`
- all sessions of a cycle: `read_entries` -> `Entries` (history, rounds, records); again and again
  while they grow: `EntryReader`
- laid over what offices sent: `merge_entries`

A session writes one file an area, `inputs/AREA/workshop/SESSION.jsonl`, and nobody else writes it.
"""

from strategy_lib.inputs.entries.checks import row_key
from strategy_lib.inputs.entries.files import Entries, is_entry_file, read_entries, read_sources
from strategy_lib.inputs.entries.growing import EntryReader
from strategy_lib.inputs.entries.lines import FACILITATOR, Entry
from strategy_lib.inputs.entries.log import Asked, EntryLog, local_now, new_session
from strategy_lib.inputs.entries.merge import merge_entries, shared_codes
from strategy_lib.inputs.entries.rounds import (
    LAST_ROUND,
    Closing,
    Rounds,
    fits,
    has_rounds,
    is_open,
    round_number,
)

__all__ = [
    "FACILITATOR",
    "LAST_ROUND",
    "Asked",
    "Closing",
    "Entries",
    "Entry",
    "EntryLog",
    "EntryReader",
    "Rounds",
    "fits",
    "has_rounds",
    "is_entry_file",
    "is_open",
    "local_now",
    "merge_entries",
    "new_session",
    "read_entries",
    "read_sources",
    "round_number",
    "row_key",
    "shared_codes",
]
