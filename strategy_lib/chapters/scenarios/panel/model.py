"""What the scenarios panel shows, without widgets: one person's matrix, and what a cell does."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from strategy_lib.chapters.scenarios.changes import set_change, with_judgement
from strategy_lib.chapters.scenarios.sets import states_in
from strategy_lib.core.errors import InputError
from strategy_lib.core.messages import say
from strategy_lib.editions.restrict import Restricted
from strategy_lib.judgements.influences import InfluenceMatrix, influences_of
from strategy_lib.methods.cross_impact import CrossImpactMatrix, consistent_scenarios

TABLE = "cross_impacts"
MOST_SHOWN = 12
# Branches that the search may look at while somebody waits.
EFFORT = 2_000_000
SEALED = "Which futures hold together is shown once round 1 is closed."


@dataclass
class ScenariosModel:
    """A matrix in which cells are changed, and the set of scenarios that holds together in it.

    Attributes
    ----------
    influences : InfluenceMatrix
        What this person may see.
    who : str
        Code of the person; empty for the facilitator, who sees the room's matrix.
    start : CrossImpactMatrix or None
        The matrix before anything was changed here; None without two descriptors.
    matrix : CrossImpactMatrix or None
        The matrix now.
    others : CrossImpactMatrix or None
        What stands in where this person gave no answer.
    is_sealed : bool
        Whether round 1 is open: nothing of what others said is then in any of these matrices.
    """

    influences: InfluenceMatrix
    who: str
    start: CrossImpactMatrix | None
    matrix: CrossImpactMatrix | None
    others: CrossImpactMatrix | None = None
    is_sealed: bool = False
    changed: dict[tuple[str, str], float] = field(default_factory=dict)

    @classmethod
    def of(cls, view: Restricted, who: str, *, is_sealed: bool = False) -> ScenariosModel:
        """The model for one person, from what they may see."""
        influences = influences_of(view)
        if not is_sealed:
            matrix = influences.by_assessor.get(who, influences.matrix)
            return cls(influences, who, matrix, matrix, influences.matrix)
        frame = view[TABLE]
        mine = frame[frame["assessor_id"] == who]
        alone = influences_of(replace(view, frames={**view.frames, TABLE: mine}))
        is_whole = bool(who) and alone.system.keys == influences.system.keys
        matrix = alone.matrix if is_whole else None
        return cls(influences, who, matrix, matrix, matrix, is_sealed=True)

    def given(self, source: str, target: str) -> float:
        """What this person said of one cell; NaN where there is no answer."""
        if (source, target) in self.changed:
            return self.changed[source, target]
        if self.who not in self.influences.assessors:
            return float("nan")
        mine = self.influences.given[self.influences.assessors.index(self.who)]
        return float(mine[self.influences.rows[source], self.influences.rows[target]])

    def stands_in(self, source: str, target: str) -> float:
        """What is used where this person gave no answer: the room's value, or the starting one."""
        if self.others is None:
            return float("nan")
        rows = self.influences.rows
        return float(self.others.impacts[rows[source], rows[target]])

    def change(self, source: str, target: str, value: float) -> None:
        """Put one judgement in its place; NaN lets what stands in be used."""
        if self.matrix is None:
            return
        used = self.stands_in(source, target) if np.isnan(value) else value
        self.matrix = with_judgement(self.matrix, source, target, used)
        self.changed[source, target] = value

    def words(self) -> list[str]:
        """How many scenarios hold together, and which came and went with what was changed."""
        if self.is_sealed and self.matrix is None:
            return [SEALED]
        if self.matrix is None or self.start is None:
            return ["There are not two descriptors to compare yet."]
        try:
            change = set_change(self.start, self.matrix)
        except InputError as error:
            return [str(error)]
        lines = [say("scenarios-live-hold", after=int(change.after), before=int(change.before))]
        for frame, what in ((change.gained, "New"), (change.lost, "Gone")):
            shown = frame.head(MOST_SHOWN).to_dict("records")
            lines += [f"{what}: {self.in_words(row)}" for row in shown]
            if len(frame) > MOST_SHOWN:
                lines.append(say("scenarios-live-more", what=what, more=len(frame) - MOST_SHOWN))
        return lines

    def found(self) -> list[tuple[str, ...]]:
        """The scenarios that hold together now, best first: the name of a state by descriptor."""
        names = self.influences.system.state_names
        return [tuple(str(names.get(code, code)) for code in row) for row in self.found_codes()]

    def found_codes(self) -> list[tuple[str, ...]]:
        """The same by the codes of their states."""
        if self.matrix is None:
            return []
        try:
            frame = consistent_scenarios(self.matrix, effort=EFFORT)
        except InputError:
            return []
        return states_in(frame.head(MOST_SHOWN), self.influences)

    def headings(self) -> tuple[str, ...]:
        """Names of the descriptors."""
        system = self.influences.system
        return tuple(str(system.descriptor_names[column]) for column in system.keys)

    def in_words(self, row: Mapping[Hashable, object]) -> str:
        """A scenario as its states, descriptor by descriptor."""
        system = self.influences.system
        return "; ".join(system.in_full(str(row[column])) for column in system.keys)
