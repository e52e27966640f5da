"""The sections of chapter 01's page, in their order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pandas as pd

from strategy_lib.chapters.mapping.coverage import Place
from strategy_lib.chapters.mapping.page_change import change
from strategy_lib.chapters.mapping.page_map import why_nothing
from strategy_lib.chapters.mapping.page_view import View, most
from strategy_lib.chapters.page import Part, Section, drawn_section
from strategy_lib.core.messages import Names
from strategy_lib.inputs.checks.answers import SILENT
from strategy_lib.plotting.pictures import Bar, Cell, Column, Grid, Picture, Range, Row, Tone

STRONGEST = 3
MOST_THEMES = 6
MOST_OFFICES = 2


def sections(view: View) -> Iterator[Section]:
    """Those of which there is something to show."""
    for made in (_where(view), _firm(view), _cost(view), _differs(view), change(view)):
        if made:
            yield made


def _where(view: View) -> Section | None:
    gaps = view.gaps
    if gaps.empty:
        return None
    exposed = view.countries[view.countries["is_highly_exposed"]]
    means = view.say(
        "mapping-where-sum",
        gaps=len(gaps),
        gap=round(gaps["finance_bnusd"].sum()),
        all=round(exposed["finance_bnusd"].sum()),
        exposed=len(exposed),
    )
    reads = view.say("mapping-where-read", silent=int((gaps["n_silent"].fillna(0) > 0).sum()))
    pictures = (_amounts(view), _by_region(view, exposed))
    return Section(
        Part.WHY,
        view.say("mapping-where"),
        (means, reads),
        pictures,
        view.say("mapping-where-label"),
    )


def _amounts(view: View) -> Picture:
    say, gaps = view.say, view.gaps
    highest = round(float(gaps["finance_bnusd"].max()))
    first = gaps["country"][gaps["finance_bnusd"].round() == highest]
    rows, left = view.first_rows(
        [_amount(view, Place(*row)) for row in gaps.itertuples(index=False)]
    )
    columns: tuple[Column, ...] = (
        Column(say("mapping-gaps-amount")),
        Column(say("mapping-gaps-office"), width="32%", is_optional=True),
    )
    if gaps["n_offices"].isna().all():
        columns = columns[:1]
        rows = tuple(replace(row, cells=row.cells[:1]) for row in rows)
    return Picture(
        say("mapping-gaps", gaps=len(gaps), names=Names(list(first)), most=highest),
        Grid(columns, rows, head=say("mapping-strategies-country"), head_width="32%", note=left),
        say("mapping-gaps-sub"),
        ("blind_spots",),
    )


def _amount(view: View, place: Place) -> Row:
    amount = round(place.finance_bnusd)
    why = why_nothing(place)
    bar = Bar(view.say.number(amount, 0), float(place.finance_bnusd), is_hatched=why == "no-answer")
    return Row(place.country, (bar, view.say("mapping-gap-why", why=why)), tone=Tone.LIMIT)


def _by_region(view: View, exposed: pd.DataFrame) -> Picture:
    say = view.say
    counts = exposed.assign(is_gap=exposed.index.isin(view.gaps.index)).groupby("region")["is_gap"]
    table = counts.agg(["sum", "size"]).sort_values(["sum", "size"], ascending=False, kind="stable")
    rows = [
        Row(view.region(str(region)), (_of(view, int(gaps), int(all_)),), tone=Tone.LIMIT)
        for region, gaps, all_ in table.itertuples()
    ]
    names, highest = most(table["sum"])
    return Picture(
        say(
            "mapping-regions",
            each=len(names),
            names=Names([view.region(name) for name in names]),
            most=highest,
        ),
        Grid((Column(say("mapping-regions-head")),), tuple(rows), head_width="38%"),
        say("mapping-regions-sub"),
        ("countries",),
    )


def _of(view: View, part: int, all_: int) -> Bar:
    """A part of all, drawn with what is left."""
    return Bar(view.say("mapping-of", part=part, all=all_), part, all_ - part)


def _firm(view: View) -> Section | None:
    answers = _answers(view) if view.offices else None
    share = _share(view)
    who = view.result["answers"]
    silent = who[who["answer"] == SILENT]
    exposed = int(silent["is_highly_exposed"].sum())
    shows = "both" if answers and share else "answers" if answers else "share"
    said = (
        view.say("mapping-firm-silent", silent=len(silent), exposed=exposed) if len(silent) else "",
        view.say("mapping-firm-read", shows=shows),
    )
    question = view.say("mapping-firm") if answers else view.say("mapping-firm-known")
    return drawn_section(Part.FIRM, question, said, (answers, share))


def _answers(view: View) -> Picture:
    say, table = view.say, view.result["answers_by_region"].set_index("region")
    table = table.assign(all=table.sum(axis=1)).sort_values(
        ["n_silent", "all"], ascending=False, kind="stable"
    )
    rows = [
        Row(view.region(str(region)), (_of(view, int(all_ - silent), int(all_)),), tone=Tone.LEAD)
        for region, silent, all_ in table[["n_silent", "all"]].itertuples()
    ]
    legend = (("lead", say("mapping-answered")), ("soft", say("mapping-not-answered")))
    return Picture(
        _answers_title(view, table["n_silent"]),
        Grid((Column(say("mapping-answers-head")),), tuple(rows), head_width="38%", legend=legend),
        say("mapping-answers-sub"),
        ("answers_by_region", "answers"),
    )


def _answers_title(view: View, silent: pd.Series[int]) -> str:
    if not view.silent:
        return view.say("mapping-answers-all", offices=view.offices)
    names, highest = most(silent)
    return view.say(
        "mapping-answers",
        each=len(names),
        names=Names([view.region(name) for name in names]),
        most=highest,
    )


def _share(view: View) -> Picture | None:
    say, known = view.say, view.result["discovery"].iloc[0]
    if known.isna().any() or not known["n_told"]:
        return None
    unknown, told = int(known["n_not_known"]), int(known["n_told"])
    rows = [Row(say("mapping-share-told"), (_part(view, unknown, told),), tone=Tone.LEAD)]
    bounds = view.result["silence"]
    if not bounds.empty and (view.silent or view.is_incomplete):
        low, high = (float(bounds.iloc[0][name]) for name in ("low_pct", "high_pct"))
        text = say("mapping-low-high", low=round(low), high=round(high))
        now = min(max(100 * unknown / told, low), high)
        rows.append(
            Row(say("mapping-share-bounds"), (Range(text, low, now, high),), tone=Tone.LEAD)
        )
    rows.extend(_themes(view))
    # What the page says at its top needs no picture of its own.
    if len(rows) == 1:
        return None
    return Picture(
        say("mapping-share", unknown=unknown, told=told),
        Grid((Column(say("mapping-share-head"), low=0, high=100),), tuple(rows), head_width="38%"),
        say("mapping-share-sub"),
        ("discovery_by_theme", "silence"),
    )


def _themes(view: View) -> Iterator[Row]:
    by_theme = view.result["discovery_by_theme"].dropna()
    by_theme = by_theme.assign(told=by_theme["n_not_known"] + by_theme["n_known"])
    found = by_theme[by_theme["n_not_known"] > 0]
    found = found.sort_values(["n_not_known", "told"], ascending=[False, True], kind="stable")
    group = view.say("mapping-share-themes")
    for theme, unknown, told in zip(
        *(found[name].head(MOST_THEMES) for name in ("theme", "n_not_known", "told")), strict=True
    ):
        yield Row(str(theme), (_part(view, int(unknown), int(told)),), group=group)


def _part(view: View, part: int, all_: int) -> Bar:
    return Bar(view.say("mapping-of", part=part, all=all_), 100 * part / all_)


def _cost(view: View) -> Section | None:
    say, table = view.say, view.result["contacts_by_strength"]
    alone = int(table["n_one_person"].sum())
    if not alone:
        return None
    open_ = int(table["n_not_said"].sum())
    rows = [_strength(view, *row) for row in table.iloc[:, :3].itertuples(index=False, name=None)]
    contacts = Picture(
        say("mapping-contacts", single=alone, contacts=int(table["n_contacts"].sum())),
        Grid((Column(say("mapping-contacts-head")),), tuple(rows), head_width="38%"),
        say("mapping-contacts-sub"),
        ("contacts_by_strength", "single_person"),
    )
    strong = _strong(view)
    return Section(
        Part.COST,
        say("mapping-cost"),
        (say("mapping-cost-means"), say("mapping-cost-read", open=open_)),
        (contacts, strong) if strong else (contacts,),
        say("mapping-cost-label"),
    )


def _strength(view: View, strength: Any, contacts: int, alone: int) -> Row:
    named = "unknown" if pd.isna(strength) else int(strength)
    bar = _of(view, int(alone), int(contacts))
    return Row(view.say("mapping-strength", strength=named), (bar,), tone=Tone.LEAD)


def _strong(view: View) -> Picture | None:
    say, table = view.say, view.result["single_person"]
    table = table[table["contact_strength"] == STRONGEST]
    if table.empty:
        return None
    shown = zip(
        table["counterpart"], table["unit"], table["critical_of_it"].fillna(""), strict=True
    )
    rows, left = view.first_rows(
        [Row(str(name), (str(unit), _offices(view, by))) for name, unit, by in shown]
    )
    columns = [Column(say("mapping-strong-office"))]
    is_seen = any(row.cells[-1] for row in rows)
    if is_seen:
        columns.append(Column(say("mapping-strong-critical"), width="26%"))
    return Picture(
        say("mapping-strong", strong=len(table)),
        Grid(
            tuple(columns),
            tuple(replace(row, cells=row.cells[: len(columns)]) for row in rows),
            head=say("mapping-strong-counterpart"),
            head_width="40%",
            stacks=True,
            note=left,
        ),
        say("mapping-strong-sub"),
        ("single_person",),
    )


def _differs(view: View) -> Section | None:
    say, table = view.say, view.result["contradictions"]
    if table.empty:
        return None
    found = table[["counterpart", "kind", "works_with_it", "is_critical_of_it"]].itertuples(
        index=False
    )
    rows, left = view.first_rows(
        [
            Row(str(name), (_offices(view, with_), _offices(view, by)), note=str(kind))
            for name, kind, with_, by in found
        ]
    )
    picture = Picture(
        say("mapping-differs-title", apart=len(table), counterparts=view.total("n_counterparts")),
        Grid(
            (Column(say("mapping-differs-works")), Column(say("mapping-differs-critical"))),
            rows,
            head=say("mapping-strong-counterpart"),
            head_width="36%",
            stacks=True,
            note=left,
        ),
        say("mapping-differs-sub"),
        ("contradictions", "links"),
    )
    means = say("mapping-differs-means", counterparts=len(table))
    return Section(
        Part.DIFFERS, say("mapping-differs"), (means, say("mapping-differs-read")), (picture,)
    )


def _offices(view: View, listed: str) -> Cell:
    return view.say("list-names", names=Names(listed.split("; "), MOST_OFFICES)) if listed else ""
