"""A table-top case on a timer: cards at their minutes, and the state that the case then has."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import ipywidgets as widgets

from strategy_lib.chapters.speaking_out.context import context_of
from strategy_lib.chapters.speaking_out.panel.base import SpeakingOutParts
from strategy_lib.chapters.speaking_out.panel.case import heard_html, standing_html
from strategy_lib.chapters.speaking_out.rehearsal import room_of
from strategy_lib.core.messages import say
from strategy_lib.protocol.rehearsals import Inject, Rehearsal, read_rehearsal, rehearsal_names
from strategy_lib.widgets.parts import (
    button,
    choice,
    heading,
    list_html,
    paragraph_html,
    safe,
    said,
)

_TICK_SECONDS = 1.0


class RehearsalControls:
    """Choose a case, start its clock, give the cards; nothing of it is entered anywhere."""

    def __init__(self, panel: SpeakingOutParts) -> None:
        self.panel = panel
        named = [(read_rehearsal(name).title, name) for name in rehearsal_names()]
        self.which = choice("Case to rehearse:", named)
        self.about = widgets.HTML()
        self.clock = widgets.HTML()
        self.start_button = button("Start the clock", self.start)
        self.next_button = button("Give the next card now", self.skip)
        self.again_button = button("Begin again", self.reset)
        self.cards = widgets.HTML()
        self.state = widgets.HTML()
        buttons = widgets.HBox([self.start_button, self.next_button, self.again_button])
        self.widget = widgets.VBox(
            [
                heading("Table-top case"),
                said("Fictional people and offices. Nothing of a rehearsal is saved."),
                self.which,
                self.about,
                self.clock,
                buttons,
                self.cards,
                self.state,
            ]
        )
        self._elapsed = timedelta()
        self._since: datetime | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._given = -1
        self.which.observe(lambda _: self.reset(), names="value")
        self.reset()

    @property
    def case(self) -> Rehearsal:
        """The case that is rehearsed."""
        return read_rehearsal(str(self.which.value))

    @property
    def elapsed(self) -> timedelta:
        """How long the session has run, without its pauses."""
        running = timedelta() if self._since is None else self._now() - self._since
        return self._elapsed + running

    @property
    def minute(self) -> int:
        """Whole minutes of the session so far."""
        return int(self.elapsed.total_seconds() // 60)

    def _now(self) -> datetime:
        return self.panel.session.log.clock()

    def start(self) -> None:
        """Start the clock, or hold it."""
        if self._since is None:
            self._since = self._now()
            self.start_button.description = "Hold the clock"
            self._wait()
        else:
            self._elapsed, self._since = self.elapsed, None
            self.start_button.description = "Go on"
            self._stop_timer()
        self.tick()

    def reset(self) -> None:
        """Back to the first minute, with the clock held."""
        self._stop_timer()
        self._elapsed, self._since, self._given = timedelta(), None, -1
        self.start_button.description = "Start the clock"
        case = self.case
        self.about.value = paragraph_html(
            [
                case.situation,
                say("speaking-live-about", minutes=int(case.minutes), cards=len(case.injects)),
                f"{case.source}.",
            ]
        ) + list_html(f"{self.panel.protocol.role(r)}: {brief}" for r, brief in case.roles)
        self.tick()

    def skip(self) -> None:
        """Go to the minute of the next card."""
        coming = self._coming()
        if coming is None:
            self.panel.say("All cards are given. The questions for the end stand below.")
            return
        self._elapsed = timedelta(minutes=coming.minute)
        self._since = None if self._since is None else self._now()
        self.tick()

    def _coming(self) -> Inject | None:
        return next((one for one in self.case.injects if one.minute > self.minute), None)

    def _wait(self) -> None:
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            return
        self._timer = loop.call_later(_TICK_SECONDS, self._on_time)

    def _on_time(self) -> None:
        self.tick()
        if self._since is not None:
            self._wait()

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def tick(self) -> None:
        """Show the time, and a new card where its minute has come."""
        seconds = int(self.elapsed.total_seconds())
        coming = self._coming()
        then = (
            say("speaking-live-next-card", minute=str(coming.minute))
            if coming
            else say("speaking-live-all-cards")
        )
        self.clock.value = (
            f'<p class="wb-clock" role="timer">{seconds // 60:02d}:{seconds % 60:02d} of '
            f"{self.case.minutes:02d}:00 <small>{then}</small></p>"
        )
        given = len(self.case.until(self.minute))
        if given != self._given:
            self._given = given
            self._show_cards()

    def _show_cards(self) -> None:
        given = self.case.until(self.minute)
        parts = [_card(one, self.panel.protocol.role) for one in reversed(given)]
        if given and given[-1] is self.case.injects[-1]:
            parts.insert(1, paragraph_html(["At the end:"]) + list_html(self.case.debrief))
        self.cards.value = "".join(parts)
        name = f"{self.case.name} {self.minute}"
        room = room_of(self.panel.session.inputs, self.panel.protocol, name)
        context = context_of(room.inputs, self.panel.protocol, room.case_id, room.at)
        self.state.value = standing_html(context) + heard_html(context)


def _card(card: Inject, role: Callable[[str], str]) -> str:
    whom = card.to if card.to == "everybody" else role(card.to)
    return (
        f'<div class="wb-card"><h4>Minute {card.minute}: {safe(card.title)}</h4>'
        f"<p><em>To {safe(whom)}</em></p>{paragraph_html([card.text])}"
        f"{list_html(card.questions)}</div>"
    )
