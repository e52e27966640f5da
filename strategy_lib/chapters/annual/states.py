"""Conditions, triggers and signposts: what held and no longer does, and what is newly seen."""

from __future__ import annotations

import pandas as pd

from strategy_lib.chapters.annual.context import NOT_SAID, Context
from strategy_lib.chapters.validity import is_lapsed

HELD = {"yes", "in_place"}


def moved_states(context: Context) -> pd.DataFrame:
    """Conditions, triggers, exit terms and signposts that stand otherwise than last year.

    Returns
    -------
    DataFrame
        `kind`, `text`, `then`, `now`, `no_longer_holds` (it was met or in place, and is not now),
        `is_new_sign` (a trigger seen, or a signpost crossed, that was not last year), `owner`.
    """
    columns = ["kind", "text", "then", "now", "no_longer_holds", "is_new_sign", "owner"]
    parts = [
        _moved(context, "legal_conditions", "condition_id", "is_met", "condition"),
        _moved(context, "presence_terms", "term_id", "state", "text"),
        _moved(context, "signposts", "signpost_id", "status", "observable"),
    ]
    frame = pd.concat(parts, ignore_index=True)
    order = frame.sort_values(
        ["no_longer_holds", "is_new_sign", "kind", "text"],
        ascending=[False, False, True, True],
        kind="stable",
    )
    return context.listed(order[columns])


_CODES = {"is_met": "yes_no_unknown", "state": "term_state", "status": "signpost_status"}
_UNSAID = {"is_met": "unknown", "state": "not_checked", "status": "not_looked"}


def _moved(context: Context, name: str, key: str, state: str, text: str) -> pd.DataFrame:
    then, now = (frame.dropna(subset=[key]) for frame in context.both(name))
    before = then.drop_duplicates(key).set_index(key)[state]
    frame = now.assign(then=now[key].map(before)).loc[now[key].isin(before.index)]
    then_code, now_code = (frame[c].fillna(_UNSAID[state]) for c in ("then", state))
    kind = _kinds(context, name, frame)
    owner = frame["owner_role"] if "owner_role" in frame else pd.Series(pd.NA, index=frame.index)
    made = pd.DataFrame(
        {
            "kind": kind,
            "text": frame[text],
            "then": [context.label(_CODES[state], code) for code in then_code],
            "now": [context.label(_CODES[state], code) for code in now_code],
            "no_longer_holds": then_code.isin(HELD) & ~now_code.isin(HELD),
            "is_new_sign": now_code.isin({"seen", "crossed"}) & (now_code != then_code),
            "owner": owner.fillna(NOT_SAID).astype("str"),
        }
    )
    return made[(then_code != now_code).to_numpy()]


def _kinds(context: Context, name: str, frame: pd.DataFrame) -> list[str]:
    if name == "legal_conditions":
        return [context.label("legal_kind", kind) for kind in frame["kind"]]
    if name == "presence_terms":
        return [context.label("term_kind", kind) for kind in frame["kind"]]
    return ["Signpost"] * len(frame)


def signs(context: Context) -> pd.DataFrame:
    """Triggers that are seen and signposts that are crossed now, whatever they were last year.

    Returns
    -------
    DataFrame
        `kind`, `text`, `then`, `owner`, `since`.
    """
    terms = _seen(context, "presence_terms", "term_id", "state", "seen", "text", "last_checked")
    posts = _seen(context, "signposts", "signpost_id", "status", "crossed", "observable", "seen_at")
    return context.listed(pd.concat([terms, posts], ignore_index=True))


def _seen(
    context: Context, name: str, key: str, state: str, code: str, text: str, day: str
) -> pd.DataFrame:
    then, now = (frame.dropna(subset=[key]) for frame in context.both(name))
    frame = now[now[state] == code].sort_values(key, kind="stable")
    before = then.drop_duplicates(key).set_index(key)[state]
    was = [before.get(one) for one in frame[key]]
    return pd.DataFrame(
        {
            "kind": _kinds(context, name, frame),
            "text": frame[text].to_numpy(),
            "then": [context.label(_CODES[state], w) or "not listed" for w in was],
            "owner": frame["owner_role"].fillna(NOT_SAID).to_numpy(),
            "since": frame[day].to_numpy(),
        }
    )


def count_watched(context: Context) -> int:
    """How many conditions, terms and signposts both cycles list."""
    keys = {
        "legal_conditions": "condition_id",
        "presence_terms": "term_id",
        "signposts": "signpost_id",
    }
    both = ((context.both(name), key) for name, key in keys.items())
    return sum(int(now[key].dropna().isin(then[key].dropna()).sum()) for (then, now), key in both)


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
    law, terms = _conditions_of_law(context), _listed_conditions(context)
    parts = [pd.DataFrame(columns=columns)]
    for row in taken[taken["chapter"] == "02"].to_dict("records"):
        option = row["option_id"]
        route = routes["legal_route"].get(option)
        own = [law[law["of"] == route], terms[terms["of"].isin([option, ""])]]
        parts += [part.assign(decision_id=row["decision_id"])[columns] for part in own]
    return pd.concat([part for part in parts if len(part)] or parts[:1])


def _conditions_of_law(context: Context) -> pd.DataFrame:
    frame = _with_then(context, "legal_conditions", "condition_id", "is_met")
    terms, options = context.table("presence_terms"), context.table("presence_options")
    lapsed = is_lapsed(frame, terms, options)
    frame["is_met"] = frame["is_met"].mask(lapsed, _UNSAID["is_met"])
    frame = frame[frame["kind"] == "condition"]
    return _as_conditions(
        context, frame, "legal_route", "condition", "is_met", "counsel_checked_date"
    )


def _listed_conditions(context: Context) -> pd.DataFrame:
    frame = _with_then(context, "presence_terms", "term_id", "state")
    frame = frame[frame["kind"] == "condition"]
    return _as_conditions(context, frame, "option_id", "text", "state", "last_checked")


def _with_then(context: Context, name: str, key: str, state: str) -> pd.DataFrame:
    then, now = (frame.dropna(subset=[key]) for frame in context.both(name))
    before = then.drop_duplicates(key).set_index(key)[state]
    frame = now.sort_values(key, kind="stable")
    return frame.assign(then=frame[key].map(before), was_listed=frame[key].isin(before.index))


def _as_conditions(
    context: Context, frame: pd.DataFrame, of: str, text: str, state: str, day: str
) -> pd.DataFrame:
    codes, unsaid = _CODES[state], _UNSAID[state]
    then = frame["then"].astype("str").fillna(unsaid).where(frame["was_listed"])
    return pd.DataFrame(
        {
            "of": frame[of].fillna(""),
            "condition": frame[text],
            "then": [context.label(codes, code) or "not listed" for code in then],
            "now": [context.label(codes, code) for code in frame[state].fillna(unsaid)],
            "as_of": frame[day],
            "is_known": frame[state].fillna(unsaid).ne(unsaid).astype(bool),
            "holds": frame[state].isin(HELD).astype(bool),
        }
    )
