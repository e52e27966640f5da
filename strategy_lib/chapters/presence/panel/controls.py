"""The controls of the presence panel: three points on a scale, and swing weights."""

from __future__ import annotations

import math
from functools import partial
from typing import Any

import ipywidgets as widgets

from strategy_lib.chapters.presence.panel.base import PresenceParts
from strategy_lib.chapters.presence.panel.model import (
    NO_ANSWER,
    SCORES,
    WEIGHTS,
    Points,
    pushed,
    spread,
    told,
    without,
)
from strategy_lib.core.messages import say
from strategy_lib.widgets.choices import coded
from strategy_lib.widgets.parts import (
    button,
    choice,
    heading,
    long_text,
    paragraph_html,
    said,
    slider,
    tick,
    typed,
)
from strategy_lib.widgets.scale import anchors_html

POINTS = ("low", "best", "high")
_LABELS = {"low": "Lowest possible", "best": "Most likely", "high": "Highest possible"}
_WEIGHTS_HELP = (
    "Give 100 to the criterion on which going from the worst to the best matters most; the others "
    "in comparison; 0 if it does not matter."
)


class ScoreControls:
    """One option on one criterion: one number and how sure, or a range of one's own; the reason."""

    def __init__(self, panel: PresenceParts) -> None:
        self.panel = panel
        matrix = panel.model.matrix
        self.option = choice("Option:", [(n, i) for i, n in enumerate(matrix.options["name"])])
        self.criterion = choice(
            "Criterion:", [(n, i) for i, n in enumerate(matrix.criteria["name"])]
        )
        self.anchors = widgets.HTML()
        self.sliders = {name: slider(_LABELS[name], 0, 10, 0.5) for name in POINTS}
        self.fields = {name: typed("or:", "no answer", "8em") for name in POINTS}
        self.sure = widgets.ToggleButtons(
            options=coded("how_sure"), description="How sure:", style={"button_width": "auto"}
        )
        self.own = tick("I would rather give a range of my own")
        self.reason = long_text("Reason:", "Why, in your own words. No names of people.")
        self.no_answer_button = button("I cannot say", self.no_answer)
        self.next_button = button("Next question", self.next)
        self.note = widgets.HTML()
        self.progress = said()
        self._filling = False
        # Where the points were before the present drag: to drag there and back changes nothing.
        self._rested = NO_ANSWER
        low, best, high = (widgets.HBox([self.sliders[n], self.fields[n]]) for n in POINTS)
        self.range = widgets.VBox([low, high])
        self.widget = widgets.VBox(
            [
                heading("Score one option on one criterion"),
                self.option,
                self.criterion,
                self.anchors,
                best,
                self.sure,
                self.own,
                self.range,
                self.note,
                self.reason,
                widgets.HBox([self.no_answer_button, self.next_button]),
                self.progress,
            ]
        )
        for control in (self.option, self.criterion):
            control.observe(self._on_question, names="value")
        for name in POINTS:
            self.sliders[name].observe(partial(self._on_slider, name), names="value")
            self.fields[name].observe(partial(self._on_field, name), names="value")
        self.sure.observe(lambda _: self._on_sure(), names="value")
        self.own.observe(lambda _: self._on_own(), names="value")
        self.reason.observe(self._on_reason, names="value")
        self._show_range()

    def show(self) -> None:
        """Show the answer of whoever enters to the question that is chosen."""
        points = (*self.sliders.values(), *self.fields.values(), self.sure, self.own)
        for control in (*points, self.reason, self.no_answer_button):
            control.disabled = not self.panel.may_judge(SCORES)
        option, criterion = self.option.value, self.criterion.value
        if option is None or criterion is None:
            self.anchors.value = paragraph_html(["No option or no criterion is entered yet."])
            return
        self.note.value = ""
        self.anchors.value = anchors_html(self.panel.model.matrix.criteria.iloc[criterion])
        self._fill(self._now())
        self._filling = True
        self.sure.value = self.panel.model.sure.get(self.panel.model.pair(option, criterion), "")
        self.own.value = self.panel.model.is_own_range(option, criterion)
        self.reason.value = self._known_reason()
        self._filling = False
        self.rested()

    def rested(self) -> None:
        """Take the points as they are now for the start of the next drag, and tell the progress."""
        self._rested = self._now()
        done, whole = self.panel.model.scored_share()
        self.progress.value = paragraph_html(
            [
                "Choose your code above to enter scores."
                if self.panel.is_facilitator
                else say("presence-live-done", done=int(done), whole=int(whole))
            ]
        )

    def _now(self) -> Points:
        option, criterion = self.option.value, self.criterion.value
        if option is None or criterion is None:
            return NO_ANSWER
        return self.panel.model.score(option, criterion)

    def _fill(self, points: Points) -> None:
        self._filling = True
        for name, value in zip(POINTS, points, strict=True):
            is_known = not math.isnan(value)
            self.fields[name].value = f"{value:g}" if is_known else ""
            self.sliders[name].value = value if is_known else 5.0
        self._filling = False

    def _key(self) -> dict[str, Any]:
        option, criterion = self.panel.model.pair(self.option.value, self.criterion.value)
        return self.panel.judgement(SCORES, option_id=option, criterion_id=criterion)

    def _known_reason(self) -> str:
        if not self.panel.may_judge(SCORES):
            return ""
        key = self._key()
        reasons = [
            e.row["reason"]
            for e in self.panel.session.entries.standing
            if e.table == SCORES
            and e.row.get("reason")
            and all(e.row.get(name) == value for name, value in key.items())
        ]
        return str(reasons[-1]) if reasons else ""

    def _on_question(self, _: Any) -> None:
        self.panel.later.now()
        self.show()

    def _on_slider(self, name: str, change: Any) -> None:
        if not self._filling:
            self._push(self._rested, name, float(change["new"]))

    def _on_field(self, name: str, change: Any) -> None:
        if self._filling:
            return
        text = str(change["new"]).strip()
        if not text:
            self._moved(without(self._now(), name))
            return
        value = self.panel.checked(SCORES, self._key(), name, text)
        if value is None:
            self._fill(self._now())
        else:
            self._push(self._now(), name, value)

    def _push(self, points: Points, name: str, value: float) -> None:
        is_one_number = name == "best" and not self.own.value
        after = spread(value, self.sure.value) if is_one_number else pushed(points, name, value)
        if math.isnan(after[1]):
            self._fill(points)
        else:
            self._moved(after)
        words = "" if is_one_number else told(points, name, value, after)
        self._tell(words)

    def _moved(self, points: Points) -> None:
        """Show what follows from new points, and save them when they rest."""
        self.note.value = ""
        option, criterion = self.option.value, self.criterion.value
        self.panel.model.drag_score(option, criterion, points)
        self._fill(points)
        self.panel.compare()
        self.panel.model.sure[self.panel.model.pair(option, criterion)] = self.sure.value
        best = None if math.isnan(points[1]) else points[1]
        row: dict[str, Any] = {"low": None, "best": best, "high": None, "sure": None}
        if self.own.value:
            row |= {n: None if math.isnan(v) else v for n, v in zip(POINTS, points, strict=True)}
        elif best is not None:
            row["sure"] = self.sure.value or None
        self.panel.plan_save((option, criterion), SCORES, self._key() | row)

    def _on_sure(self) -> None:
        """Take how sure somebody is, in place of a range of their own."""
        if self._filling or self.option.value is None:
            return
        best = self._now()[1]
        if math.isnan(best):
            self._filling = True
            self.sure.value = ""
            self._filling = False
            self._tell(say("presence-live-likely-first", end="sure"))
            return
        self._filling = True
        self.own.value = False
        self._filling = False
        self._show_range()
        self._moved(spread(best, self.sure.value))

    def _on_own(self) -> None:
        """Show the ends, or take them back."""
        self._show_range()
        if not self._filling and not self.own.value and not math.isnan(self._now()[1]):
            self._moved(spread(self._now()[1], self.sure.value))

    def _show_range(self) -> None:
        self.range.layout.display = None if self.own.value else "none"

    def _tell(self, words: str) -> None:
        self.note.value = f'<p role="status" class="wb-trouble">{words}</p>' if words else ""

    def _on_reason(self, change: Any) -> None:
        if not self._filling and self.option.value is not None:
            text = str(change["new"]).strip() or None
            self.panel.save(SCORES, self._key() | {"reason": text}, "reason")

    def no_answer(self) -> None:
        """Say that this question cannot be answered: no answer is an answer, and never zero."""
        if self.option.value is not None and self.criterion.value is not None:
            self._filling = True
            self.sure.value = ""
            self._filling = False
            self._moved(NO_ANSWER)

    def next(self) -> None:
        """Go to the next criterion, and from the last one to the next option."""
        options, criteria = len(self.option.options), len(self.criterion.options)
        if not options or not criteria:
            return
        place = (self.option.value * criteria + self.criterion.value + 1) % (options * criteria)
        self.option.value, self.criterion.value = divmod(place, criteria)


class WeightControls:
    """Swing weights: one slider, or typed number, a criterion."""

    def __init__(self, panel: PresenceParts) -> None:
        self.panel = panel
        self.sliders = [slider(str(n), 0, 100, 5) for n in panel.model.matrix.criteria["name"]]
        self.fields = [typed("or:", "no answer", "8em") for _ in self.sliders]
        self._filling = False
        pairs = zip(self.sliders, self.fields, strict=True)
        rows = [widgets.HBox(list(pair)) for pair in pairs]
        self.widget = widgets.VBox(
            [heading("What matters to you: swing weights"), said(_WEIGHTS_HELP), *rows]
        )
        for position, (bar, field) in enumerate(zip(self.sliders, self.fields, strict=True)):
            bar.observe(partial(self._on_slider, position), names="value")
            field.observe(partial(self._on_field, position), names="value")

    def show(self) -> None:
        """Show the weights of whoever enters."""
        for control in (*self.sliders, *self.fields):
            control.disabled = not self.panel.may_judge(WEIGHTS)
        self._fill()

    def _fill(self) -> None:
        self._filling = True
        for bar, field, points in zip(
            self.sliders, self.fields, self.panel.model.points(), strict=True
        ):
            is_known = not math.isnan(points)
            field.value = f"{points:g}" if is_known else ""
            bar.value = points if is_known else 0.0
        self._filling = False

    def _key(self, position: int) -> dict[str, Any]:
        code = str(self.panel.model.matrix.criteria["criterion_id"].iloc[position])
        return self.panel.judgement(WEIGHTS, criterion_id=code)

    def _on_slider(self, position: int, change: Any) -> None:
        if not self._filling:
            self._weighed(position, float(change["new"]))

    def _on_field(self, position: int, change: Any) -> None:
        if self._filling:
            return
        text = str(change["new"]).strip()
        value = self.panel.checked(WEIGHTS, self._key(position), "points", text) if text else None
        if text and value is None:
            self._fill()
        else:
            self._weighed(position, float("nan") if value is None else value)

    def _weighed(self, position: int, value: float) -> None:
        points = self.panel.model.points()
        points[position] = value
        self.panel.model.drag_weights(points)
        self._fill()
        self.panel.compare()
        row = self._key(position) | {"points": None if math.isnan(value) else value}
        self.panel.plan_save(("weight", position), WEIGHTS, row)
