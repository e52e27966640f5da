"""Editions as an organisation defines them: an audience and how much it may see.

Apart from `editions` (which withholds) so that settings and the command line start without pandas.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from strategy_lib.core.errors import InputError

LABELS = ("public", "partner", "internal", "restricted")
DEFAULT_LABEL = "internal"
LABEL_FIELDS = ("handling", "not_for_mainland")
# How a row is shown whose label cannot be read.
NARROWEST: Mapping[str, Any] = {"handling": LABELS[-1], "not_for_mainland": True}


@dataclass(frozen=True)
class Edition:
    """One audience and what it may see.

    Attributes
    ----------
    clearance : str
        Highest label that the audience may see.
    withhold_not_for_mainland : bool
        Whether rows marked `not_for_mainland` are withheld.
    smallest_group : int
        Counts of fewer records than this are suppressed; 1 suppresses nothing.
    show_withheld_count : bool
        Whether a page may say how many records were withheld.
    """

    name: str
    title: str
    clearance: str
    audience: str = ""
    withhold_not_for_mainland: bool = False
    smallest_group: int = 1
    show_withheld_count: bool = False

    def may_see(self, label: str) -> bool:
        """Whether this edition's clearance reaches `label`.

        Examples
        --------
        >>> DEFAULT_EDITIONS["leaders"].may_see("restricted")
        False
        """
        return LABELS.index(label) <= LABELS.index(self.clearance)

    @property
    def sees_everything(self) -> bool:
        """Whether no row and no count is withheld from this audience.

        Examples
        --------
        >>> DEFAULT_EDITIONS["core"].sees_everything, DEFAULT_EDITIONS["leaders"].sees_everything
        (True, False)
        """
        is_cleared = self.clearance == LABELS[-1] and self.smallest_group <= 1
        return is_cleared and not self.withhold_not_for_mainland


DEFAULT_EDITIONS: Mapping[str, Edition] = {
    e.name: e
    for e in (
        Edition("core", "Core team", "restricted", "The few people who prepare the strategy"),
        Edition(
            "leaders",
            "Leaders",
            "internal",
            "Leaders of the federation and its offices",
            show_withheld_count=True,
        ),
        Edition(
            "mainland",
            "Mainland China",
            "internal",
            "Colleagues in, or travelling to, mainland China",
            withhold_not_for_mainland=True,
        ),
        Edition("partner", "Partners", "partner", "Partner organisations", False, 3),
        Edition("public", "Public", "public", "Anybody", True, 5),
    )
}


def edition_named(editions: Mapping[str, Edition], name: str) -> Edition:
    """One edition by its name.

    Raises
    ------
    InputError
        If no edition has that name; the message lists those that there are.
    """
    if name not in editions:
        raise InputError(f"There is no edition {name!r}; the editions are: {', '.join(editions)}.")
    return editions[name]
