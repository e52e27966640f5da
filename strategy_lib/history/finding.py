"""Finding decisions by counterpart, theme and country, in any spelling or language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from strategy_lib.history.entries import (
    CHINESE,
    SHORT,
    TITLES,
    WORD,
    Cycles,
    Entry,
    rows_in,
    said_of,
)
from strategy_lib.inputs.checks.locations import row_dicts
from strategy_lib.schema.codebook import codebook
from strategy_lib.schema.name_keys import core_key, name_key
from strategy_lib.schema.reference import reference
from strategy_lib.schema.schema import code_list


@dataclass(frozen=True)
class _Words:
    """A text made ready for many names to be looked up in it."""

    raw: str
    spaced: str
    joined: str

    @classmethod
    def of(cls, text: str) -> _Words:
        key = name_key(text)
        return cls(text, f" {key} ", key.replace(" ", ""))

    def name(self, name: str) -> bool:
        """Whether the text holds a name as whole words; a short one as it is written."""
        if len(name) <= SHORT and name.isascii():
            found = name in self.raw and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", self.raw)
            return bool(name and found)
        return self.asked(name)

    def asked(self, name: str) -> bool:
        """The same for what somebody asks for, in whatever case they write it."""
        key = name_key(name)
        if CHINESE.search(key):
            return key.replace(" ", "") in self.joined
        return bool(key) and f" {key} " in self.spaced


def mentions(words: str, name: str) -> bool:
    """Whether a text names something, as a name and not as a part of a word."""
    return _Words.of(words).name(name)


def _holds(words: str, asked: str) -> bool:
    return _Words.of(words).asked(asked)


class Finder:
    """Names of organisations, themes and countries across all cycles, and what they find."""

    def __init__(
        self, cycles: Cycles, place_names: Mapping[str, str], entries: Iterable[Entry]
    ) -> None:
        self.groups = _name_groups(cycles, entries)
        self.countries = code_list("country")
        self.own = dict(place_names)
        self.known: dict[str, list[str]] = {}
        self.book = codebook("country", "en", tuple(sorted(place_names.items())))

    def about(self, entry: Entry) -> Entry:
        """An entry with everything that its words name, and other names of it."""
        words = _Words.of(entry.words)
        given = {name_key(name) for name in entry.counterparts}
        found = {
            shown: names
            for shown, names in self.groups.items()
            if any(name_key(name) in given or words.name(name) for name in names)
        }
        known = {name_key(name) for names in found.values() for name in names}
        plain = [name for name in entry.counterparts if name_key(name) not in known]
        codes = list(dict.fromkeys([*entry.countries, *self._countries_in(entry.words)]))
        themes = [
            code
            for code in code_list("theme").codes
            if code.label() in entry.themes or any(map(words.name, code.labels.values()))
        ]
        chapter = TITLES.get(entry.chapter, "")
        subjects = [*entry.themes, *(theme.label() for theme in themes), chapter]
        also = [
            *(name for names in found.values() for name in names),
            *(label for theme in themes for label in (theme.code, *theme.labels.values())),
            *(c.label(lang) for c in self.countries.codes if c.code in codes for lang in c.labels),
        ]
        return replace(
            entry,
            counterparts=tuple(dict.fromkeys([*plain, *found])),
            themes=tuple(dict.fromkeys(filter(None, subjects))),
            countries=tuple(map(self.place, codes)),
            also=tuple(dict.fromkeys(also)),
        )

    def place(self, code: str) -> str:
        """A country as the organisation writes it."""
        return self.own.get(code) or self.countries.label(code)

    def _countries_in(self, words: str) -> list[str]:
        found = []
        tokens = WORD.findall(words)
        place = 0
        while place < len(tokens):
            for length in (4, 3, 2, 1):
                name = " ".join(tokens[place : place + length])
                # What is short is a word of some language before it is a code.
                code = self.book.find(name) if len(name) > SHORT - 1 else None
                if code and name[0].isupper() and len(tokens) >= place + length:
                    found.append(code)
                    place += length - 1
                    break
            place += 1
        left = words
        for label, code in self._chinese:
            if label in left:
                found.append(code)
                left = left.replace(label, " ")
        return list(dict.fromkeys(found))

    @property
    def _chinese(self) -> list[tuple[str, str]]:
        pairs = [(c.label("zh"), c.code) for c in self.countries.codes if "zh" in c.labels]
        return sorted(pairs, key=lambda pair: (-len(pair[0]), pair))

    def fits(self, entry: Entry, what: str, asked: str) -> bool:
        """Whether an entry is about what was asked for."""
        if what == "country":
            code = self.book.find(asked)
            return self.place(code) in entry.countries if code else self._in(entry, asked)
        if what == "theme":
            if asked.isdecimal() and asked.zfill(2) in TITLES:
                return entry.chapter == asked.zfill(2)
            code = codebook("theme", "en").find(asked)
            label = code_list("theme").label(code) if code else ""
            return (label in entry.themes) if label else self._in(entry, asked)
        if asked not in self.known:
            self.known[asked] = self._named(asked)
        names = self.known[asked]
        is_named = any(name in entry.counterparts for name in names)
        return is_named or _holds("\n".join([*entry.counterparts, entry.words]), asked)

    def _in(self, entry: Entry, asked: str) -> bool:
        told = [*entry.themes, *entry.countries, *entry.also, entry.words]
        return any(_holds(text, asked) for text in told)

    def _named(self, asked: str) -> list[str]:
        """Organisations of that name; where there is none, those whose name holds it."""
        core = core_key(asked)
        exact = [
            shown
            for shown, names in self.groups.items()
            if core and any(core_key(name) == core for name in names)
        ]
        return exact or [
            shown
            for shown, names in self.groups.items()
            if any(_holds(name, asked) for name in names)
        ]


def _name_groups(cycles: Cycles, entries: Iterable[Entry]) -> dict[str, list[str]]:
    """Name of an organisation as it is shown -> every spelling that is certainly the same."""
    shown: dict[str, str] = {}
    spelled: dict[str, list[str]] = {}
    titles: dict[str, list[str]] = {}

    def add(name: str, others: Iterable[str]) -> None:
        title = shown.setdefault(name_key(name), name)
        for one in filter(None, [name, *others]):
            spelled.setdefault(title, []).append(one)
            titles.setdefault(name_key(one), []).append(title)

    for frames in cycles.values():
        for row in rows_in(frames, "counterparts"):
            if said_of(row["name"]):
                add(said_of(row["name"]), [said_of(row["chinese_name"]), *(row["aliases"] or ())])
    for row in row_dicts(reference("actors")):
        aliases = [part.strip() for part in said_of(row["aliases"]).split(";")]
        add(
            said_of(row["name"]),
            [said_of(row["abbreviation"]), said_of(row["chinese_name"]), *aliases],
        )
    for name in (name for entry in entries for name in entry.counterparts):
        if name_key(name) not in titles:
            add(name, [])
    for frames in cycles.values():
        for row in rows_in(frames, "name_decisions"):
            pair = [said_of(row["name"]), said_of(row["other_name"])]
            if row["decision"] == "same":
                for title in {t: 0 for name in pair for t in titles.get(name_key(name), [])}:
                    spelled[title] += pair
    return {title: list(dict.fromkeys(names)) for title, names in spelled.items()}
