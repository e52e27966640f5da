"""Chapter 01: what offices already do with, on or about China, and where the gaps are."""

from __future__ import annotations

from collections.abc import Mapping

import networkx as nx
import pandas as pd

from strategy_lib.chapters.context import whole_frames
from strategy_lib.chapters.mapping import actors, coverage, tables
from strategy_lib.chapters.mapping.context import TABLES, Context
from strategy_lib.chapters.mapping.country_cards import country_cards
from strategy_lib.chapters.result import ChapterInputs, ChapterResult
from strategy_lib.core.messages import say
from strategy_lib.core.settings import Settings
from strategy_lib.editions.snapshot import Snapshot
from strategy_lib.inputs.checks.answers import SILENT
from strategy_lib.methods.name_matching import NameResolution, resolve_names
from strategy_lib.methods.networks import brokers
from strategy_lib.schema.name_keys import name_key
from strategy_lib.schema.reference import places, reference, reference_source

# A year with fewer recorded votes says little about how alike two countries vote.
FEWEST_VOTES = 20
MOST_POINTS = 15
TOTALS = (
    "n_highly_exposed",
    "n_counterparts",
    "n_seen_differently_if_joined",
    "n_strategies",
    "n_strategies_due",
)
LISTS = (
    "entry_points",
    "entry_points_elsewhere",
    "overlaps",
    "contradictions",
    "links",
    "single_person",
    "brokers",
    "names_to_confirm",
    "names_in_conflict",
    "added_value",
    "local_initiatives",
    "strategies_first",
    "capacity_gaps",
    "country_cards",
)


def analyse(given: ChapterInputs) -> ChapterResult:
    """Everything that chapter 01 shows; it has no parameters of its own."""
    context, names = _context(given.now)
    network = tables.network(context, tables.with_counterparts(context, tables.answers(context)))
    made = _tables(context, names, network)
    return ChapterResult(
        tables=made,
        notes=_notes(context),
        said={"exposure": _exposure_note(made["blind_spots"])},
        given={"network": network},
    )


def _exposure_note(spots: pd.DataFrame) -> str:
    note = say("mapping-note-exposure")
    if tables.VOTES not in spots:
        return note
    source = reference_source("context_un_votes")
    about = {"source": source.attribution, "as_of": str(source.as_of)}
    return " ".join([note, say("mapping-note-votes", fewest=FEWEST_VOTES, **about)])


def _context(inputs: Snapshot) -> tuple[Context, NameResolution]:
    frames = whole_frames(inputs.restricted, TABLES)
    names = resolve_names(
        frames["activities"]["counterpart"].dropna(),
        frames["counterparts"].dropna(subset=["name"]),
        frames["name_decisions"],
        name_key,
        inputs.mapping.likely_match_pct,
    )
    exposure = exposure_by_country(inputs)
    context = Context(
        inputs=inputs.restricted,
        frames=frames,
        exposure=exposure,
        canonical=names.canonical,
        settings=inputs.mapping,
        as_of=inputs.as_of,
        language=inputs.language,
    )
    return context, names


def exposure_by_country(inputs: Snapshot | Settings) -> pd.DataFrame:
    """How exposed countries are to Chinese development finance, by country code.

    The rank counts known amounts only (AidData, 2000-2021, constant US dollars of 2021); a country
    without a known amount has no rank and is never taken for unexposed.
    """
    frame = places(inputs.place_names, inputs.language).set_index("country_code")
    finance = reference("context_finance").set_index("country_code")["amount_usd_2021"]
    votes = reference("context_un_votes")
    votes = votes[votes["n_votes"] >= FEWEST_VOTES].sort_values("year")
    votes = votes.drop_duplicates("country_code", keep="last").set_index("country_code")
    frame["finance_bnusd"] = (finance / 1e9).round(2)
    frame["un_votes_alike_pct"] = votes["agree_pct"]
    frame["exposure_rank"] = (
        finance.reindex(frame.index).rank(ascending=False, method="min").astype("Int64")
    )
    known = int(frame["exposure_rank"].notna().sum())
    last = round(known * inputs.mapping.exposure_rank_pct / 100)
    frame["is_highly_exposed"] = (frame["exposure_rank"] <= last).fillna(False).astype(bool)
    return frame


def _tables(context: Context, names: NameResolution, network: nx.Graph) -> dict[str, pd.DataFrame]:
    who = tables.answers(context)
    named = tables.with_counterparts(context, who)
    shared, known = tables.overlaps(named), actors.actors(context)
    points = actors.kind_and_place(tables.entry_points(context, named), known)
    is_elsewhere = points["from"].isin([actors.MULTILATERAL, actors.ELSEWHERE])
    capacity = tables.capacity_matrix(context, who)
    made = {
        "answers": who.drop(columns=["unit_id", "country_code"]),
        "answers_by_kind": coverage.answers_by_kind(context, who),
        "discovery": _known(context),
        "silence": _silence(context, who),
        "discovery_by_theme": tables.discovery(context, "theme", "theme"),
        "discovery_by_stance": tables.discovery(context, "stance", "stance"),
        "answers_by_region": coverage.answers_by_region(context, who),
        "countries": coverage.countries(context, who),
        "coverage_places": tables.coverage_places(context),
        "coverage_matrix": tables.coverage_matrix(context, who),
        "themes_without": tables.themes_without(context),
        "blind_spots": tables.blind_spots(context, who),
        "entry_points": points[~is_elsewhere].head(MOST_POINTS).reset_index(drop=True),
        "entry_points_elsewhere": points[is_elsewhere].head(MOST_POINTS).reset_index(drop=True),
        "overlaps": actors.kind_and_place(shared, known),
        "contradictions": actors.kind_and_place(tables.contradictions(named), known),
        "links": tables.links(named, shared),
        "single_person": actors.kind_and_place(tables.single_person(named), known),
        "contacts_by_strength": coverage.contacts_by_strength(context, named),
        "brokers": brokers(network),
        "capacity_matrix": capacity,
        "capacity_gaps": tables.capacity_gaps(capacity),
        "names_to_confirm": names.to_confirm,
        "names_in_conflict": names.conflicts,
        "strategies_first": tables.strategies_first(context),
        "country_cards": country_cards(context.inputs),
        "added_value": tables.added_value(context),
        "local_initiatives": tables.local_initiatives(context),
    }
    made["totals"] = _totals(context, named, made)
    return made if context.lists_records else _without_records(made)


def _totals(
    context: Context, named: pd.DataFrame, made: Mapping[str, pd.DataFrame]
) -> pd.DataFrame:
    """What sentences of the page count against; missing is what the edition may not say."""
    counts = {"n_highly_exposed": int(context.exposure["is_highly_exposed"].sum())}
    if context.lists_records:
        counts["n_strategies"] = len(context.frames["country_strategies"])
        counts["n_strategies_due"] = len(tables.strategies_due(context))
    if context.lists_records and context.can_show("activities", "counterpart"):
        joined = actors.joined_by_name(named, made["names_to_confirm"], context)
        counts["n_counterparts"] = int(named.loc[named["is_current"], "shown_as"].nunique())
        counts["n_seen_differently_if_joined"] = len(tables.contradictions(joined))
    return pd.DataFrame([counts], columns=list(TOTALS), dtype="Int64")


def _without_records(made: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Tables of an edition that counts no small group: those that list single records are empty."""
    emptied = {name: made[name].iloc[:0] for name in (*LISTS, "answers", "capacity_matrix")}
    spots = made["blind_spots"].assign(why="no activity in this edition")
    return {**made, **emptied, "blind_spots": spots}


def _known(context: Context) -> pd.DataFrame:
    known = context.frames["activities"]["is_known_to_centre"]
    counts = {
        "n_not_known": int((known == False).sum()),  # noqa: E712
        "n_known": int((known == True).sum()),  # noqa: E712
        "n_not_said": int(known.isna().sum()),
    }
    counts["n_told"] = counts["n_not_known"] + counts["n_known"]
    is_small = any(0 < count < context.smallest for count in counts.values())
    row = dict.fromkeys(counts, pd.NA) if is_small else counts
    return pd.DataFrame([row], dtype="Int64")


def _silence(context: Context, who: pd.DataFrame) -> pd.DataFrame:
    """Bounds of the discovery share, if silent offices do as much as the others on average.

    Activities that are set aside may be known to the centre or not, as those of silent offices.
    """
    columns = ["low_pct", "high_pct", "assumed_per_office"]
    known = _known(context).iloc[0]
    answered = int((who["answer"] != SILENT).sum())
    silent = int((who["answer"] == SILENT).sum())
    if context.smallest > 1 or not answered or not known["n_told"]:
        return pd.DataFrame(columns=columns)
    away = sum(context.inputs.incomplete.values())
    each = (known["n_told"] + away) / answered
    untold = each * silent + away
    total = known["n_told"] + untold
    low, high = known["n_not_known"] / total, (known["n_not_known"] + untold) / total
    return pd.DataFrame(
        [[round(100 * low, 1), round(100 * high, 1), round(each, 1)]], columns=columns
    )


def _notes(context: Context) -> tuple[str, ...]:
    edition = context.inputs.edition
    notes = [say("note-shows-all")] if edition.sees_everything else []
    if not context.lists_records:
        notes.append(say("mapping-note-groups", smallest=edition.smallest_group))
    if not context.can_show("activities", "counterpart"):
        notes.append(say("mapping-note-counterparts"))
    return tuple(notes)
