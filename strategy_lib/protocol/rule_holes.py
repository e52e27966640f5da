"""Holes of `rules.toml`: sections and settings that are missing or of the wrong kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from strategy_lib.protocol.files import Hole
from strategy_lib.protocol.layout import RULES, RULES_FILE


def holes_of_rules(rules: Mapping[str, Any]) -> list[Hole]:
    """Sections and settings that `rules.toml` lacks, or has of the wrong kind."""
    holes = [
        Hole(RULES_FILE, name, "", "no protocol has this section")
        for name in rules
        if name not in RULES
    ]
    holes += _countries(rules.get("calendar"))
    for section, settings in RULES.items():
        values = rules.get(section)
        if not isinstance(values, dict):
            holes.append(Hole(RULES_FILE, section, "", "the section is missing"))
            continue
        wanted = {**settings, "description": (str,), "source": (str,), "as_of": (date,)}
        holes += [
            hole
            for name, kinds in wanted.items()
            for hole in _setting(section, name, kinds, values)
        ]
    return holes


def _setting(
    section: str, name: str, kinds: tuple[type, ...], values: Mapping[str, Any]
) -> Iterator[Hole]:
    value: Any = values.get(name)
    is_kind = isinstance(value, kinds) and (bool in kinds or not isinstance(value, bool))
    allowed = " or ".join(kind.__name__ for kind in kinds)
    if value is None or value == "":
        yield Hole(RULES_FILE, section, name, "is missing")
    elif not is_kind:
        yield Hole(
            RULES_FILE, section, name, f"found {value!r}; use {allowed}", str(value), allowed
        )
    elif isinstance(value, (int, float)) and not isinstance(value, bool) and value < 0:
        yield Hole(RULES_FILE, section, name, f"found {value}; use 0 or more", str(value))
    elif name == "least_share_pct" and value > 100:
        yield Hole(RULES_FILE, section, name, f"found {value}; use 0 to 100", str(value))
    elif name == "weekend" and not _is_weekend(value):
        yield Hole(RULES_FILE, section, name, f"found {value}; use {_WEEKEND}", str(value))
    elif name == "closed_days" and not all(isinstance(day, date) for day in value):
        yield Hole(RULES_FILE, section, name, f"found {value}; write days such as 2026-12-25")


_WEEKEND = "1 (Monday) to 7, not all of them"


def _is_weekend(days: object) -> bool:
    if not isinstance(days, list) or len(set(map(str, days))) > 6:
        return False
    return all(isinstance(day, int) and 1 <= day <= 7 for day in days)


def _countries(calendar: object) -> Iterator[Hole]:
    """Weekends of single countries, which nobody has to set."""
    given = calendar.get("weekend_by_country", {}) if isinstance(calendar, dict) else {}
    name = "weekend_by_country"
    if not isinstance(given, dict):
        yield Hole(RULES_FILE, "calendar", name, f"found {given!r}; use a table of countries")
        return
    for country, days in given.items():
        if not _is_weekend(days):
            yield Hole(RULES_FILE, "calendar", f"{name}.{country}", f"found {days}; use {_WEEKEND}")
