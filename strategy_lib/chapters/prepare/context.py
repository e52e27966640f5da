"""What every table of chapter 00 starts from: who judged which recommendation how, and labels."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from strategy_lib.chapters.context import NOT_SAID, EditionContext, whole_frames
from strategy_lib.editions.snapshot import Snapshot
from strategy_lib.schema.reference import reference

TABLES = (
    "units",
    "assessors",
    "readiness",
    "values_canvas",
    "coordination",
    "data_flows",
    "knowledge_bank",
    "turnover",
    "secondments",
)
HIGHEST_LEVEL = 4
IN_PLACE = 3
_LONGEST = 60
_KEYS = ["assessor_id", "unit_id", "recommendation_id"]
_SAID = ["level", "importance", "owner_role", "due_date", "evidence"]


@dataclass(frozen=True, eq=False)
class Context(EditionContext):
    """Restricted tables of one edition, and the judgements in them.

    Attributes
    ----------
    units : mapping of str to str
        Unit code -> its name.
    judged : DataFrame
        One row an assessor, unit and recommendation: `assessor_id`, `unit_id`, `unit`,
        `recommendation_id`, `level` (0 to 4), `importance` (0 to 4), `owner_role`, `due_date`,
        `evidence`; of each the last that was said, missing where nothing was.
    items : DataFrame
        Recommendations in the guide's order: `recommendation_id`, `recommendation` (number and
        topic), `group`, `in_place` (what level 3 would look like).
    unknown_ids : tuple of str
        Numbers that somebody answered and the guide does not have.
    is_too_few : bool
        Whether fewer people answered than the edition may count; nothing of theirs is shown.
    """

    units: Mapping[str, str]
    judged: pd.DataFrame
    items: pd.DataFrame
    unknown_ids: tuple[str, ...]
    is_too_few: bool

    def frame(self, table: str) -> pd.DataFrame:
        """A table with every column of its schema; what the edition withholds is missing."""
        return self.frames[table].copy()

    def unit_of(self, codes: pd.Series[str], no_code: str = NOT_SAID) -> pd.Series[str]:
        """Names of units; `no_code` where no unit is given."""
        made = [self.units.get(code, code) if pd.notna(code) else no_code for code in codes]
        return pd.Series(made, codes.index, dtype="str")


def context_of(inputs: Snapshot) -> Context:
    """Everything that the tables of the chapter are made from."""
    restricted = inputs.restricted
    frames = whole_frames(restricted, TABLES)
    known, units = recommendations(), unit_names(frames["units"])
    judged = judgements(frames, units)
    is_known = judged["recommendation_id"].isin(known["recommendation_id"])
    unknown = sorted(set(judged.loc[~is_known, "recommendation_id"]))
    judged = judged[is_known].reset_index(drop=True)
    people = judged.loc[judged["level"].notna(), "assessor_id"].nunique()
    is_too_few = 0 < people < restricted.edition.fewest_people
    return Context(
        inputs=restricted,
        frames=frames,
        units=units,
        as_of=inputs.as_of,
        language=inputs.language,
        judged=judged.iloc[:0] if is_too_few else judged,
        items=_asked(known, judged),
        unknown_ids=tuple(unknown),
        is_too_few=is_too_few,
    )


def recommendations() -> pd.DataFrame:
    """The guide's recommendations and their parts, in its order.

    Examples
    --------
    >>> recommendations()["recommendation"].iloc[0]
    '1 Know what every office does'
    """
    guide, short = reference("recommendations"), reference("readiness_levels")
    frame = guide.merge(
        short[["recommendation_id", "title", "in_place"]], on="recommendation_id", how="left"
    )
    topic = frame["title"].fillna(frame["summary"].map(_beginning))
    frame["recommendation"] = frame["recommendation_id"] + " " + topic
    order = frame["recommendation_id"].map(_natural).sort_values(kind="stable").index
    columns = ["recommendation_id", "parent_id", "recommendation", "group", "in_place"]
    return frame.loc[order, columns].reset_index(drop=True)


def _beginning(text: str) -> str:
    first = re.split(r"[,;:.(]", text)[0]
    return first if len(first) <= _LONGEST else first[:_LONGEST].rsplit(" ", 1)[0] + " …"


def _natural(code: str) -> str:
    return re.sub(r"\d+", lambda match: match.group().zfill(4), code)


def _asked(known: pd.DataFrame, judged: pd.DataFrame) -> pd.DataFrame:
    """What offices are asked, and the parts of a recommendation that somebody answered."""
    answered = known["recommendation_id"].isin(judged["recommendation_id"])
    chosen = known[known["parent_id"].isna() | answered]
    return chosen.drop(columns="parent_id").reset_index(drop=True)


def judgements(frames: Mapping[str, pd.DataFrame], units: Mapping[str, str]) -> pd.DataFrame:
    """Who said what of which recommendation: the last that each person said of each thing.

    A second round may change one thing only; what it leaves empty stays as it was said before. A
    row that says nothing at all is no answer and is left out.
    """
    rows = frames["readiness"]
    rows = rows[rows["assessor_id"].notna() & rows["recommendation_id"].notna()]
    rows = rows[rows[_SAID].notna().any(axis=1)]
    listed = frames["assessors"].drop_duplicates("assessor_id").set_index("assessor_id")
    own = rows["assessor_id"].map(listed["unit_id"])
    rows = rows.assign(
        unit_id=rows["unit_id"].fillna(own).fillna(NOT_SAID).astype("str"),
        round=rows["round"].fillna(1),
    )
    last = rows.sort_values([*_KEYS, "round"], kind="stable").groupby(_KEYS, sort=True)[_SAID]
    made = last.last().reset_index()
    named = made["unit_id"].map(units)
    return made.assign(unit=named.fillna(made["unit_id"]).astype("str"))


def unit_names(units: pd.DataFrame) -> dict[str, str]:
    """Unit code -> its name, with the code where two units have the same name."""
    listed = units.drop_duplicates("unit_id")
    codes, names = list(listed["unit_id"]), list(listed["name"].fillna(listed["unit_id"]))
    return {
        code: f"{name} ({code})" if names.count(name) > 1 else name
        for code, name in zip(codes, names, strict=True)
    }
