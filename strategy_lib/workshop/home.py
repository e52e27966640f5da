"""The workshop's home: this cycle, who has answered, the agenda, the chapters, the minutes."""

from __future__ import annotations

from collections.abc import Iterable

import ipywidgets as widgets
import pandas as pd

from strategy_lib.chapters.minutes.analysis import minutes
from strategy_lib.chapters.registry import CHAPTERS, chapters_for
from strategy_lib.chapters.wording import number
from strategy_lib.core.errors import InputError
from strategy_lib.core.workspace import open_workspace
from strategy_lib.inputs.checks.answers import answers_of_offices, expected_units
from strategy_lib.inputs.checks.assessors import answered_by_area, judgement_field
from strategy_lib.schema.frames import typed_frame
from strategy_lib.schema.schema import schemas
from strategy_lib.widgets.base import Panel
from strategy_lib.widgets.parts import (
    button,
    choice,
    heading,
    list_html,
    paragraph_html,
    safe,
    table_html,
    typed,
)
from strategy_lib.widgets.session import Session
from strategy_lib.workshop.facilitator_texts import pack_text, packs

_MOST_LINES = 40


class HomePanel(Panel):
    """What the facilitator looks at before, between and after the chapters."""

    def __init__(self, session: Session) -> None:
        inputs = session.inputs
        title = f"{inputs.organisation}: workshop {inputs.cycle}"
        super().__init__(session, title, (), by_assessor=False)
        self.undo_button.layout.display = "none"
        self.answered = widgets.HTML()
        used = {c.number for c in chapters_for(open_workspace(session.root).settings.optional)}
        listed = [(f"{n} {pack_text(n).title}", n) for n in packs() if n in used]
        self.chapter = choice("Agenda of:", listed)
        self.start = typed("It starts at:", "09:30", "12em")
        self.start.value = "09:30"
        self.agenda = widgets.HTML()
        self.minutes_button = button("Show the minutes (with codes)", self.show_minutes)
        self.minutes = widgets.HTML()
        self.body.children = (
            widgets.HTML(
                paragraph_html(
                    [f"As of {inputs.as_of:%Y-%m-%d}; edition “{inputs.restricted.edition.title}”."]
                )
            ),
            heading("Chapters"),
            widgets.HTML(chapter_links()),
            heading("Who has answered"),
            self.answered,
            heading("Agenda"),
            self.chapter,
            self.start,
            self.agenda,
            heading("Minutes"),
            self.minutes_button,
            self.minutes,
        )
        self.chapter.observe(lambda _: self._show_agenda(), names="value")
        self.start.observe(lambda _: self._show_agenda(), names="value")
        self.show()
        self.say("Ready.")

    def show(self) -> None:
        """Show who has answered, and the agenda."""
        self.answered.value = list_html(self._answered())
        self._show_agenda()

    def _answered(self) -> Iterable[str]:
        inputs = self.session.inputs
        frames = {
            n: inputs.restricted.frames.get(n, typed_frame(s, [])) for n, s in schemas().items()
        }
        units = expected_units(frames["units"], inputs.as_of)
        answers = answers_of_offices(frames, inputs.restricted.incomplete)
        silent = [str(name) for name in units.loc[~units["unit_id"].isin(list(answers)), "name"]]
        yield f"{len(units) - len(silent)} of {len(units)} offices have answered."
        if silent:
            yield f"Not yet: {', '.join(silent)}."
        people = self.session.assessors
        by_area = _judged(frames)
        for area in sorted({s.area for s in schemas().values() if judgement_field(s)}):
            tables = [s.name for s in schemas().values() if s.area == area and judgement_field(s)]
            here = set(self.session.answered(dict.fromkeys(tables, ({},))))
            both = here | by_area.get(area, set())
            if both:
                missing = [code for code in people if code not in both]
                rest = f"; not yet {', '.join(missing)}" if missing else ""
                people_here = number(len(both), "person", "people")
                yield f"{area.replace('_', ' ').capitalize()}: judged by {people_here}{rest}."

    def _show_agenda(self) -> None:
        text = pack_text(self.chapter.value)
        try:
            rows = [
                (f"{begin} to {end}", step.title, step.panel, " ".join(step.prompts))
                for begin, end, step in text.times(self.start.value)
            ]
        except InputError as error:
            self.say(str(error), is_trouble=True)
            return
        headings = ("When", "What", "Panel", "Prompts")
        self.agenda.value = paragraph_html([text.aim]) + table_html(headings, rows, text.title)

    def show_minutes(self) -> None:
        """Show the minutes of everything that was entered in this cycle's workshops."""
        self.session.reread()
        told = minutes(self.session.inputs, self.session.entries)
        entered = told.tables["entered"].tail(_MOST_LINES)
        parts = [list_html([*told.sentences, *told.notes])]
        for name, caption in (("disputed", "Furthest apart"), ("decided", "Settled by the room")):
            frame = told.tables[name]
            if len(frame):
                parts.append(table_html([str(c) for c in frame], frame.to_numpy(), caption))
        if len(entered):
            caption = f"The last {len(entered)} of {len(told.tables['entered'])} entries"
            parts.append(table_html([str(c) for c in entered], entered.to_numpy(), caption))
        self.minutes.value = "".join(parts)


def _judged(frames: dict[str, pd.DataFrame]) -> dict[str, set[str]]:
    known = {name: frame for name, frame in frames.items() if "assessor_id" in frame}
    full = {name: known.get(name, typed_frame(schema, [])) for name, schema in schemas().items()}
    return answered_by_area(full)


def chapter_links() -> str:
    """Links to the notebooks of the chapters, which lie beside this one."""
    items = "".join(
        f'<li><a href="{safe(c.notebook)}" target="_blank">{safe(c.title)}</a>: '
        f"{safe(c.question)}</li>"
        for c in CHAPTERS
    )
    return f"<ul>{items}</ul>"
