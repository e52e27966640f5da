"""Chapter 03 in the room: a case is walked through its states, and people are heard."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import ipywidgets as widgets

from strategy_lib.chapters.speaking_out.context import Context, context_of_case
from strategy_lib.chapters.speaking_out.panel.base import SpeakingOutParts
from strategy_lib.chapters.speaking_out.panel.case import screen_html, standing_html
from strategy_lib.chapters.speaking_out.panel.hearing import HearingControls
from strategy_lib.chapters.speaking_out.panel.rating import HARM, HELP, SILENCE, RatingControls
from strategy_lib.chapters.speaking_out.panel.rehearsal import RehearsalControls
from strategy_lib.chapters.speaking_out.panel.wording import WordingControls
from strategy_lib.core.errors import InputError
from strategy_lib.judgements.disagreement import Judged
from strategy_lib.protocol.case import TABLES
from strategy_lib.protocol.reading import read_protocol
from strategy_lib.schema.schema import table_schema
from strategy_lib.widgets.fields import named_rows
from strategy_lib.widgets.parts import choice, heading, said
from strategy_lib.widgets.record_form import RecordForm
from strategy_lib.widgets.rounds import RoundBoard
from strategy_lib.widgets.session import Scope, Session

_ROLES = (
    "proposer_role",
    "role",
    "answered_by_role",
    "decided_by_role",
    "done_by_role",
    "checked_by_role",
    "owner_role",
)
# Table -> what the letters of a new row's code are, and what a row is told by.
_WRITTEN = {
    "cases": ("case", ""),
    "case_evidence": ("ev", "claim"),
    "case_routes": ("way", "route"),
    "exposed_groups": ("group", "description"),
    "mitigations": ("measure", "measure"),
    "sign_offs": ("sign", "kind"),
    "dissents": ("dissent", "words"),
    "case_decisions": ("decision", ""),
    "aftercare": ("after", "found"),
}
_ITEMS = ("group_id", "route_id", "stage")
_RATE, _HEAR, _WORDS, _WRITE, _REHEARSE = (
    "Rate",
    "Hear and sign",
    "Check the words",
    "Write it down",
    "Rehearse",
)


class SpeakingOutPanel(SpeakingOutParts):
    """The case with its state; below it what the room does with it, one thing at a time."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, "Speaking out: walk a case through its states", TABLES)
        if not session.inputs.restricted.edition.sees_everything:
            raise InputError(
                f"The edition {session.inputs.restricted.edition.name!r} withholds rows, so harm "
                'to people cannot be screened in it; set edition = "core".'
            )
        self.protocol = read_protocol(session.root / "protocol")
        self.which = choice("Case:", [("none yet", "")])
        self._is_offering = False
        self.context = self._context("")
        self.standing = widgets.HTML()
        self.rating = RatingControls(self)
        self.screen = widgets.HTML()
        judged = (
            Judged(HARM, "scale", _ITEMS, partial(self._harm, "how bad")),
            Judged(HARM, "scope", _ITEMS, partial(self._harm, "how many")),
            Judged(HARM, "irremediability", _ITEMS, partial(self._harm, "can be made good")),
            Judged(HARM, "likelihood", _ITEMS, partial(self._harm, "how likely")),
            Judged(HELP, "best", ("route_id",), lambda item: f"help of {self._way(item[0])}"),
            Judged(SILENCE, "severity", ("affected",), self._silence_name),
        )
        self.rounds = RoundBoard(self, judged, self._scope)
        self.hearing = HearingControls(self)
        self.wording = WordingControls(self)
        self.table = choice(
            "Write into:", [(table_schema(name).title(), name) for name in _WRITTEN]
        )
        # A form for each case, so that what is being typed about one never gets into another.
        self.forms: dict[tuple[str, str], RecordForm] = {}
        self.form_box = widgets.VBox()
        self.rehearsal: RehearsalControls | None = None
        self.rehearsal_box = widgets.VBox()
        parts = {
            _RATE: widgets.VBox(
                [
                    self.rating.widget,
                    heading("What the ratings come to"),
                    self.screen,
                    self.rounds.widget,
                ]
            ),
            _HEAR: self.hearing.widget,
            _WORDS: self.wording.widget,
            _WRITE: widgets.VBox([self.table, self.form_box]),
            _REHEARSE: self.rehearsal_box,
        }
        self.arrange(parts, (self.which, self.standing))
        self.which.observe(self._on_which, names="value")
        self.table.observe(lambda _: self._show_form(), names="value")
        self.show()

    def _context(self, shown: str) -> Context:
        inputs = self.session.inputs
        seen = replace(inputs, restricted=self.session.view(self.tables, self.person))
        return context_of_case(seen, self.protocol, shown, self.session.log.clock())

    def _scope(self) -> Scope:
        """Judgements of the case that is shown, and of no other."""
        ways = tuple({"route_id": code} for code in self.context.routes)
        return {HARM: ways, HELP: ways, SILENCE: ({"case_id": self.context.shown},)}

    def _way(self, code: str) -> str:
        return self.context.routes.get(code, code)

    def _harm(self, what: str, item: tuple[str, ...]) -> str:
        group, route, stage = item
        told, when = self.context.groups.get(group, group), self.context.label("harm_stage", stage)
        return f"{told} · {self._way(route)} · {when}: {what}"

    def _silence_name(self, item: tuple[str, ...]) -> str:
        return f"silence, for {self.context.label('silence_affected', item[0])}"

    def _on_which(self, _: Any) -> None:
        if not self._is_offering:
            self.later.now()
            self.show()

    def show(self) -> None:
        """Show the cases that are there, the chosen one's state, and what is done with it."""
        self._offer_cases()
        self.show_case()
        self.rating.show()
        self.show_part()

    def _offer_cases(self) -> None:
        frame = self.frame("cases").sort_values("case_id", kind="stable")
        listed = named_rows(frame, "cases", "case_id") or [("none yet", "")]
        if list(self.which.options) == listed:
            return
        decided = set(self.frame("case_decisions")["case_id"].dropna())
        codes = [code for _, code in listed]
        open_ones = [code for code in codes if code not in decided]
        chosen = self.which.value if self.which.value in codes else (open_ones or codes)[0]
        self._is_offering = True
        self.which.options = listed
        self.which.value = chosen
        self._is_offering = False

    def show_case(self) -> None:
        """Show where the case stands by now."""
        self.context = self._context(str(self.which.value))
        self.standing.value = standing_html(self.context)
        self.screen.value = screen_html(self.context)

    def show_part(self) -> None:
        """Show the part that is chosen, and what it holds now."""
        super().show_part()
        # A rehearsal has a state of its own; the organisation's cases stay out of sight.
        is_rehearsing = self.step.value == _REHEARSE
        for one in (self.which, self.standing):
            one.layout.display = "none" if is_rehearsing else None
        if self.step.value == _RATE:
            self.rounds.show()
        elif self.step.value == _HEAR:
            self.hearing.show()
        elif self.step.value == _WORDS:
            self.wording.show()
        elif self.step.value == _WRITE:
            self._show_form()
        elif self.rehearsal is None:
            self.rehearsal = RehearsalControls(self)
            self.rehearsal_box.children = (self.rehearsal.widget,)

    def _show_form(self) -> None:
        name = str(self.table.value)
        case = "" if name == "cases" else self.context.shown
        if name != "cases" and not case:
            self.form_box.children = (said("Write down the case first."),)
            return
        form = self.forms.get((case, name))
        if form is None:
            form = self.forms[case, name] = self._form(name, case)
        self.form_box.children = (form.widget,)
        form.show()

    def _form(self, name: str, case: str) -> RecordForm:
        letters, named_by = _WRITTEN[name]
        offered = dict.fromkeys(_ROLES, self.roles)
        if name == "mitigations":
            # A measure may be anybody's work, also of a role that the protocol does not know.
            offered = {}
        if name != "cases":
            offered |= {"route_id": self.ways, "group_id": self._groups}
        return RecordForm(
            self,
            name,
            table_schema(name).title(),
            letters=letters,
            named_by=named_by,
            fixed=lambda: {"case_id": case} if case else {},
            offered=offered,
            adds_only=name == "case_decisions",
        )

    def _groups(self) -> list[tuple[str, str]]:
        return [(name, code) for code, name in self.context.groups.items()]
