"""Chapter 08 in the room: the wording of the resolution, and who does what by when."""

from __future__ import annotations

from collections.abc import Iterator

import ipywidgets as widgets
import pandas as pd

from strategy_lib.chapters.brief.context import ENDED, text
from strategy_lib.core.messages import say
from strategy_lib.schema.readiness import recommendations
from strategy_lib.schema.schema import code_list
from strategy_lib.widgets.parts import list_html, paragraph_html, safe, table_html
from strategy_lib.widgets.record_form import RecordForm
from strategy_lib.widgets.session import Session
from strategy_lib.widgets.steps import StepsPanel

BRIEF, ACTIONS, ANSWERS = "brief", "actions", "recommendation_answers"
_ITEM = "recommendation_id"
_WORDING, _PLAN, _GUIDE = "Wording", "Actions", "The guide’s recommendations"


class BriefPanel(StepsPanel):
    """Questions with their exact wording, actions, and what becomes of each recommendation."""

    def __init__(self, session: Session) -> None:
        tables = (BRIEF, ACTIONS, ANSWERS)
        super().__init__(session, "Brief: wording and actions", tables, by_assessor=False)
        self.read = widgets.HTML()
        self.plan = widgets.HTML()
        self.covered = widgets.HTML()
        self.question = RecordForm(
            self, BRIEF, "The question and its wording", letters="q", named_by="question"
        )
        self.action = RecordForm(
            self, ACTIONS, "Who does what by when", letters="action", named_by="action"
        )
        self.answer = _AnswerForm(
            self,
            ANSWERS,
            "Where a recommendation is taken up",
            letters=None,
            nothing="choose a recommendation",
        )
        self.arrange(
            {
                _WORDING: widgets.VBox([self.read, self.question.widget]),
                _PLAN: widgets.VBox([self.plan, self.action.widget]),
                _GUIDE: widgets.VBox([self.covered, self.answer.widget]),
            }
        )
        self.show()

    def show(self) -> None:
        """Show what is written now."""
        self.read.value = "".join(map(_question_html, _rows(self.frame(BRIEF))))
        self.plan.value = _plan_html(self.frame(ACTIONS), pd.Timestamp(self.session.log.clock()))
        self.covered.value = paragraph_html(_covered(self.frame(ANSWERS)))
        for form in (self.question, self.action, self.answer):
            form.show()
        self.show_part()


class _AnswerForm(RecordForm):
    """One row for each recommendation of the guide, answered or not."""

    def choices(self) -> list[tuple[str, str]]:
        """All recommendations, with a mark at those that are answered."""
        items = recommendations()
        answered = set(self.rows()[self.key])
        named = zip(items[_ITEM].astype(str), items["title"], strict=True)
        return [
            (f"{'✓ ' if code in answered else ''}{code}. {title}", code) for code, title in named
        ]


def _rows(frame: pd.DataFrame) -> Iterator[dict[str, str]]:
    for row in frame.to_dict("records"):
        yield {str(name): text(value) for name, value in row.items()}


def _question_html(row: dict[str, str]) -> str:
    """A question as the brief will print it; the wording stands exactly as written."""
    purpose = code_list("brief_purpose").label(row["purpose"]) if row["purpose"] else "No purpose"
    wording = row["resolution_wording"]
    asked = ", ".join(part for part in (row["asked_of"], row["decision_by"][:10]) if part)
    told = [
        say("brief-live-asked", what=str(asked)) if asked else say("brief-live-not-asked"),
        say(
            "brief-live-recommended",
            who=str(row["recommended_by"] or say("brief-live-nobody")),
            what=str(row["recommendation"]),
        )
        if row["recommendation"]
        else say("brief-live-open"),
        f"Seen differently: {row['minority_view']} ({row['minority_view_by'] or 'not signed'})"
        if row["minority_view"]
        else "No minority view is written down.",
    ]
    quoted = (
        f"<blockquote>{safe(wording)}</blockquote>"
        if wording
        else paragraph_html(["No wording of a resolution yet."])
    )
    head = f"<h4>{safe(purpose)}: {safe(row['question'])}</h4>"
    return f'<div class="wb-card">{head}{quoted}{paragraph_html(told)}</div>'


def _plan_html(actions: pd.DataFrame, now: pd.Timestamp) -> str:
    """How many actions there are, and which have nobody, no day, or are past their day."""
    if actions.empty:
        return paragraph_html(["No action is written down yet."])
    open_ = actions[~actions["status"].isin(ENDED)]
    nobody = open_[open_["owner_role"].isna()]
    no_day = open_[open_["due_date"].isna()]
    today = now.tz_localize(None).normalize()
    past = open_[open_["due_date"].notna() & (open_["due_date"] < today)]
    lines = [say("brief-live-actions", actions=len(actions), open=len(open_))]
    for frame, what in (
        (nobody, "Nobody is named for"),
        (no_day, "No day is set for"),
        (past, "Past their day"),
    ):
        if len(frame):
            lines.append(f"{what}: {', '.join(frame['action_id'].astype(str))}.")
    ordered = open_.sort_values(["due_date", "action_id"], kind="stable", na_position="last")
    rows = [
        (
            row["action_id"],
            row["action"],
            row["owner_role"] or "nobody",
            row["due_date"][:10] or "no day",
            code_list("action_status").label(row["status"]) if row["status"] else "not said",
        )
        for row in _rows(ordered)
    ]
    headings = ("Code", "Action", "Who", "By", "How far")
    return list_html(lines) + table_html(headings, rows, "Open actions, the first due first")


def _covered(answers: pd.DataFrame) -> list[str]:
    whole = len(recommendations())
    refused = answers["not_taken_up_because"].notna()
    taken = answers["where_addressed"].notna() & ~refused
    nobody = int((taken & answers["owner_role"].isna()).sum())
    left = max(whole - len(answers), 0)
    return [
        say(
            "brief-live-answers",
            whole=int(whole),
            taken=int(taken.sum()),
            refused=int(refused.sum()),
            left=int(left),
        ),
        say("brief-live-without", nobody=int(nobody)) if nobody else "",
    ]
