"""Chapter 06 in the room: a worksheet in three rounds, two versions of an ask, claims one by one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import ipywidgets as widgets

from strategy_lib.chapters.companies.projects import STEPS, VOICES
from strategy_lib.core.messages import say
from strategy_lib.schema.schema import code_list
from strategy_lib.widgets.fields import facts_html, named_rows
from strategy_lib.widgets.parts import (
    button,
    choice,
    heading,
    offer,
    paragraph_html,
    safe,
    table_html,
)
from strategy_lib.widgets.record_form import RecordForm
from strategy_lib.widgets.session import Session, within
from strategy_lib.widgets.steps import StepsPanel

FINDINGS, MESSAGES, CLAIMS = "project_findings", "messages", "claims"
# Rounds of the worksheet, by what the codes of a step begin with.
_ROUNDS = {"Causes": "s1", "Actors": "s2", "Effects": "s3"}
_FRAMING, _CLINIC = "Two versions", "Claims"
_READERS = ("An addressee reads", "Somebody affected reads")
_NOBODY = ("none yet", "")


class CompaniesPanel(StepsPanel):
    """What each voice says of a project; what softer words lose; what was checked of a claim."""

    def __init__(self, session: Session) -> None:
        tables = (FINDINGS, MESSAGES, CLAIMS)
        super().__init__(session, "Projects, words, claims", tables, by_assessor=False)
        self.project = choice("Project:", [_NOBODY])
        self.counts = {name: widgets.HTML() for name in _ROUNDS}
        self.findings = {name: self._finding_form(name) for name in _ROUNDS}
        self.versions = [choice(f"{who}:", [_NOBODY]) for who in _READERS]
        self.cards = [widgets.HTML() for _ in _READERS]
        self.message = RecordForm(
            self,
            MESSAGES,
            "What is lost, and where the right is kept",
            ("words", "lost", "right_kept_in", "names_origin"),
            named_by="words",
            nothing="choose a version",
        )
        self.claim = RecordForm(
            self,
            CLAIMS,
            "One claim at a time",
            ("checked", "checked_source", "grade", "tie", "relies_on_reputation", "ask", "answer"),
            named_by="claim",
            nothing="choose a claim",
            told=_claim_html,
        )
        self.arrange(
            {
                **{
                    name: widgets.VBox([self.counts[name], form.widget])
                    for name, form in self.findings.items()
                },
                _FRAMING: widgets.VBox(
                    [
                        heading("One ask in two versions, read aloud"),
                        *(
                            one
                            for pair in zip(self.versions, self.cards, strict=True)
                            for one in pair
                        ),
                        self.message.widget,
                    ]
                ),
                _CLINIC: widgets.VBox(
                    [button("The next claim", self.claim.turn), self.claim.widget]
                ),
            },
            (self.project,),
        )
        self.project.observe(lambda _: self._begin(), names="value")
        for version in self.versions:
            version.observe(lambda _: self._show_versions(), names="value")
        self.show()

    def _finding_form(self, name: str) -> RecordForm:
        return RecordForm(
            self,
            FINDINGS,
            say("companies-live-findings", name=name),
            ("step", "voice", "finding", "none_seen", "grade", "as_of", "consent", "contradicts"),
            fixed=lambda: {"project_id": self.project.value},
            offered={"step": partial(_steps_of, _ROUNDS[name])},
            listed=lambda rows: rows[rows["step"].str.startswith(_ROUNDS[name])],
        )

    def show(self) -> None:
        """Show the projects that are there, what each voice said, versions and claims."""
        offer(
            self.project, named_rows(self.frame("projects"), "projects", "project_id") or [_NOBODY]
        )
        messages = self.frame(MESSAGES).sort_values(["ask", "register"], kind="stable")
        registers = code_list("message_register")
        listed = [
            (f"{row['ask']} · {registers.label(row['register'])}", row["message_id"])
            for row in messages.to_dict("records")
        ]
        for version in self.versions:
            offer(version, listed or [_NOBODY])
        first, second = self.versions
        if second.value == first.value and len(listed) > 1:
            second.value = listed[1][1]
        for form in (*self.findings.values(), self.message, self.claim):
            form.show()
        self._show_versions()
        self.show_part()

    def _begin(self) -> None:
        for form in self.findings.values():
            form.begin()
        self.show()

    def show_part(self) -> None:
        """Show the part that is chosen; a round of the worksheet with the voices not yet asked."""
        super().show_part()
        now = self.step.value
        self.project.layout.display = None if now in _ROUNDS else "none"
        if now in _ROUNDS:
            self.counts[now].value = self._voices_html(_ROUNDS[now])

    def _voices_html(self, round_: str) -> str:
        rows_of = within(self.frame(FINDINGS), ({"project_id": self.project.value},))
        counts = rows_of.groupby(["step", "voice"]).size()
        voices = code_list("finding_voice")
        rows = [
            [label, *(counts.get((code, voice), "not asked") for voice in VOICES)]
            for label, code in _steps_of(round_)
        ]
        headings = ("Question", *map(voices.label, VOICES))
        return table_html(headings, rows, "Findings by voice: the tool's steps")

    def _show_versions(self) -> None:
        rows = {row["message_id"]: row for row in self.frame(MESSAGES).to_dict("records")}
        for version, card in zip(self.versions, self.cards, strict=True):
            card.value = _version_html(rows.get(version.value, {}))


def _steps_of(round_: str) -> list[tuple[str, str]]:
    labels = code_list("conflict_step")
    return [(labels.label(code), code) for code in STEPS if code.startswith(round_)]


def _version_html(row: Mapping[Any, Any]) -> str:
    if not row:
        return paragraph_html(["No version is written down yet."])
    words = f"<blockquote>{safe(row['words'])}</blockquote>"
    told = facts_html(MESSAGES, row, ("right_behind", "lost", "right_kept_in"), row["ask"])
    return f'<div class="wb-card">{words}{told}</div>'


def _claim_html(row: Mapping[Any, Any]) -> str:
    """The claim as it was made: who says it, since when, where it stands."""
    names = ("counterpart", "said_by", "source", "as_of", "checked", "tie", "answer")
    return facts_html(CLAIMS, row, names, row["claim"])
