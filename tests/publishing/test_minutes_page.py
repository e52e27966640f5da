"""The minutes as a page: its sentences and its tables, all to be seen."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest

from strategy_lib.core.audiences import DEFAULT_EDITIONS
from strategy_lib.core.settings import MappingSettings
from strategy_lib.editions.restrict import restrict
from strategy_lib.editions.snapshot import Snapshot
from strategy_lib.inputs.entries.entry import EntryLog
from strategy_lib.publishing.edition import PublishContext, chapter_page
from strategy_lib.publishing.minutes_page import minutes_chapter
from strategy_lib.schema.frames import Tables, typed_frame
from strategy_lib.schema.schema import table_schema

AS_OF = date(2026, 11, 1)
LISTS = {
    "presence_options": [{"option_id": "P1", "name": "Office <b>one</b>", "legal_route": "none"}],
    "criteria": [{"criterion_id": "safety", "name": "Safety"}],
    "units": [{"unit_id": "ke", "name": "Kenya"}],
}


def minutes_of(folder, entries, edition="core"):
    seconds = count()
    start = datetime(2026, 11, 1, 14, tzinfo=UTC)
    log = EntryLog(folder, "s1", lambda: start + timedelta(seconds=next(seconds)))
    for number in range(entries):
        pair = {"name": f"Office {number}", "other_name": f"Desk {number}", "decision": "same"}
        log.append("name_decisions", pair, "facilitator")
    frames = {name: typed_frame(table_schema(name), rows) for name, rows in LISTS.items()}
    restricted = restrict(Tables(frames), DEFAULT_EDITIONS[edition])
    inputs = Snapshot(restricted, 2026, AS_OF, "Ours", "en", "EUR", MappingSettings(), {})
    return minutes_chapter(inputs, folder)


@pytest.fixture
def page(tmp_path):
    context = PublishContext("Ours", "en", 2026, DEFAULT_EDITIONS["core"], AS_OF, None)
    made = minutes_of(tmp_path, 60)
    assert made is not None
    return made, chapter_page(made, context)


def test_its_sentences_and_every_line_are_to_be_seen(page):
    made, html = page
    assert made.summary["bottom_line"]
    assert all(sentence in html for sentence in made.summary["bottom_line"])
    (entered,) = [t for t in made.body.tables.values() if t.title.startswith("Each line")]
    assert len(entered.table.rows) == 60
    assert "<details" not in html and 'class="behind"' not in html


def test_without_entries_there_is_no_page(tmp_path):
    assert minutes_of(tmp_path, 0) is None
