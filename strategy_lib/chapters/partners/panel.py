"""Chapter 05 in the room: readings alone and then compared, a canvas with the partner present."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ipywidgets as widgets
import pandas as pd

from strategy_lib.chapters.partners.questions import CONDITIONS
from strategy_lib.core.audiences import LABELS
from strategy_lib.core.messages import say
from strategy_lib.schema.schema import table_schema
from strategy_lib.widgets.fields import facts_html, named_rows, rows_html
from strategy_lib.widgets.parts import button, choice, offer, paragraph_html, tick
from strategy_lib.widgets.record_form import RecordForm
from strategy_lib.widgets.session import Session, within
from strategy_lib.widgets.steps import StepsPanel

PARTNERS, EVIDENCE = "partners", "partner_evidence"
APPEARANCES, AVENUES = "appearances", "funding_avenues"
_READ, _COMPARE, _CANVAS = "Read alone", "Compare", "Canvas"
_CONDITIONS, _MONEY = "Before an appearance", "Avenues of money"
_FOUR = ("we_give", "we_want", "they_give", "they_want")
_FACTS = (
    "legal_state",
    "as_of",
    "counsel_checked_date",
    "strings",
    "p10",
    "p50",
    "p90",
    "currency",
)
_ANSWER = ("freedom", "strings", "form", "answer", "decided_by_role", "review_date")
_COMPARED = ("indicator", "unit_id", "reading", "grade", "checked_by", "check_result")
_NOBODY = ("none yet", "")


class PartnersPanel(StepsPanel):
    """One organisation is read by each office alone; what is read apart stays apart."""

    def __init__(self, session: Session) -> None:
        tables = (EVIDENCE, PARTNERS, APPEARANCES, AVENUES)
        super().__init__(session, "Partners: read, compare, agree", tables, by_assessor=False)
        self.counterpart = choice("About:", [_NOBODY])
        units = named_rows(self.frame("units"), "units", "unit_id")
        self.unit = choice("Read by:", units or [_NOBODY])
        self.reading = RecordForm(
            self,
            EVIDENCE,
            "What this office reads, before it sees what others read",
            ("indicator", "reading", "finding", "grade", "texts_read", "source", "as_of"),
            fixed=lambda: {"counterpart": self.counterpart.value, "unit_id": self.unit.value},
        )
        self.compared = widgets.HTML()
        self.is_present = tick("The partner is in the room: show this row alone")
        self.canvas = RecordForm(
            self,
            PARTNERS,
            "What each side gives and wants",
            (*_FOUR, "their_words", "learning"),
            nothing="choose a partnership",
            told=self._canvas_html,
        )
        self.before = RecordForm(
            self,
            APPEARANCES,
            "Six conditions, read aloud one after another",
            (*CONDITIONS, "answer", "decided_by_role", "conditions_kept"),
            nothing="choose an appearance",
            told=_conditions_html,
        )
        self.money = RecordForm(
            self,
            AVENUES,
            "One avenue at a time",
            _ANSWER,
            named_by="avenue",
            nothing="choose an avenue",
            told=_avenue_html,
        )
        self.arrange(
            {
                _READ: widgets.VBox([self.unit, self.reading.widget]),
                _COMPARE: self.compared,
                _CANVAS: widgets.VBox([self.is_present, self.canvas.widget]),
                _CONDITIONS: self.before.widget,
                _MONEY: widgets.VBox(
                    [button("The next avenue", self.money.turn), self.money.widget]
                ),
            },
            (self.counterpart,),
        )
        for control in (self.counterpart, self.unit):
            control.observe(lambda _: self._begin_reading(), names="value")
        self.is_present.observe(lambda _: self.show_part(), names="value")
        self.show()

    def show(self) -> None:
        """Show the organisations that are there, and what is known of the one that is chosen."""
        rows = (self.frame(name)["counterpart"] for name in (PARTNERS, EVIDENCE))
        listed = sorted(set(pd.concat(rows).dropna()), key=str.casefold) or [_NOBODY]
        offer(self.counterpart, listed)
        for form in (self.reading, self.canvas, self.before, self.money):
            form.show()
        self.show_part()

    def _begin_reading(self) -> None:
        self.reading.begin()
        self.reading.show()
        self.show_part()

    def show_part(self) -> None:
        """Show the part that is chosen; readings of others only where they are compared."""
        super().show_part()
        is_alone = self.step.value == _CANVAS and self.is_present.value
        self.compared.value = self._compared_html() if self.step.value == _COMPARE else ""
        self.counterpart.layout.display = None if self.step.value in (_READ, _COMPARE) else "none"
        for one in (self.step, self.canvas.which):
            one.layout.display = "none" if is_alone else None
        for name in _hidden_from_partner():
            self.canvas.fields[name].layout.display = "none" if is_alone else None
        if self.step.value == _CANVAS:
            self.canvas.card.value = self._canvas_html(self.canvas.chosen())

    def _compared_html(self) -> str:
        """Every reading of one organisation, side by side; nothing is averaged."""
        frame = within(self.frame(EVIDENCE), ({"counterpart": self.counterpart.value},))
        shown = frame.dropna(subset=["reading"]).sort_values(["indicator", "unit_id"])
        if shown.empty:
            return paragraph_html(["Nobody has read anything about it yet."])
        pairs = shown[["indicator", "reading"]].drop_duplicates()
        apart = int((pairs.groupby("indicator").size() > 1).sum())
        read = shown["indicator"].nunique()
        told = say("partners-live-apart", read=int(read), apart=apart)
        return paragraph_html([told]) + rows_html(EVIDENCE, shown, _COMPARED, "Side by side")

    def _canvas_html(self, row: Mapping[Any, Any]) -> str:
        """The four cells as they stand; without what the partner may not see, where it is there."""
        if not row:
            return ""
        hidden = _hidden_from_partner() if self.is_present.value else ()
        names = [name for name in (*_FOUR, "their_words", "learning") if name not in hidden]
        return facts_html(PARTNERS, row, names, row["counterpart"])


def _hidden_from_partner() -> tuple[str, ...]:
    """Cells of the canvas that no edition for partners shows."""
    schema = table_schema(PARTNERS)
    above = LABELS[LABELS.index("partner") + 1 :]
    return tuple(name for name in _FOUR if schema[name].visible_to in above)


def _conditions_html(row: Mapping[Any, Any]) -> str:
    """What was answered to each condition, and how many are open."""
    left = sum(row[name] != "yes" for name in CONDITIONS)
    told = paragraph_html([say("partners-live-conditions", open=left, conditions=len(CONDITIONS))])
    return told + facts_html(APPEARANCES, row, CONDITIONS, row["title"])


def _avenue_html(row: Mapping[Any, Any]) -> str:
    """What is known of an avenue: dated facts, no advice."""
    told = paragraph_html(["Dated facts, no legal advice: confirm with counsel."])
    return facts_html(AVENUES, row, _FACTS, row["avenue"]) + told
