"""What a coordinator is told of texts that name a counterpart that an edition withholds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from strategy_lib.core.audiences import Edition
from strategy_lib.core.errors import listing
from strategy_lib.core.problems import Problem
from strategy_lib.editions.mentions import (
    EVERY_EDITION,
    LISTED_IN,
    RELEASES,
    Mention,
    Mentions,
    words_of,
)
from strategy_lib.editions.restrict import hidden_rows, withheld_mentions
from strategy_lib.inputs.checks.locations import place_in, row_dicts
from strategy_lib.schema.frames import Tables
from strategy_lib.schema.schema import table_schema
from strategy_lib.schema.text import shortened

MOST_SHOWN = 50
_MOST_NAMES = 4


@dataclass
class _Row:
    """What the texts of one row name, and which editions that concerns."""

    table: str
    position: int
    mentions: list[Mention] = field(default_factory=list)
    editions: list[str] = field(default_factory=list)

    def add(self, mention: Mention, edition: str) -> None:
        if mention not in self.mentions:
            self.mentions.append(mention)
        if edition not in self.editions:
            self.editions.append(edition)

    @property
    def names(self) -> list[str]:
        return list(dict.fromkeys(mention.spelling.text for mention in self.mentions))


_Rows = dict[tuple[str, int], _Row]


@dataclass(frozen=True)
class TextProblems:
    """Rows whose texts name a counterpart that an edition withholds.

    Attributes
    ----------
    warnings : tuple of Problem
        Rows withheld until they are released; rows shown because a name of so few letters is often
        another word; releases that do nothing.
    asides : tuple of Problem
        Rows shown because they were released.
    """

    warnings: tuple[Problem, ...]
    asides: tuple[Problem, ...]


def text_problems(
    tables: Tables, editions: Iterable[Edition], mentions: Mentions | None = None
) -> TextProblems:
    """Look through the texts of all tables for what an edition withholds.

    Parameters
    ----------
    tables : Tables
        Checked inputs.
    editions : iterable of Edition
        Those that the workspace may make.
    mentions : Mentions, optional
        Where these tables name counterparts, for whoever restricts them too.
    """
    known, mentions = list(editions), mentions or Mentions(tables)
    withheld: _Rows = {}
    uncertain: _Rows = {}
    released: _Rows = {}
    for edition in known:
        by_label = hidden_rows(edition, mentions, by_text=False)
        hidden = hidden_rows(edition, mentions)
        roots = mentions.counterparts(hidden[LISTED_IN])
        for table in hidden if roots else ():
            causes = set(withheld_mentions(mentions, table, edition, roots))
            of_label, of_all = by_label[table].tolist(), hidden[table].tolist()
            # Rows beyond these are set aside: nobody is shown them.
            shown = len(tables[table])
            for mention in mentions.seen(table, edition, roots):
                row, kept = mention.position, released
                if row >= shown:
                    continue
                if mention in causes:
                    kept = withheld
                elif mention.spelling.is_short:
                    kept = uncertain
                if not (of_label if kept is withheld else of_all)[row]:
                    found = kept.setdefault((table, row), _Row(table, row))
                    found.add(mention, edition.name)

    def say_withheld(row: _Row) -> str:
        reference = mentions.reference(row.table, row.position)
        return (
            f"names {_quoted(row.names)}; withheld from {_listed(row.editions)}, which may not see "
            f'that, until it is released: {reference} in "{table_schema(RELEASES).title()}"'
        )

    warnings = (
        *_told(tables, withheld, "names_withheld", say_withheld),
        *_told(tables, uncertain, "may_name_withheld", _say_uncertain),
        *_idle(tables, mentions, {edition.name for edition in known}),
    )
    return TextProblems(warnings, tuple(_told(tables, released, "text_released", _say_released)))


def _say_uncertain(row: _Row) -> str:
    return (
        f"shown to {_listed(row.editions)}, because {_quoted(row.names)} has few letters and may "
        "be another word; label the row if it names the counterpart that is withheld from them"
    )


def _say_released(row: _Row) -> str:
    return f"names {_quoted(row.names)}, and is shown to {_listed(row.editions)}: it was released"


def _told(tables: Tables, rows: _Rows, kind: str, say: Callable[[_Row], str]) -> Iterator[Problem]:
    """A line for each row, in the order of the files; of very many, the first and a count."""
    placed = []
    for table in {table for table, _ in rows}:
        chosen = [row for row in rows.values() if row.table == table]
        frame = tables[table].iloc[[row.position for row in chosen]]
        for values, row in zip(row_dicts(frame), chosen, strict=True):
            placed.append((place_in(values), row))
    placed.sort(key=lambda item: (*item[0], item[1].table, item[1].position))
    for where, row in placed[:MOST_SHOWN]:
        column = table_schema(row.table)[row.mentions[0].column].title()
        yield Problem(*where, column, "warning", kind, say(row), shortened(row.mentions[0].text))
    rest = Counter(name for _, row in placed[MOST_SHOWN:] for name in row.names)
    if rest:
        most = ", ".join(f'"{name}" ({count:,})' for name, count in rest.most_common(_MOST_NAMES))
        message = f"and {len(placed) - MOST_SHOWN:,} more such rows, most of which name {most}"
        yield Problem("", "", 0, "", "warning", kind, message)


def _idle(tables: Tables, mentions: Mentions, editions: set[str]) -> Iterator[Problem]:
    """Releases of what does not stand in any text (any longer), or to no edition that there is."""
    schema = table_schema(RELEASES)
    rows = [row for row in row_dicts(tables[RELEASES]) if row["reference"]]
    found = mentions.references() if rows else frozenset()
    for row in rows:
        place = place_in(row)
        if not {row["reference"], " ".join(words_of(row["reference"]))} & found:
            message = "releases nothing: the text, its names or their labels have changed since"
            title, shown = schema["reference"].title(), shortened(row["reference"])
            yield Problem(*place, title, "warning", "idle_release", message, shown)
        for name in row["editions"]:
            if name not in (*editions, EVERY_EDITION):
                message = f'there is no edition "{shortened(name)}"'
                allowed = ", ".join([*sorted(editions), EVERY_EDITION])
                title = schema["editions"].title()
                yield Problem(*place, title, "warning", "idle_release", message, name, allowed)


def _quoted(names: list[str]) -> str:
    return listing((f'"{shortened(name, 40)}"' for name in names), _MOST_NAMES)


def _listed(editions: list[str]) -> str:
    *first, last = editions
    return f"{', '.join(first)} and {last}" if first else last
