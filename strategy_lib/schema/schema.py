"""A table's one definition: its fields, codes, keys and labels, as `data/schemas/*.json` says."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

from strategy_lib.core.audiences import DEFAULT_LABEL
from strategy_lib.core.errors import StrategyError
from strategy_lib.core.resources import resource
from strategy_lib.core.settings import LANGUAGES as LANGUAGES
from strategy_lib.schema.name_keys import sorting_key

# What spreadsheet programs allow in the name of a sheet.
_NO_SHEET_SIGN = re.compile(r"[\[\]:*?/\\]")
_LONGEST_SHEET = 31
FieldType = Literal["string", "integer", "number", "boolean", "date", "list"]


@dataclass(frozen=True)
class Code:
    """One allowed value of a code list, with its label in each language."""

    code: str
    labels: Mapping[str, str]
    description: str = ""

    def label(self, language: str = "en") -> str:
        """Label in `language`, in English where there is no translation."""
        return self.labels.get(language) or self.labels["en"]


@dataclass(frozen=True)
class CodeList:
    """The allowed values of a field, in the order in which forms and figures show them.

    Attributes
    ----------
    is_by_name : bool
        Whether people look for a value by its name, so that lists are in the order of names.
    """

    name: str
    title: str
    description: str
    codes: tuple[Code, ...]
    is_by_name: bool = False

    def listed(self, language: str = "en") -> tuple[Code, ...]:
        """The codes in the order in which a list in `language` offers them.

        Examples
        --------
        >>> [c.label("fr") for c in code_list("country").listed("fr")][:2]
        ['Afghanistan', 'Afrique du Sud']
        """
        if not self.is_by_name:
            return self.codes
        order = {code.code: sorting_key(code.label(language), language) for code in self.codes}
        return tuple(sorted(self.codes, key=lambda code: (order[code.code], code.code)))

    @property
    def values(self) -> tuple[str, ...]:
        """The codes themselves, as stored in tables."""
        return tuple(code.code for code in self.codes)

    def label(self, value: str, language: str = "en") -> str:
        """Label of one code; the code itself where it is not in the list.

        Examples
        --------
        >>> code_list("stance").label("critical")
        'Critical'
        """
        return next((c.label(language) for c in self.codes if c.code == value), value)


@dataclass(frozen=True)
class Field:
    """One column: what it means, what is allowed, and who may see it.

    Attributes
    ----------
    visible_to : str
        Lowest clearance at which the column is shown, whatever the label of the row.
    refers_to : tuple of str, optional
        `(table, field)` whose values are allowed here; a weak reference (`is_weak`) may also name
        something that the other table does not hold.
    is_later : bool
        Whether its column is folded in forms, one click away.
    most_letters, most_words : int
        How long a text may be to be read at a glance; a longer one is pointed out. 0: any.
    """

    name: str
    type: FieldType
    titles: Mapping[str, str]
    descriptions: Mapping[str, str]
    unit: str = ""
    example: str = ""
    codes: str | None = None
    required: bool = False
    unique: bool = False
    minimum: float | None = None
    maximum: float | None = None
    pattern: str | None = None
    visible_to: str = "public"
    refers_to: tuple[str, str] | None = None
    is_weak: bool = False
    is_later: bool = False
    most_letters: int = 0
    most_words: int = 0

    def title(self, language: str = "en") -> str:
        """Heading in `language`, in English where there is no translation."""
        return self.titles.get(language) or self.titles["en"]

    def description(self, language: str = "en") -> str:
        """What to enter, in `language`, in English where there is no translation."""
        return self.descriptions.get(language) or self.descriptions["en"]

    @property
    def code_list(self) -> CodeList | None:
        """The code list of this field, if it has one."""
        return code_list(self.codes) if self.codes else None


@dataclass(frozen=True)
class TableSchema:
    """One table that can be entered.

    Attributes
    ----------
    area : str
        Folder below `inputs/` that its files are dropped into.
    filled_by : str
        Who fills it in: `office`, `coordinator` or `assessor`; `peer` where it comes from packs.
    version : int
        Raised when a field's meaning changes; older cycles are read through migrations.
    prefilled_from : str
        Reference table whose rows stand in the blank form as a starting list.
    prefilled_by : mapping of str to str
        Field -> table (or reference table) whose keys it takes: the form has one row for each
        combination of them, to be judged.
    shown_beside : tuple of str
        Fields that a form shows beside a key of this table, for reading.
    default_handling : str
        Label that a row without one counts as.
    default_not_for_mainland : bool
        Whether a row that does not say so must stay out of mainland China.
    no_longer_asked : mapping of str to tuple of str
        Fields that forms of earlier years have and that nothing was made of -> their headings.
    """

    name: str
    titles: Mapping[str, str]
    descriptions: Mapping[str, str]
    area: str
    filled_by: str
    version: int
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    prefilled_from: str = ""
    prefilled_by: Mapping[str, str] = field(default_factory=dict)
    shown_beside: tuple[str, ...] = ()
    default_handling: str = DEFAULT_LABEL
    default_not_for_mainland: bool = False
    no_longer_asked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    by_name: Mapping[str, Field] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {f.name: f for f in self.fields})

    def __getitem__(self, name: str) -> Field:
        return self.by_name[name]

    def title(self, language: str = "en") -> str:
        """Sheet title in `language`, in English where there is no translation."""
        return self.titles.get(language) or self.titles["en"]

    def sheet(self, language: str = "en") -> str:
        """Name of its sheet in a form: its title in `language`, else the table's own name.

        Examples
        --------
        >>> schemas()["activities"].sheet("fr"), schemas()["activities"].sheet()
        ('Activités', 'activities')
        """
        title = "" if language == "en" else self.titles.get(language, "")
        return _NO_SHEET_SIGN.sub("", title).strip(" '")[:_LONGEST_SHEET].strip() or self.name

    def description(self, language: str = "en") -> str:
        """What the table is for, in `language`, in English where there is no translation."""
        return self.descriptions.get(language) or self.descriptions["en"]

    @property
    def names(self) -> tuple[str, ...]:
        """Field names in the order of the form."""
        return tuple(f.name for f in self.fields)


def _translated(item: Mapping[str, Any], key: str) -> dict[str, str]:
    return {"en": item.get(key, ""), **item.get(f"{key}s", {})}


def _reference(item: Mapping[str, Any], foreign_keys: list[dict[str, Any]]) -> dict[str, Any]:
    for key in foreign_keys:
        if key["fields"] == [item["name"]]:
            reference = key["reference"]
            return {
                "refers_to": (reference["resource"], reference["fields"][0]),
                "is_weak": bool(key.get("weak", False)),
            }
    return {}


def _field(item: Mapping[str, Any], foreign_keys: list[dict[str, Any]]) -> Field:
    limits = item.get("constraints", {})
    return Field(
        name=item["name"],
        type=item["type"],
        titles=_translated(item, "title"),
        descriptions=_translated(item, "description"),
        unit=item.get("unit", ""),
        example=item.get("example", ""),
        codes=item.get("codes"),
        required=limits.get("required", False),
        unique=limits.get("unique", False),
        minimum=limits.get("minimum"),
        maximum=limits.get("maximum"),
        pattern=limits.get("pattern"),
        visible_to=item.get("visible_to", "public"),
        is_later=item.get("is_later", False),
        most_letters=item.get("advised", {}).get("letters", 0),
        most_words=item.get("advised", {}).get("words", 0),
        **_reference(item, foreign_keys),
    )


def _read_json(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def parse_schema(content: Mapping[str, Any]) -> TableSchema:
    """A table as its file in `data/schemas/` describes it."""
    keys = content.get("foreignKeys", [])
    return TableSchema(
        name=content["name"],
        titles=_translated(content, "title"),
        descriptions=_translated(content, "description"),
        area=content["area"],
        filled_by=content["filled_by"],
        version=content["version"],
        fields=tuple(_field(item, keys) for item in content["fields"]),
        primary_key=tuple(content.get("primaryKey", ())),
        prefilled_from=content.get("prefilled_from", ""),
        prefilled_by=content.get("prefilled_by", {}),
        shown_beside=tuple(content.get("shown_beside", ())),
        default_handling=content.get("default_handling", DEFAULT_LABEL),
        default_not_for_mainland=content.get("default_not_for_mainland", False),
        no_longer_asked={k: tuple(v) for k, v in content.get("no_longer_asked", {}).items()},
    )


@cache
def code_list(name: str) -> CodeList:
    """One code list of `data/codes/`.

    Examples
    --------
    >>> code_list("handling").values
    ('public', 'partner', 'internal', 'restricted')
    """
    path = resource("data", "codes", f"{name}.json")
    if not path.is_file():
        raise StrategyError(f"There is no code list {name!r} in data/codes/.")
    content = _read_json(path)
    codes = tuple(
        Code(item["code"], _translated(item, "label"), item.get("description", ""))
        for item in content["codes"]
    )
    texts = (content["name"], content["title"], content["description"])
    return CodeList(*texts, codes, is_by_name=content.get("order") == "name")


@cache
def schemas() -> Mapping[str, TableSchema]:
    """Every table that can be entered, by name, in the order of areas and forms."""
    paths = sorted(resource("data", "schemas").glob("*.json"))
    parsed = [parse_schema(content) for content in sorted(map(_read_json, paths), key=_form_order)]
    return {schema.name: schema for schema in parsed}


def _form_order(content: Mapping[str, Any]) -> tuple[str, int, str]:
    return content["area"], content["order"], content["name"]


def table_schema(name: str) -> TableSchema:
    """The schema of one table.

    Examples
    --------
    >>> table_schema("activities").primary_key
    ('activity_id',)
    """
    try:
        return schemas()[name]
    except KeyError:
        raise StrategyError(
            f"There is no table {name!r}; the tables are: {', '.join(schemas())}."
        ) from None
