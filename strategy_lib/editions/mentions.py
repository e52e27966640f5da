"""Where rows name counterparts: in columns made for it, and in any text.

All texts are gone through once, whatever the number of names: word by word along a tree of the
names' words. In scripts that put no spaces between words, each character counts as a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from strategy_lib.core.audiences import Edition
from strategy_lib.core.hashing import hash_of
from strategy_lib.editions.spellings import Spellings
from strategy_lib.schema.frames import Tables, known_values
from strategy_lib.schema.name_keys import folded, name_key
from strategy_lib.schema.schema import Field, TableSchema, schemas

LISTED_IN = "counterparts"
RELEASES = "text_releases"
EVERY_EDITION = "all"
FEWEST_LETTERS = 4
FEWEST_CHARACTERS = 2
_OWN_NAMES = ("name", "chinese_name", "aliases")
# Thai to Lao, Burmese, Korean, Khmer, Japanese and Chinese.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u3007\u3040-\u30ff"
    "\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+")
_UNSPACED_WORD = re.compile(f"[{_UNSPACED}]")


def words_of(text: str) -> list[str]:
    """The words of a text, without case, accents and signs.

    Examples
    --------
    >>> words_of("Talks with Huawei's 中国 office")
    ['talks', 'with', 'huawei', 's', '中', '国', 'office']
    """
    return _WORD.findall(folded(text))


@dataclass(frozen=True, order=True)
class Spelling:
    """One way to write a counterpart's name.

    Attributes
    ----------
    text, key : str
        As it was written, and its words.
    root : str
        Stands for the counterpart.
    is_short : bool
        Whether it is so short that other words are often written like it.
    """

    text: str
    key: str
    root: str
    is_short: bool


@dataclass
class _Branch:
    further: dict[str, _Branch] = field(default_factory=dict)
    ends: list[Spelling] = field(default_factory=list)


class Finder:
    """Finds names in texts, as whole words.

    Parameters
    ----------
    written : iterable of (str, str)
        Each spelling, and what stands for its counterpart.

    Examples
    --------
    >>> finder = Finder([("Secret Fund", "s"), ("密基金", "s"), ("WHO", "w")])
    >>> [s.text for s in finder.find("The secret fund's dam; who pays? 与密基金合作")]
    ['Secret Fund', '密基金']
    """

    def __init__(self, written: Iterable[tuple[str, str]]) -> None:
        self._first: dict[str, _Branch] = {}
        known = set()
        for text, root in written:
            words = words_of(text)
            if not words or (tuple(words), root) in known:
                continue
            known.add((tuple(words), root))
            further = self._first
            for word in words:
                branch = further.setdefault(word, _Branch())
                further = branch.further
            branch.ends.append(Spelling(text, " ".join(words), root, _is_short(words)))

    def find(self, text: str) -> list[Spelling]:
        """Spellings that stand in a text, each once.

        A short one counts only where it stands as it was written, or in capitals.
        """
        words = words_of(text)
        found: dict[Spelling, None] = {}
        for start in (n for n, word in enumerate(words) if word in self._first):
            branch: _Branch | None = self._first[words[start]]
            place = start
            while branch is not None:
                for spelling in branch.ends:
                    found[spelling] = None
                place += 1
                branch = branch.further.get(words[place]) if place < len(words) else None
        return [s for s in found if not s.is_short or s.text in text or s.text.upper() in text]


def _is_short(words: list[str]) -> bool:
    letters = "".join(words)
    least = FEWEST_CHARACTERS if _UNSPACED_WORD.search(letters) else FEWEST_LETTERS
    return len(letters) < least


@dataclass(frozen=True)
class Mention:
    """A counterpart's name in a text: row (counted from 0), column, and how it is written."""

    position: int
    column: str
    text: str
    spelling: Spelling


@dataclass(frozen=True)
class Link:
    """A column whose rows name rows of another table.

    Attributes
    ----------
    table, of : str
        Where the column stands, and the table that it names.
    rows : list of tuple of str
        Keys that each of its rows names.
    keys : list of str
        Key of each row of the table that it names.
    """

    table: str
    of: str
    rows: list[tuple[str, ...]]
    keys: list[str]


class Mentions:
    """Where the rows of all tables name counterparts, and each other; looked for when first asked.

    Attributes
    ----------
    tables : Tables
        With the rows that are set aside at the ends of their tables.
    """

    def __init__(self, tables: Tables) -> None:
        self.tables = tables.whole
        self._references: dict[tuple[str, int], str] = {}

    @cached_property
    def spellings(self) -> Spellings:
        """Which names are the same."""
        return Spellings(self.tables[LISTED_IN], self.tables["name_decisions"])

    @cached_property
    def named(self) -> Mapping[str, list[list[str]]]:
        """Table -> for each column made for a counterpart's name, the counterpart of each row."""
        made = {}
        for name, schema in schemas().items():
            columns = [f.name for f in schema.fields if is_for_names(f)]
            made[name] = [self._roots(name, column) for column in columns]
        # A row is of the counterpart itself, whichever of its names are listed.
        made[LISTED_IN].append(self.spellings.by_row)
        return made

    def _roots(self, table: str, column: str) -> list[str]:
        values = known_values(self.tables[table][column])
        roots = {value: self.spellings.of(value) for value in set(values)}
        return [roots[value] for value in values]

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Where rows name rows of other tables by key, of tables that have any."""
        return tuple(
            Link(
                name,
                item.refers_to[0],
                self._named_keys(name, item),
                self._own_keys(*item.refers_to),
            )
            for name, schema in schemas().items()
            for item in schema.fields
            if item.refers_to and not is_for_names(item) and len(self.tables[name])
        )

    def _named_keys(self, table: str, item: Field) -> list[tuple[str, ...]]:
        values = known_values(self.tables[table][item.name], nothing="")
        lists = values if item.type == "list" else [(value,) for value in values]
        return [tuple(name_key(value) for value in row) for row in lists]

    def _own_keys(self, table: str, column: str) -> list[str]:
        return [name_key(value) for value in known_values(self.tables[table][column])]

    def counterparts(self, rows: npt.NDArray[np.bool_]) -> frozenset[str]:
        """What stands for the counterparts of some rows of their table."""
        if not rows.any():
            return frozenset()
        chosen = zip(self.spellings.by_row, rows.tolist(), strict=True)
        return frozenset(root for root, is_chosen in chosen if is_chosen) - {""}

    @cached_property
    def in_texts(self) -> Mapping[str, list[Mention]]:
        """Table -> what its texts name, as far as no column made for names says it already."""
        finder = Finder(self.spellings.written())
        return {name: list(self._find(schema, finder)) for name, schema in schemas().items()}

    def _find(self, schema: TableSchema, finder: Finder) -> Iterator[Mention]:
        frame = self.tables[schema.name]
        for item in schema.fields:
            if not _is_text(item):
                continue
            found: dict[Any, list[Spelling]] = {}
            for position, value in enumerate(known_values(frame[item.name], nothing="")):
                if value not in found:
                    found[value] = self._spellings_in(value, item, finder)
                for spelling in found[value]:
                    mention = Mention(position, item.name, str(value), spelling)
                    if not self._is_own(schema, mention):
                        yield mention

    def _spellings_in(self, value: Any, item: Field, finder: Finder) -> list[Spelling]:
        if is_for_names(item) and self.spellings.of(value) in self.spellings.listed:
            return []
        texts = value if isinstance(value, tuple) else (value,)
        return list(dict.fromkeys(s for text in texts for s in finder.find(str(text))))

    def _is_own(self, schema: TableSchema, mention: Mention) -> bool:
        """Whether a counterpart's own row has its name, or one decided to be another's."""
        if schema.name != LISTED_IN or mention.column not in _OWN_NAMES:
            return False
        is_own = self.spellings.by_row[mention.position] == mention.spelling.root
        return is_own or self.spellings.are_apart(mention.text, mention.spelling.text)

    def seen(self, table: str, edition: Edition, roots: Set[str]) -> list[Mention]:
        """What the texts of a table that an edition may see name of these counterparts."""
        return [
            mention
            for mention in self.in_texts[table]
            if mention.spelling.root in roots
            and edition.may_see(schemas()[table][mention.column].visible_to)
        ]

    @cached_property
    def _by_row(self) -> Mapping[str, Mapping[int, list[Mention]]]:
        rows: dict[str, dict[int, list[Mention]]] = {}
        for table, mentions in self.in_texts.items():
            for mention in mentions:
                rows.setdefault(table, {}).setdefault(mention.position, []).append(mention)
        return rows

    @cached_property
    def _labels(self) -> Mapping[str, list[str]]:
        """How the rows of each counterpart are labelled."""
        frame = self.tables[LISTED_IN]
        labels: dict[str, set[str]] = {}
        columns = (known_values(frame[name]) for name in ("handling", "not_for_mainland"))
        for root, *marks in zip(self.spellings.by_row, *columns, strict=True):
            labels.setdefault(root, set()).add(str(marks))
        return {root: sorted(marks) for root, marks in labels.items()}

    def reference(self, table: str, position: int) -> str:
        """What the coordinator calls a row by, to release it.

        It changes with the texts that name counterparts, with how they are written and with how
        these counterparts are labelled: what is released is what was looked at.
        """
        place = (table, position)
        if place not in self._references:
            mentions = self._by_row[table][position]
            texts = {m.column: m.text for m in mentions}
            names = sorted((m.spelling.key, self._labels[m.spelling.root]) for m in mentions)
            self._references[place] = f"{table}-{hash_of([texts, names])[:10]}"
        return self._references[place]

    def references(self) -> frozenset[str]:
        """Everything by which a text can be released: rows, and keys of spellings."""
        rows = {
            self.reference(table, row) for table, found in self._by_row.items() for row in found
        }
        found = (mention for mentions in self.in_texts.values() for mention in mentions)
        return frozenset(rows) | {mention.spelling.key for mention in found}

    def released(self, edition: str) -> frozenset[str]:
        """References, and keys of spellings, that the coordinator has released to an edition."""
        frame = self.tables[RELEASES]
        columns = (known_values(frame[name]) for name in ("reference", "editions"))
        rows = zip(*columns, strict=True)
        given = [text for text, names in rows if text and {edition, EVERY_EDITION} & {*names}]
        return frozenset(given) | {" ".join(words_of(text)) for text in given}


def is_for_names(item: Field) -> bool:
    """Whether a column holds the name of a counterpart, listed or not."""
    return item.refers_to == (LISTED_IN, "name")


def _is_text(item: Field) -> bool:
    is_key = item.refers_to is not None and not item.is_weak
    return item.type in ("string", "list") and item.codes is None and not is_key
