"""`workbook.toml`: what an organisation sets for itself, checked as a whole."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from strategy_lib.core.asking import AskingSettings
from strategy_lib.core.audiences import DEFAULT_EDITIONS, LABELS, OUTWARD, Edition, widening
from strategy_lib.core.errors import WorkspaceError
from strategy_lib.core.settings_reader import (
    LIST,
    SECTION,
    TRUTH,
    Choice,
    Number,
    Reader,
    Rule,
    Text,
    Year,
    shown,
)

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
    plausible_pct : float
        Share of plausible matrices (0-100) from which on a future that people named is counted.
    """

    good_enough: float = 5.0
    tolerance: float = 1.0
    optimism: float = 0.5
    percentile: float = 90.0
    plausible_pct: float = 1.0


# Languages that forms are written in, by their own names.
LANGUAGE_NAMES = {"en": "English", "fr": "Français", "es": "Español", "zh": "中文"}
LANGUAGES = tuple(LANGUAGE_NAMES)
# Chapters that are made only where `workbook.toml` asks for them.
OPTIONAL_CHAPTERS = ("partners", "companies", "watching")
# What is made beside the pages.
FORMATS = ("pdf", "word", "tables", "calendar")


@dataclass(frozen=True)
class Settings:
    """Everything that `workbook.toml` says, with defaults for what it does not say.

    Attributes
    ----------
    is_shared_by_group : bool
        Whether the group that the folder belongs to may read and change what is in it.
    widening_agreed_by : mapping
        Edition -> who agreed, and when, that it shows more than it does by default.
    optional : tuple of str
        Chapters that are made only for organisations that want them, of `OPTIONAL_CHAPTERS`.
    """

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
    is_shared_by_group: bool = False
    widening_agreed_by: Mapping[str, str] = field(default_factory=dict)
    mapping: MappingSettings = MappingSettings()
    presence: PresenceSettings = PresenceSettings()
    scenarios: ScenarioSettings = ScenarioSettings()
    asking: AskingSettings = field(default_factory=AskingSettings)
    place_names: Mapping[str, str] = field(default_factory=dict)
    column_maps: tuple[ColumnMap, ...] = ()
    optional: tuple[str, ...] = ()

    def widened(self, edition: Edition) -> str:
        """A line that says what an edition shows beyond the usual, and who agreed; else nothing."""
        more = widening(edition)
        if not more:
            return ""
        agreed = self.widening_agreed_by.get(edition.name, "")
        by = f" Agreed by: {agreed}." if agreed else ""
        return f"{edition.name} shows more than usual: {'; '.join(more)}.{by}"

    def refusal(self, edition: Edition) -> str:
        """Why an edition is not made: it goes outside and shows more, and nobody agreed."""
        if edition.name not in OUTWARD or edition.name in self.widening_agreed_by:
            return ""
        wide = self.widened(edition)
        return wide and (
            f"{wide}\n  If that is meant, write into [editions.{edition.name}] of {SETTINGS_FILE}: "
            'widening_agreed_by = "role, day"'
        )


ORGANISATION_NAME = Text()
MINUTES = Number(1, 600, is_whole=True)
_ORGANISATION: Mapping[str, Rule] = {
    "name": ORGANISATION_NAME,
    "language": Choice(LANGUAGES),
    "currency": Text(3, "[A-Z]{3}", "a currency's three capital letters, such as EUR"),
}
_FOLDER: Mapping[str, Rule] = {"is_shared_by_group": TRUTH}
_RUN: Mapping[str, Rule] = {
    "cycle": Year(),
    "editions": LIST,
    "formats": LIST,
    "as_of": Year(is_day=True),
    "seed": Number(0, 2**32 - 1, is_whole=True),
    "draws": Number(500, 1_000_000, is_whole=True),
}
_EDITION: Mapping[str, Rule] = {
    "title": Text(80),
    "audience": Text(),
    "clearance": Choice(LABELS),
    "withhold_not_for_mainland": TRUTH,
    "smallest_group": Number(1, 1000, is_whole=True),
    "show_withheld_count": TRUTH,
    "case_totals": TRUTH,
    "widening_agreed_by": Text(),
}
# No word that a command or Windows keeps for itself, and none that is too long for a folder.
_EDITION_NAME = Text(
    40,
    r"(?!(?i:all|con|prn|aux|nul|com\d|lpt\d)$)[^\W_][\w-]*",
    "1 to 40 letters, digits, hyphens and underscores, and not “all” or a word of Windows",
)
_NO_TOTALS = (
    f"never told in {', '.join(OUTWARD[:-1])} or {OUTWARD[-1]}, below internal, nor where rows "
    "not for mainland China are withheld"
)
_MAPPING = {
    "likely_match_pct": Number(0, 100),
    "exposure_rank_pct": Number(0, 100),
    "strategy_due_months": Number(0, 240, is_whole=True),
}
_PRESENCE = {
    "budget": Number(0, 1e15),
    "years": Number(1, 20, is_whole=True),
    "inflation_pct": Number(-50, 100),
    "discount_pct": Number(-50, 100),
    "cost_correlation": Number(0, 1),
}
_SCENARIOS = {
    "good_enough": Number(0, 10),
    "tolerance": Number(0, 10),
    "optimism": Number(0, 1),
    "percentile": Number(0, 100),
    "plausible_pct": Number(0, 100),
}
_ASKING: Mapping[str, Rule] = {
    "minutes": MINUTES,
    "influences_pct": Number(0, 100),
    "futures_pct": Number(0, 100),
    "left_out": SECTION,
}
_MAP: Mapping[str, Rule] = {
    "file": Text(),
    "sheet": Text(),
    "table": Text(),
    "columns": SECTION,
    "constants": SECTION,
    "values": SECTION,
}
_SECTIONS = (
    "organisation",
    "folder",
    "run",
    "editions",
    "mapping",
    "presence",
    "scenarios",
    "asking",
    "places",
    "column_maps",
    "chapters",
)


def load_settings(path: Path) -> Settings:
    """Read one `workbook.toml`.

    Raises
    ------
    WorkspaceError
        If the file is not TOML, or holds something unknown or not allowed: all of it at once.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise WorkspaceError(f"{path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise WorkspaceError(f"{path} is not a UTF-8 text file; save it as UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        raise WorkspaceError(f"{path} cannot be read as TOML: {error}.") from None
    except (RecursionError, ValueError):
        # A list in a list in a list; a number of thousands of digits.
        raise WorkspaceError(f"{path} cannot be read as TOML: too deep or too long.") from None
    reader = Reader(path)
    settings = _parse(content, reader)
    if reader.problems:
        raise WorkspaceError(f"{path} has settings to mend:\n  " + "\n  ".join(reader.problems))
    return settings


def _parse(content: Mapping[str, Any], reader: Reader) -> Settings:
    for key in content:
        if key not in _SECTIONS:
            reader.unknown(SETTINGS_FILE, key, list(_SECTIONS))

    def part(name: str, rules: Mapping[str, Rule]) -> dict[str, Any]:
        return reader.section(name, content.get(name, {}), rules)

    organisation, run = part("organisation", _ORGANISATION), part("run", _RUN)
    editions, agreed = _editions(content.get("editions", {}), reader)
    if "editions" in run:
        if not run["editions"]:
            reader.say("run", f"editions = []: must name one or more of: {', '.join(editions)}")
        run["run_editions"] = reader.choices("run.editions", run.pop("editions"), list(editions))
    if "formats" in run:
        run["formats"] = reader.choices("run.formats", run.pop("formats"), FORMATS)
    chosen = part("chapters", {"optional": LIST}).get("optional", ())
    return Settings(
        **organisation,
        **run,
        **part("folder", _FOLDER),
        editions=editions,
        widening_agreed_by=agreed,
        mapping=MappingSettings(**part("mapping", _MAPPING)),
        presence=PresenceSettings(**part("presence", _PRESENCE)),
        scenarios=ScenarioSettings(**part("scenarios", _SCENARIOS)),
        asking=_asking(part("asking", _ASKING), reader),
        place_names=_places(part("places", {"names": SECTION}), reader),
        column_maps=_column_maps(content.get("column_maps", []), reader),
        optional=reader.choices("chapters.optional", chosen, OPTIONAL_CHAPTERS),
    )


def _editions(content: Any, reader: Reader) -> tuple[dict[str, Edition], dict[str, str]]:
    """Editions by name, and who agreed that one shows more than its own default."""
    editions, agreed = dict(DEFAULT_EDITIONS), dict[str, str]()
    if not isinstance(content, dict):
        reader.say("editions", "must hold sections such as [editions.partner]")
        return editions, agreed
    for name, item in content.items():
        if not _EDITION_NAME.fits(name):
            reader.say("editions", f"{shown(name)}: a name must be {_EDITION_NAME.allowed}")
            continue
        where = f"editions.{name}"
        good = reader.section(where, item, _EDITION)
        # Some disks do not tell small letters from large: one folder would hold two editions.
        same = [other for other in editions if other.casefold() == name.casefold()]
        if same and name not in editions:
            reader.say(where, f"differs from {same[0]} in capital letters only; name it otherwise")
            continue
        if name not in editions and "clearance" not in good:
            if not isinstance(item, dict) or "clearance" not in item:
                reader.say(where, f"a new edition needs a clearance: {', '.join(LABELS)}")
            continue
        if "widening_agreed_by" in good:
            agreed[name] = good.pop("widening_agreed_by")
        title = name.replace("_", " ").capitalize()
        base = editions.get(name) or Edition(name, title=title, clearance=LABELS[0])
        editions[name] = replace(base, **good)
        if good.get("case_totals") and not editions[name].may_count_cases:
            reader.say(where, f"case_totals = true: {_NO_TOTALS}")
    return editions, agreed


def _asking(content: Mapping[str, Any], reader: Reader) -> AskingSettings:
    """Minutes, and the questions that are left out, each with its reason."""
    left_out = reader.pairs("asking.left_out", content.get("left_out", {}), Text())
    return AskingSettings(**{**content, "left_out": left_out})


def _places(content: Mapping[str, Any], reader: Reader) -> dict[str, str]:
    names = reader.pairs("places.names", content.get("names", {}), Text())
    return {code.upper(): name for code, name in names.items()}


def _column_maps(content: Any, reader: Reader) -> tuple[ColumnMap, ...]:
    if not isinstance(content, list):
        reader.say("column_maps", "must be written as [[column_maps]]")
        return ()
    maps = []
    for number, item in enumerate(content, 1):
        where = f"column_maps {number}"
        good = reader.section(where, item, _MAP)
        reader.pairs(f"{where}.columns", good.get("columns", {}), Text())
        values = reader.pairs(f"{where}.values", good.get("values", {}), SECTION)
        if "file" in good and "table" in good:
            maps.append(ColumnMap(**{**good, **({"values": values} if values else {})}))
        elif isinstance(item, dict) and not {"file", "table"} <= item.keys():
            reader.say(where, "needs file and table")
    return tuple(maps)
