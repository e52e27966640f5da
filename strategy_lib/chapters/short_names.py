"""Short names for pictures: one for each option, criterion or counterpart, all over an edition."""

from __future__ import annotations

from strategy_lib.editions.restrict import Restricted
from strategy_lib.plotting.theme import clean


def short_names(restricted: Restricted, table: str, name: str = "name") -> dict[str, str]:
    """The short name of each row of a table by its name; without one, the name itself.

    Parameters
    ----------
    table : str
        A table with a field `short_name`, such as `presence_options`.
    name : str
        Column of the full name.
    """
    frame = restricted[table]
    full = [clean(text) for text in frame[name]]
    if "short_name" not in frame:
        return dict(zip(full, full, strict=True))
    short = [clean(text) if isinstance(text, str) else "" for text in frame["short_name"]]
    return {long: brief or long for long, brief in zip(full, short, strict=True)}


def option_answers(restricted: Restricted) -> dict[str, str]:
    """Name of an option -> the answer to the question that it means, where somebody said so."""
    rows = restricted["presence_options"].dropna(subset="answer")
    return {clean(n): clean(a) for n, a in zip(rows["name"], rows["answer"], strict=True)}
