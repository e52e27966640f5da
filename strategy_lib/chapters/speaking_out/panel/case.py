"""A case in words for the room: where it stands, what is missing, and what the screen says."""

from __future__ import annotations

from strategy_lib.chapters.speaking_out import board as boards
from strategy_lib.chapters.speaking_out import screen as screens
from strategy_lib.chapters.speaking_out.context import Context
from strategy_lib.chapters.speaking_out.words import said_flags, said_harm
from strategy_lib.core.messages import say
from strategy_lib.protocol.clocks import NOT_ASKED
from strategy_lib.protocol.states import STATES
from strategy_lib.widgets.parts import list_html, paragraph_html, safe, table_html

_MOST_MISSING = 8


def standing_html(context: Context) -> str:
    """The states in a row with the one that the case has, and what keeps it from the next."""
    state = context.state
    if state is None:
        return paragraph_html(["No case is entered yet. Add one below, under “Write it down”."])
    place = STATES.index(state.state)
    steps = "".join(
        f'<li aria-current="step"><strong>▶ {safe(name)}</strong></li>'
        if position == place
        else f"<li>{'✓ ' if position < place else ''}{safe(name)}</li>"
        for position, name in enumerate(STATES)
    )
    parts = [f'<ol class="wb-steps">{steps}</ol>']
    clock = boards.said_at(state.next_due)
    parts.append(
        paragraph_html(
            [
                say("speaking-live-as-of", day=boards.said_at(context.now)),
                say("speaking-live-clock", day=clock) if clock else say("speaking-live-no-clock"),
                say("speaking-live-turn", whose=state.whose_turn) if state.whose_turn else "",
                say("speaking-live-silent", who=", ".join(state.silent)) if state.silent else "",
                said_flags(context),
            ]
        )
    )
    if state.missing:
        shown = [f"for “{one.gate}”: {one.what}" for one in state.missing[:_MOST_MISSING]]
        rest = len(state.missing) - len(shown)
        shown += [say("speaking-live-more", more=rest)] if rest else []
        parts += [paragraph_html(["Still missing:"]), list_html(shown)]
    return "".join(parts)


def screen_html(context: Context) -> str:
    """Harm by group and way of responding, as far as whoever looks may see the ratings."""
    table = screens.screen_grid(context)
    if table.empty:
        return paragraph_html([said_harm(table, context)])
    rows = [
        (
            row["group"],
            row["route"],
            row["class_before"] or "not rated",
            row["class_left"],
            f"{row['over_line_pct']:.0f}%",
        )
        for row in table.to_dict("records")
    ]
    headings = ("Who, and what could happen", "Way", "Before measures", "After", "Over the line")
    caption = "Severity outranks likelihood; no benefit makes up for it"
    return paragraph_html([said_harm(table, context)]) + table_html(headings, rows, caption)


def heard_html(context: Context) -> str:
    """Everybody who must be heard or sign, with where their clock stands."""
    path = boards.path(context)
    if path.empty:
        return ""
    rows = [
        (
            row["step"],
            row["who"],
            row["state"],
            row["answer"],
            "" if row["state"] == NOT_ASKED else f"{row['asked']:%Y-%m-%d %H:%M}",
        )
        for row in path.to_dict("records")
    ]
    return table_html(
        ("Step", "Who", "State", "Answer", "Asked (UTC)"), rows, "Who must be heard or sign"
    )
