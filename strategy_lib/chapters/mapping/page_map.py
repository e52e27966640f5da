"""The tile map of chapter 01: exposure, activities and silence by country."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from strategy_lib.chapters.mapping.coverage import Place
from strategy_lib.chapters.mapping.page_view import View
from strategy_lib.core.messages import Names
from strategy_lib.plotting.pictures import Picture, Tile, Tiles
from strategy_lib.plotting.tile_layout import tile_cells
from strategy_lib.schema.schema import code_list

# Billions of US dollars up to which a shade goes; the first shade is of no known amount.
AMOUNTS = (5, 20, 50)
# So many have room about where they lie on a map that fits on a screen with all that is above it.
MOST_TILES = 96
# Of more, tiles print the number of activities alone.
MOST_WITH_WORDS = 64
TOP = 10


def map_picture(view: View) -> Picture:
    """One tile a country, about where it lies."""
    drawn = _drawn(view.countries)
    by_code = drawn.sort_values("country_code")
    where = tile_cells(by_code["latitude"], by_code["longitude"])
    cells = dict(zip(by_code["country_code"], where, strict=True))
    places = [Place(*row) for row in drawn.itertuples(index=False)]
    order = {code: place for place, code in enumerate(code_list("region").values)}
    places.sort(key=lambda place: order.get(place.region, len(order)))
    size = "long" if len(places) <= MOST_WITH_WORDS else "short"
    tiles = tuple(_tile(view, place, size, *cells[place.country_code]) for place in places)
    return Picture(
        _title(view),
        Tiles(tiles, _legend(view, tiles), _note(view, len(drawn))),
        view.say("mapping-map-sub"),
        ("countries", "coverage_places", "blind_spots"),
    )


def _drawn(countries: pd.DataFrame) -> pd.DataFrame:
    """All of them, or the highly exposed ones and those with most activities, in their order."""
    if len(countries) <= MOST_TILES:
        return countries
    first = countries.sort_values(
        ["is_highly_exposed", "n_activities", "country_code"], ascending=[False, False, True]
    )
    return countries.loc[sorted(first.index[:MOST_TILES])]


def _tile(view: View, place: Place, size: str, column: int, row: int) -> Tile:
    words, step, edge = _words(view, place, size), _step(place), _edge(place)
    return Tile(place.country, words, column, row, step, edge, view.region(place.region))


def _words(view: View, place: Place, size: str) -> str:
    if pd.isna(place.n_activities):
        return view.say("mapping-tile-few")
    if place.n_activities:
        return view.say("mapping-tile-reported", activities=int(place.n_activities), size=size)
    return view.say("mapping-tile-nothing", why=why_nothing(place))


def why_nothing(place: Place) -> str:
    """Why nothing is reported, as messages tell the cases apart."""
    if pd.isna(place.n_offices):
        return "hidden"
    if not place.n_offices:
        return "no-office"
    if place.n_silent:
        return "no-answer"
    return "not-in-full" if place.n_not_in_full else "nothing"


def _step(place: Place) -> int:
    if pd.isna(place.finance_bnusd):
        return 0
    return 1 + sum(float(place.finance_bnusd) >= amount for amount in AMOUNTS)


def _edge(place: Place) -> str:
    is_silent = pd.notna(place.n_silent) and place.n_silent > 0
    is_gap = place.is_highly_exposed and pd.notna(place.n_activities) and not place.n_activities
    if is_gap:
        return "both" if is_silent else "limit"
    is_bare = pd.notna(place.n_activities) and not place.n_activities
    return "unknown" if is_silent and is_bare else ""


def _title(view: View) -> str:
    if not view.exposed:
        reported = int((view.countries["n_activities"] != 0).fillna(True).sum())
        return view.say("mapping-map-no-facts", countries=reported)
    top = view.countries[view.countries["is_highly_exposed"]].head(TOP)
    gaps = view.gaps["country"].loc[view.gaps.index.isin(top.index)]
    if gaps.empty:
        return view.say("mapping-map-no-gap", top=len(top))
    return view.say("mapping-map-gaps", gaps=len(gaps), top=len(top), names=Names(list(gaps)))


def _legend(view: View, tiles: tuple[Tile, ...]) -> tuple[tuple[str, str], ...]:
    say, steps = view.say, {tile.step for tile in tiles}
    edges = Counter(tile.edge for tile in tiles)
    limit = "limit" if view.sees_offices else "limit-hidden"
    shades = [(f"s{step}", say("mapping-shade", step=step)) for step in sorted(steps)]
    outlines = [
        (look, say("mapping-edge", edge=edge, count=edges[look]))
        for look, edge in (("limit", limit), ("both", "both"), ("unknown", "unknown"))
        if edges[look]
    ]
    return (*shades, *outlines)


def _note(view: View, shown: int) -> str:
    share = view.given.now.mapping.exposure_rank_pct
    everything = len(view.countries)
    return view.say(
        "mapping-map-note",
        drawn="all" if shown == everything else "part",
        exposed=view.exposed,
        share=round(share),
        shown=shown,
        all=everything,
    )
