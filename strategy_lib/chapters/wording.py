"""How every chapter puts counts and names into sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def number(count: int, one: str, many: str) -> str:
    """A count with its noun.

    Examples
    --------
    >>> number(1, "office", "offices"), number(1200, "office", "offices")
    ('1 office', '1,200 offices')
    """
    return f"{count:,} {one if count == 1 else many}"


def listed(names: Sequence[str], most: int = 4) -> str:
    """Names in a sentence, cut after `most`.

    Examples
    --------
    >>> listed(["Chad", "Fiji", "Peru"], 2)
    'Chad, Fiji and 1 more'
    >>> listed(["Chad", "Fiji"])
    'Chad and Fiji'
    """
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def joined(sentences: Iterable[str]) -> tuple[str, ...]:
    """Sentences that say something about this edition."""
    return tuple(sentence for sentence in sentences if sentence)
