"""Conditions, triggers and signposts: what held and no longer does, and what is newly seen."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from strategy_lib.chapters.annual.context import Context
from strategy_lib.chapters.context import NOT_SAID
from strategy_lib.chapters.registry import number_of
from strategy_lib.chapters.validity import is_lapsed
from strategy_lib.schema.schema import table_schema

HELD = {"yes", "in_place"}
SEEN = {"seen", "crossed"}


@dataclass(frozen=True)
class Watched:
    """A table of things of which somebody says how they stand.

    Attributes
    ----------
    state, text, day : str
        Columns: how it stands, what it is, and when somebody last looked.
    unsaid : str
        State of what nobody has looked at.
    """

    table: str
    state: str
    text: str
    day: str
    unsaid: str

    def rows(self, context: Context) -> pd.DataFrame:
        """Its rows now, with `then` (state last year) and `was_listed`."""
        (key,) = table_schema(self.table).primary_key
        then, now = (frame.dropna(subset=[key]) for frame in context.both(self.table))
        before = then.drop_duplicates(key).set_index(key)[self.state]
        frame = now.sort_values(key, kind="stable")
        was = frame[key].map(before).astype("str")
        return frame.assign(then=was, was_listed=frame[key].isin(before.index))

    def in_words(self, context: Context, states: pd.Series[str]) -> list[str]:
        """States in words; what was not listed has none."""
        said = [context.said(self.table, self.state, code) for code in states]
        return [words or "not listed" for words in said]

    def kinds(self, context: Context, frame: pd.DataFrame) -> list[str]:
        """What sort of thing each row is."""
        if self.table == "signposts":
            return ["Signpost"] * len(frame)
        return [context.said(self.table, "kind", kind) for kind in frame["kind"]]


LAW = Watched("legal_conditions", "is_met", "condition", "counsel_checked_date", "unknown")
TERMS = Watched("presence_terms", "state", "text", "last_checked", "not_checked")
SIGNPOSTS = Watched("signposts", "status", "observable", "seen_at", "not_looked")
WATCHED = (LAW, TERMS, SIGNPOSTS)


def moved_states(context: Context) -> pd.DataFrame:
    """Conditions, triggers, exit terms and signposts that stand otherwise than last year.

    Returns
    -------
    DataFrame
        `kind`, `text`, `then`, `now`, `no_longer_holds` (it was met or in place, and is not now),
        `is_new_sign` (a trigger seen, or a signpost crossed, that was not last year), `owner`.
    """
    frame = pd.concat([_moved(context, watched) for watched in WATCHED], ignore_index=True)
    order = frame.sort_values(
        ["no_longer_holds", "is_new_sign", "kind", "text"],
        ascending=[False, False, True, True],
        kind="stable",
    )
    return context.listed(order)


def _moved(context: Context, watched: Watched) -> pd.DataFrame:
    frame = watched.rows(context)
    frame = frame[frame["was_listed"]]
    then, now = (frame[name].fillna(watched.unsaid) for name in ("then", watched.state))
    owner = frame["owner_role"] if "owner_role" in frame else pd.Series(pd.NA, index=frame.index)
    made = pd.DataFrame(
        {
            "kind": watched.kinds(context, frame),
            "text": frame[watched.text],
            "then": watched.in_words(context, then),
            "now": watched.in_words(context, now),
            "no_longer_holds": then.isin(HELD) & ~now.isin(HELD),
            "is_new_sign": now.isin(SEEN) & (now != then),
            "owner": owner.fillna(NOT_SAID).astype("str"),
        }
    )
    return made[(then != now).to_numpy()]


def signs(context: Context) -> pd.DataFrame:
    """Triggers that are seen and signposts that are crossed now, whatever they were last year.

    Returns
    -------
    DataFrame
        `kind`, `text`, `then`, `owner`, `since`.
    """
    parts = [_seen(context, watched) for watched in (TERMS, SIGNPOSTS)]
    return context.listed(pd.concat(parts, ignore_index=True))


def _seen(context: Context, watched: Watched) -> pd.DataFrame:
    frame = watched.rows(context)
    frame = frame[frame[watched.state].isin(SEEN)]
    return pd.DataFrame(
        {
            "kind": watched.kinds(context, frame),
            "text": frame[watched.text],
            "then": watched.in_words(context, frame["then"]),
            "owner": frame["owner_role"].fillna(NOT_SAID),
            "since": frame[watched.day],
        }
    )


def count_watched(context: Context) -> int:
    """How many conditions, terms and signposts both cycles list."""
    return sum(int(watched.rows(context)["was_listed"].sum()) for watched in WATCHED)


def unmet(context: Context) -> pd.DataFrame:
    """Conditions that a standing decision rests on and that do not hold now, by decision.

    Conditions of the law on the legal route of the option that was chosen, and conditions listed
    for it; what nobody has checked, or counsel confirmed before a change of law was seen, does not
    hold as far as anybody knows.

    Returns
    -------
    DataFrame
        `decision_id`, `condition`, `then`, `now`, `as_of` (when it was last confirmed or checked),
        `is_known` (whether anybody can tell).
    """
    columns = ["decision_id", "condition", "then", "now", "as_of", "is_known"]
    frame = _resting_on(context)
    return context.listed(frame.loc[~frame["holds"].astype(bool), columns])


def count_conditions(context: Context) -> int:
    """How many conditions standing decisions rest on, whether they hold or not."""
    return len(_resting_on(context))


def _resting_on(context: Context) -> pd.DataFrame:
    columns = ["decision_id", "condition", "then", "now", "as_of", "is_known", "holds"]
    taken = context.table("decisions").dropna(subset=["decision_id", "option_id"])
    routes = context.table("presence_options").drop_duplicates("option_id").set_index("option_id")
    law = _conditions_of_law(context)
    terms = _as_conditions(context, TERMS, TERMS.rows(context), "option_id")
    parts = [pd.DataFrame(columns=columns)]
    for row in taken[taken["chapter"] == number_of("presence")].to_dict("records"):
        option = row["option_id"]
        route = routes["legal_route"].get(option)
        own = [law[law["of"] == route], terms[terms["of"].isin([option, ""])]]
        parts += [part.assign(decision_id=row["decision_id"])[columns] for part in own]
    return pd.concat([part for part in parts if len(part)] or parts[:1])


def _conditions_of_law(context: Context) -> pd.DataFrame:
    frame = LAW.rows(context)
    terms, options = context.table("presence_terms"), context.table("presence_options")
    lapsed = is_lapsed(frame, terms, options)
    frame["is_met"] = frame["is_met"].mask(lapsed, LAW.unsaid)
    return _as_conditions(context, LAW, frame, "legal_route")


def _as_conditions(
    context: Context, watched: Watched, frame: pd.DataFrame, of: str
) -> pd.DataFrame:
    frame = frame[frame["kind"] == "condition"]
    now = frame[watched.state].fillna(watched.unsaid)
    return pd.DataFrame(
        {
            "of": frame[of].fillna(""),
            "condition": frame[watched.text],
            "then": watched.in_words(
                context, frame["then"].fillna(watched.unsaid).where(frame["was_listed"])
            ),
            "now": watched.in_words(context, now),
            "as_of": frame[watched.day],
            "is_known": now.ne(watched.unsaid).astype(bool),
            "holds": now.isin(HELD).astype(bool),
        }
    )
