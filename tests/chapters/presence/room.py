"""Small rooms that can be checked by hand, and what chapter 02 makes of them."""

from __future__ import annotations

from datetime import date

from strategy_lib.chapters.page import Page
from strategy_lib.chapters.presence.analysis import analyse_presence
from strategy_lib.chapters.presence.page import page
from strategy_lib.chapters.result import ChapterInputs, ChapterResult
from strategy_lib.core.messages import Say
from strategy_lib.core.settings import MappingSettings, PresenceSettings
from strategy_lib.editions.restrict import DEFAULT_EDITIONS, restrict
from strategy_lib.editions.snapshot import Snapshot
from strategy_lib.plotting.pictures import payload
from strategy_lib.schema.frames import Tables, typed_frame
from strategy_lib.schema.schema import table_schema
from tests.workspaces import UNITS

AS_OF = date(2026, 11, 1)
OPTIONS = [
    {"option_id": "OUT", "name": "Outside", "legal_route": "none"},
    {"option_id": "RO", "name": "Office 办事处", "legal_route": "representative_office"},
]
CRITERIA = [
    {"criterion_id": "access", "name": "Access", "direction": "higher_is_better"},
    {"criterion_id": "freedom_lost", "name": "Freedom lost", "direction": "lower_is_better"},
]
ASSESSORS = [
    {"assessor_id": "A1", "unit_id": "hq"},
    {"assessor_id": "A2", "unit_id": "ke"},
    {"assessor_id": "A3", "unit_id": "kh"},
]


def score(who, option, criterion, best, low=None, high=None, **more):
    row = {"assessor_id": who, "option_id": option, "criterion_id": criterion, "best": best}
    return {**row, "low": low, "high": high, **more}


def card(who, outside, office, **more):
    """Scores of one assessor: (access, freedom lost) of each option."""
    return [
        score(who, option, criterion, value, **more)
        for option, pair in (("OUT", outside), ("RO", office))
        for criterion, value in zip(("access", "freedom_lost"), pair, strict=True)
    ]


def weights(who, access, freedom):
    pairs = (("access", access), ("freedom_lost", freedom))
    return [{"assessor_id": who, "criterion_id": c, "points": p} for c, p in pairs]


def snapshot(edition=DEFAULT_EDITIONS["core"], presence=PresenceSettings(), **records):  # noqa: B008
    """What an edition may see of a room."""
    given = {
        "units": UNITS,
        "presence_options": OPTIONS,
        "criteria": CRITERIA,
        "assessors": ASSESSORS,
        **records,
    }
    frames = {name: typed_frame(table_schema(name), rows) for name, rows in given.items()}
    restricted = restrict(Tables(frames), edition)
    return Snapshot(restricted, 2026, AS_OF, "Test", "en", "EUR", MappingSettings(), {}, presence)


def analyse(*args, draws=2000, **records) -> ChapterResult:
    """The chapter's result; parameters as of `snapshot`."""
    return analyse_presence(snapshot(*args, **records), draws=draws, seed=5)


def page_of(*args, draws=2000, **records) -> Page:
    """The main part of the chapter's page; parameters as of `snapshot`."""
    shown = snapshot(*args, **records)
    return page(analyse_presence(shown, draws=draws, seed=5), ChapterInputs(now=shown), Say())


def texts(part) -> list[str]:
    """All texts of a page, or of a part of one."""

    def found(value):
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            for name, item in value.items():
                if name != "kind":
                    yield from found(item)
        elif isinstance(value, list):
            for item in value:
                yield from found(item)

    return list(found(payload(part)))
