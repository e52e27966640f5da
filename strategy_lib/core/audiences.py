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
# Below `restricted`, so many people at least stand behind a number about judgements: of two, each
# knows what the other said. An edition may ask for more, never for fewer.
FEWEST_PEOPLE = 3
# Of one case or two, who knows one of them knows the other.
FEWEST_CASES = 3
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
    case_totals : bool
        Whether it is asked to tell how many cases of speaking out there are; see `counts_cases`.
    """

    name: str
    title: str
    clearance: str
    audience: str = ""
    withhold_not_for_mainland: bool = False
    smallest_group: int = 1
    show_withheld_count: bool = False
    case_totals: bool = False

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
        return self.shows_people and not self.withhold_not_for_mainland

    @property
    def shows_people(self) -> bool:
        """Whether what single assessors judged may be shown, with their codes and offices.

        Examples
        --------
        >>> DEFAULT_EDITIONS["core"].shows_people, DEFAULT_EDITIONS["leaders"].shows_people
        (True, False)
        """
        return self.clearance == LABELS[-1] and self.smallest_group <= 1

    @property
    def may_count_cases(self) -> bool:
        """Whether it could be told totals of cases at all, if it were asked to.

        Not one that goes outside, that withholds what is not for mainland China, or that may not
        see what is internal: there, that something is under way is itself worth knowing.

        Examples
        --------
        >>> [name for name, edition in DEFAULT_EDITIONS.items() if edition.may_count_cases]
        ['core', 'leaders']
        """
        is_inside = self.name not in OUTWARD and not self.withhold_not_for_mainland
        return is_inside and self.may_see("internal")

    @property
    def counts_cases(self) -> bool:
        """Whether it is told totals of the cases, and never a case.

        Examples
        --------
        >>> [name for name, edition in DEFAULT_EDITIONS.items() if edition.counts_cases]
        ['leaders']
        """
        return self.case_totals and self.may_count_cases and not self.sees_everything

    @property
    def fewest_cases(self) -> int:
        """Of how many cases at least a total is told.

        Examples
        --------
        >>> DEFAULT_EDITIONS["leaders"].fewest_cases
        3
        """
        return max(self.smallest_group, FEWEST_CASES)

    @property
    def fewest_people(self) -> int:
        """How many people at least stand behind a number about judgements.

        Examples
        --------
        >>> [DEFAULT_EDITIONS[name].fewest_people for name in ("core", "leaders", "public")]
        [1, 3, 5]
        """
        is_free = self.clearance == LABELS[-1]
        return self.smallest_group if is_free else max(self.smallest_group, FEWEST_PEOPLE)


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
            case_totals=True,
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
# They leave the organisation, or the places where it can protect what it holds.
OUTWARD = tuple(
    e.name
    for e in DEFAULT_EDITIONS.values()
    if e.withhold_not_for_mainland or not e.may_see(DEFAULT_LABEL)
)


def widening(edition: Edition) -> tuple[str, ...]:
    """What an edition shows beyond the workbook's own edition of that name.

    Examples
    --------
    >>> from dataclasses import replace
    >>> widening(replace(DEFAULT_EDITIONS["public"], clearance="restricted"))
    ('rows up to restricted (usually: public)',)
    """
    usual = DEFAULT_EDITIONS.get(edition.name, edition)
    counts = f"counts of fewer than {usual.smallest_group}"
    left = edition.smallest_group
    more = {
        f"rows up to {edition.clearance} (usually: {usual.clearance})": not usual.may_see(
            edition.clearance
        ),
        "rows not for mainland China": usual.withhold_not_for_mainland
        and not edition.withhold_not_for_mainland,
        counts + (f", from {left} on" if left > 1 else ""): left < usual.smallest_group,
        "how many rows were withheld": edition.show_withheld_count
        and not usual.show_withheld_count,
    }
    return tuple(words for words, is_more in more.items() if is_more)


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
