"""Who must be heard or sign in a case: asked, reminded, and answered in their own words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import ipywidgets as widgets

from strategy_lib.chapters.speaking_out.panel.base import SpeakingOutParts
from strategy_lib.chapters.speaking_out.panel.case import heard_html
from strategy_lib.protocol.case import text
from strategy_lib.protocol.clocks import NOT_ASKED
from strategy_lib.protocol.hearing import hearings, signatures
from strategy_lib.widgets.choices import NOT_SAID, coded
from strategy_lib.widgets.fields import stamp
from strategy_lib.widgets.parts import button, choice, long_text, said

HEARD, SIGNED = "consultations", "sign_offs"
_ANSWERS = {HEARD: "consultation_answer", SIGNED: "sign_off_answer"}


@dataclass(frozen=True)
class Party:
    """One office or role that must be heard or sign: the row that is about it."""

    table: str
    key: Mapping[str, Any]
    words: str
    is_asked: bool


class HearingControls:
    """Ask, ask the deputy, and record the answer of one party at a time."""

    def __init__(self, panel: SpeakingOutParts) -> None:
        self.panel = panel
        self.parties: list[Party] = []
        self.who = choice("Who:", [("nobody is to be heard yet", None)])
        self.ask_button = button("They are asked now", self.ask)
        self.deputy_button = button("The deputy is asked now", self.ask_deputy)
        self.answer = choice("They answer:", coded(_ANSWERS[HEARD]))
        self.words = long_text("In their own words:", "As they said it. No names of people.")
        self.answer_button = button("Record the answer", self.record)
        self.state = widgets.HTML()
        buttons = widgets.HBox([self.ask_button, self.deputy_button])
        self.widget = widgets.VBox(
            [
                self.state,
                self.who,
                buttons,
                self.answer,
                self.words,
                self.answer_button,
                said("Silence is recorded by the clock, never by hand."),
            ]
        )
        self.who.observe(lambda _: self._offer(), names="value")

    def show(self) -> None:
        """Show everybody's state, and offer those who have not answered first."""
        self.state.value = heard_html(self.panel.context)
        self.parties = self._parties()
        options: list[tuple[str, Any]] = [(p.words, n) for n, p in enumerate(self.parties)]
        offered = options or [("nobody is to be heard yet", None)]
        if list(self.who.options) != offered:
            before = self.who.label
            self.who.options = offered
            labels = [label for label, _ in offered]
            self.who.index = labels.index(before) if before in labels else 0
        self._offer()

    @property
    def chosen(self) -> Party | None:
        """Who is meant."""
        return None if self.who.value is None else self.parties[self.who.value]

    def _offer(self) -> None:
        party = self.chosen
        table = party.table if party is not None else HEARD
        offered = coded(_ANSWERS[table])
        if list(self.answer.options) != offered:
            self.answer.options = offered
        self.deputy_button.layout.display = None if table == HEARD else "none"
        for one in (self.ask_button, self.deputy_button, self.answer_button):
            one.disabled = party is None

    def _parties(self) -> list[Party]:
        context = self.panel.context
        case, protocol = context.case, context.protocol
        if case is None:
            return []
        found = []
        for one in hearings(case, protocol, context.now):
            key = {"case_id": case.case_id, "unit_id": one.unit_id or None, "role": one.role}
            role = protocol.role(one.role)
            who = f"{case.unit(one.unit_id)}: {role}" if one.unit_id else role
            found.append(Party(HEARD, key, f"{who} is heard", one.clock.state != NOT_ASKED))
        given = {text(row["step"]): row for row in case.rows(SIGNED) if row["kind"] == "sign_off"}
        for sign in signatures(case, protocol, context.now):
            known = given.get(sign.step)
            code = text(known["sign_off_id"]) if known else f"{case.case_id}-{sign.step}"
            key = {
                "sign_off_id": code,
                "case_id": case.case_id,
                "kind": "sign_off",
                "step": sign.step,
                "role": sign.role,
            }
            words = f"{protocol.role(sign.role)} signs: {sign.step}"
            found.append(Party(SIGNED, key, words, sign.clock.state != NOT_ASKED))
        return found

    def _now(self) -> str:
        return stamp(self.panel.session.log.clock())

    def ask(self) -> None:
        """Record that somebody is asked now; their clock begins."""
        self._enter({"asked_at": self._now()})

    def ask_deputy(self) -> None:
        """Record that the deputy is asked now as well."""
        self._enter({"deputy_asked_at": self._now()})

    def record(self) -> None:
        """Record what they answer, in their own words."""
        party = self.chosen
        if party is None:
            return
        if self.answer.value == NOT_SAID:
            self.panel.say("Not entered. Choose what they answer.", is_trouble=True)
            return
        now = self._now()
        row = {"answered_at": now, "answer": self.answer.value}
        if self.words.value.strip():
            row["words"] = self.words.value.strip()
        if not party.is_asked:
            row["asked_at"] = now
        self._enter(row)

    def _enter(self, values: Mapping[str, Any]) -> None:
        party = self.chosen
        if party is None or self.panel.save(party.table, {**party.key, **values}) is None:
            return
        if "answer" in values:
            # Before anything is shown, so that nobody's next words are taken away.
            self.answer.value, self.words.value = NOT_SAID, ""
        self.panel.show()
