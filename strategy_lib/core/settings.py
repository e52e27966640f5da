"""`workbook.toml`: what an organisation sets for itself, checked as a whole."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from strategy_lib.core.audiences import DEFAULT_EDITIONS, LABELS, Edition
from strategy_lib.core.errors import WorkspaceError

SETTINGS_FILE = "workbook.toml"


@dataclass(frozen=True)
class ColumnMap:
    """How a foreign spreadsheet (a 3W sheet, another form) becomes one of our tables.

    Attributes
    ----------
    file, sheet : str
        Patterns (`*3w*`) that the file's and the sheet's name must match, without regard to case.
    table : str
        Table that the rows become.
    columns : mapping
        Heading in the file -> field of the table.
    constants : mapping
        Field -> value that every row gets.
    values : mapping
        Field -> (value in the file -> value to use).
    """

    file: str
    table: str
    sheet: str = "*"
    columns: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, Any] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class MappingSettings:
    """Thresholds of chapter 01.

    Attributes
    ----------
    likely_match_pct : float
        Similarity (0-100) from which two names are shown to a person for a decision.
    exposure_rank_pct : float
        Share (0-100) of countries, from the most exposed, that count as highly exposed.
    strategy_due_months : int
        A country strategy due within this many months after `as_of` counts as due.
    """

    likely_match_pct: float = 88.0
    exposure_rank_pct: float = 25.0
    strategy_due_months: int = 18


@dataclass(frozen=True)
class PresenceSettings:
    """Assumptions of chapter 02 about money, in the currency of the organisation.

    Attributes
    ----------
    budget : float, optional
        What may be spent in all over the plan; without it, no option is held against a budget.
    years : int
        Length of the plan.
    inflation_pct, discount_pct : float
        By how much prices rise a year, and by how much a later year counts less.
    cost_correlation : float
        Rank correlation (0-1) between the items of an option: what makes one dearer than thought
        often makes the others dearer too.
    """

    budget: float | None = None
    years: int = 5
    inflation_pct: float = 0.0
    discount_pct: float = 0.0
    cost_correlation: float = 0.3


@dataclass(frozen=True)
class ScenarioSettings:
    """Chapter 04: what counts as good enough, and how the robustness metrics are set.

    Attributes
    ----------
    good_enough : float
        Score (0-10) from which an option is good enough in a scenario; 5 means no gain, no harm.
    tolerance : float
        Points that an option may lie behind the best one and still count as near it.
    optimism : float
        Weight (0-1) of the best scenario in the Hurwicz metric.
    percentile : float
        Of the regrets over the scenarios (0-100) in the percentile metric.
    """

    good_enough: float = 5.0
    tolerance: float = 1.0
    optimism: float = 0.5
    percentile: float = 90.0


# What is made beside the pages.
FORMATS = ("pdf", "word", "tables", "calendar")


@dataclass(frozen=True)
class Settings:
    """Everything that `workbook.toml` says, with defaults for what it does not say."""

    name: str = "Our organisation"
    language: str = "en"
    currency: str = "EUR"
    cycle: int | None = None
    run_editions: tuple[str, ...] = ("core", "leaders")
    formats: tuple[str, ...] = FORMATS
    as_of: date | None = None
    seed: int = 20260101
    draws: int = 10_000
    editions: Mapping[str, Edition] = field(default_factory=lambda: dict(DEFAULT_EDITIONS))
    mapping: MappingSettings = MappingSettings()
    presence: PresenceSettings = PresenceSettings()
    scenarios: ScenarioSettings = ScenarioSettings()
    place_names: Mapping[str, str] = field(default_factory=dict)
    column_maps: tuple[ColumnMap, ...] = ()


_ORGANISATION = {"name": str, "language": str, "currency": str}
_RUN = {
    "cycle": int, "editions": list, "formats": list, "as_of": date, "seed": int, "draws": int,
}  # fmt: skip
_EDITION = {
    "title": str,
    "audience": str,
    "clearance": str,
    "withhold_not_for_mainland": bool,
    "smallest_group": int,
    "show_withheld_count": bool,
}
_MAP = {"file": str, "sheet": str, "table": str, "columns": dict, "constants": dict, "values": dict}
_SECTIONS = (
    "organisation",
    "run",
    "editions",
    "mapping",
    "presence",
    "scenarios",
    "places",
    "column_maps",
)


class _Reader:
    """Collects every problem of one settings file, so that all are told at once."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problems: list[str] = []

    def say(self, where: str, text: str) -> None:
        self.problems.append(f"[{where}] {text}")

    def section(
        self, where: str, content: Any, kinds: Mapping[str, type | tuple[type, ...]]
    ) -> dict[str, Any]:
        """Known keys of one section with values of the right type; the rest is a problem."""
        if not isinstance(content, dict):
            self.say(where, f"must be a section, found {content!r}")
            return {}
        good = {}
        for key, value in content.items():
            if key not in kinds:
                self.unknown(where, key, list(kinds))
            elif not _is_kind(value, kinds[key]):
                self.say(where, f"{key} = {value!r}: must be {_kind_name(kinds[key])}")
            else:
                good[key] = value
        return good

    def unknown(self, where: str, key: str, allowed: list[str]) -> None:
        near = get_close_matches(key, allowed, 1)
        hint = f" (did you mean {near[0]}?)" if near else ""
        self.say(where, f"{key!r} is not known{hint}; allowed: {', '.join(allowed)}")


def _is_kind(value: Any, kind: type | tuple[type, ...]) -> bool:
    if isinstance(value, bool):
        return kind is bool
    return isinstance(value, kind)


def _kind_name(kind: type | tuple[type, ...]) -> str:
    kinds = kind if isinstance(kind, tuple) else (kind,)
    names = {
        str: "a text in quotes",
        int: "a whole number",
        float: "a number",
        bool: "true or false",
        list: "a list",
        date: "a date such as 2026-11-01",
        dict: "a section",
    }
    return " or ".join(names[k] for k in kinds)


def load_settings(path: Path) -> Settings:
    """Read one `workbook.toml`.

    Raises
    ------
    WorkspaceError
        If the file is not TOML, or holds something unknown or of the wrong type: all of it at once.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        raise WorkspaceError(f"{path} is not a UTF-8 text file; save it as UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        raise WorkspaceError(f"{path} cannot be read as TOML: {error}.") from None
    reader = _Reader(path)
    settings = _parse(content, reader)
    if reader.problems:
        raise WorkspaceError(f"{path} has settings to mend:\n  " + "\n  ".join(reader.problems))
    return settings


def _parse(content: Mapping[str, Any], reader: _Reader) -> Settings:
    for key in content:
        if key not in _SECTIONS:
            reader.unknown(SETTINGS_FILE, key, list(_SECTIONS))
    organisation = reader.section("organisation", content.get("organisation", {}), _ORGANISATION)
    run = reader.section("run", content.get("run", {}), _RUN)
    editions = _editions(content.get("editions", {}), reader)
    wanted = tuple(map(str, run.pop("editions", Settings().run_editions)))
    for name in wanted:
        if name not in editions:
            reader.unknown("run.editions", name, list(editions))
    formats = tuple(map(str, run.pop("formats", FORMATS)))
    for name in formats:
        if name not in FORMATS:
            reader.unknown("run.formats", name, list(FORMATS))
    return Settings(
        **organisation,
        **run,
        run_editions=wanted,
        formats=formats,
        editions=editions,
        mapping=_mapping(content.get("mapping", {}), reader),
        presence=_presence(content.get("presence", {}), reader),
        scenarios=_scenarios(content.get("scenarios", {}), reader),
        place_names=_places(content.get("places", {}), reader),
        column_maps=_column_maps(content.get("column_maps", []), reader),
    )


def _editions(content: Any, reader: _Reader) -> dict[str, Edition]:
    editions = dict(DEFAULT_EDITIONS)
    if not isinstance(content, dict):
        reader.say("editions", "must hold sections such as [editions.partner]")
        return editions
    for name, item in content.items():
        where = f"editions.{name}"
        good = reader.section(where, item, _EDITION)
        clearance = good.get("clearance")
        if clearance is not None and clearance not in LABELS:
            reader.say(where, f"clearance = {clearance!r}: allowed: {', '.join(LABELS)}")
            continue
        if not name.replace("_", "").replace("-", "").isalnum():
            reader.say(where, "a name of an edition holds letters, digits, hyphen, underscore only")
            continue
        if good.get("smallest_group", 1) < 1:
            reader.say(where, "smallest_group must be 1 or more")
            continue
        base = editions.get(name)
        if base is None and clearance is None:
            reader.say(where, f"a new edition needs a clearance: {', '.join(LABELS)}")
            continue
        title = name.replace("_", " ").capitalize()
        editions[name] = replace(
            base or Edition(name, title=title, clearance=str(clearance)), **good
        )
    return editions


def _mapping(content: Any, reader: _Reader) -> MappingSettings:
    kinds: dict[str, type | tuple[type, ...]] = {
        f.name: int if f.name.endswith("months") else (int, float) for f in fields(MappingSettings)
    }
    return MappingSettings(**reader.section("mapping", content, kinds))


def _presence(content: Any, reader: _Reader) -> PresenceSettings:
    kinds: dict[str, type | tuple[type, ...]] = {
        f.name: int if f.name == "years" else (int, float) for f in fields(PresenceSettings)
    }
    good = reader.section("presence", content, kinds)
    limits = {"years": (1, 20), "budget": (0, 1e15), "cost_correlation": (0, 1)}
    return PresenceSettings(**_within("presence", good, limits, (-50, 100), reader))


def _scenarios(content: Any, reader: _Reader) -> ScenarioSettings:
    kinds: dict[str, type | tuple[type, ...]] = {
        f.name: (int, float) for f in fields(ScenarioSettings)
    }
    good = reader.section("scenarios", content, kinds)
    limits = {"optimism": (0, 1), "percentile": (0, 100)}
    return ScenarioSettings(**_within("scenarios", good, limits, (0, 10), reader))


def _within(
    where: str,
    good: dict[str, Any],
    limits: Mapping[str, tuple[float, float]],
    other: tuple[float, float],
    reader: _Reader,
) -> dict[str, Any]:
    """Those of the values that lie within their limits; the rest is a problem."""
    for name in list(good):
        low, high = limits.get(name, other)
        if not low <= good[name] <= high:
            reader.say(where, f"{name} = {good.pop(name)}: must be from {low} to {high:g}")
    return good


def _places(content: Any, reader: _Reader) -> dict[str, str]:
    names = reader.section("places", content, {"names": dict}).get("names", {})
    return {str(code).upper(): str(name) for code, name in names.items()}


def _column_maps(content: Any, reader: _Reader) -> tuple[ColumnMap, ...]:
    if not isinstance(content, list):
        reader.say("column_maps", "must be written as [[column_maps]]")
        return ()
    maps = []
    for number, item in enumerate(content, 1):
        where = f"column_maps {number}"
        good = reader.section(where, item, _MAP)
        if "file" in good and "table" in good:
            maps.append(ColumnMap(**good))
        else:
            reader.say(where, "needs file and table")
    return tuple(maps)
