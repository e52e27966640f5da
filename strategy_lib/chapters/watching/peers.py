"""What peers sent, as a picture: how many rows of which part; the rows stand in the table."""

from __future__ import annotations

from strategy_lib.chapters.result import ChapterResult
from strategy_lib.core.messages import Say
from strategy_lib.plotting.pictures import Column, Grid, Picture, Row
from strategy_lib.schema.schema import code_list

MOST_ROWS = 9


def peers_picture(result: ChapterResult, say: Say) -> Picture | None:
    """Rows by peer and part of its packs; None where no peer sent any."""
    counts = result["peers"].groupby(["sent_by", "part"]).size()
    if counts.empty:
        return None
    parts = code_list("peer_part")
    rows = [
        Row(parts.label(part, say.language), (str(own[name, part]),), group=name)
        for own in [counts.to_dict()]
        for name, part in list(own)[:MOST_ROWS]
    ]
    peers = counts.index.get_level_values("sent_by").nunique()
    return Picture(
        say("watching-peers", rows=int(counts.sum()), peers=peers),
        Grid((Column(say("watching-questions-rows")),), tuple(rows), head_width="15rem"),
        say("watching-peers-sub"),
        ("peers",),
    )
