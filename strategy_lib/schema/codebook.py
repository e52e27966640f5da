"""Codes as people write them: the code, its label in any language, a country's other codes."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from strategy_lib.core.resources import resource
from strategy_lib.schema.form_texts import form_texts
from strategy_lib.schema.schema import Code, code_list
from strategy_lib.schema.suggest import nearest_of
from strategy_lib.schema.text import loose_key

COUNTRIES, TONGUES = "country", "language"
_LONGEST_SHOWN = 320
# "en-GB", "English (UK)": what stands behind is where, or which one.
_VARIETY = re.compile(r"^([^\W\d_]{2,})\s*[-_(（]")
_ALIKE_NAMES = 80.0
_STATUS = re.compile(
    r" SAR China$|^R\.A\.S\. chinoise de |^RAE de | \(China\)$|^中国(?=.+特别行政区$)|特别行政区$"
)
_PLACE_LIST = ("iso2", "country_code", "iso_a2", "code")


@dataclass(frozen=True)
class Codebook:
    """What may be written for each code of one list.

    Attributes
    ----------
    keys : mapping of str to str
        `loose_key` of a code or label -> the code.
    shown : mapping of str to str
        Code -> what stands for it in the lists of forms, with the code where the two differ.
    """

    name: str
    keys: Mapping[str, str]
    shown: Mapping[str, str]

    def find(self, text: str) -> str | None:
        """The code that a text means, or None."""
        key = loose_key(text)
        code = self.keys.get(key) or self._with_its_code(text)
        if code is not None or self.name not in (COUNTRIES, TONGUES):
            return code
        variety = _VARIETY.match(text.strip()) if self.name == TONGUES else None
        return names_elsewhere(self.name).get(key) or (self.find(variety[1]) if variety else None)

    def _with_its_code(self, text: str) -> str | None:
        """The code of a label that is followed by this same code in brackets."""
        label, found, inside = text.replace("（", "(").rpartition("(")
        code = self.keys.get(loose_key(inside)) if found else None
        return code if code is not None and code == self.keys.get(loose_key(label)) else None

    def nearest(self, text: str) -> str:
        """The code most like a text, or an empty text."""
        if self.name not in (COUNTRIES, TONGUES):
            return nearest_of(text, self.keys)
        # Names of two places are more alike than words: "Deutschland" is not "the Netherlands".
        return nearest_of(text, {**names_elsewhere(self.name), **self.keys}, _ALIKE_NAMES)

    @property
    def allowed(self) -> str:
        """What may be written, in words."""
        if self.name == COUNTRIES:
            return "a two-letter code (ISO 3166-1) or a country's name"
        if self.name == TONGUES:
            return "a language's name, or its code such as en, fr, es, zh"
        return _cut(list(self.shown.values()))

    def split(self, text: str) -> list[str] | None:
        """Codes of a text that names several, however they are separated; None if any is unknown.

        Survey tools put a space between codes, or between labels that hold spaces themselves.
        """
        for separator in (r"[;；\n]", r"[,，、|/]", r"\s+"):
            pieces = [piece for piece in re.split(separator, text) if piece.strip()]
            codes = [self.find(piece) for piece in pieces]
            if pieces and None not in codes:
                return [code for code in codes if code]
        return self._split_labels(loose_key(text))

    def _split_labels(self, key: str) -> list[str] | None:
        """Codes of labels that follow each other without a sign between them, the longest first."""
        codes = []
        # Of codes of two or three letters almost any word can be put together.
        least = 4 if self.name in (COUNTRIES, TONGUES) else 1
        labels = [k for k in self.keys if len(k) >= least or not k.isascii()]
        while key:
            longest = max((k for k in labels if key.startswith(k)), key=len, default="")
            if not longest:
                return None
            codes.append(self.keys[longest])
            key = key[len(longest) :]
        return codes or None


@cache
def codebook(name: str, language: str, place_names: tuple[tuple[str, str], ...] = ()) -> Codebook:
    """What may be written for the codes of one list.

    Parameters
    ----------
    name : str
        Code list.
    language : str
        Language whose labels win where two languages use one word for two codes.
    place_names : tuple of (code, name)
        Names of places as the organisation sets them.

    Examples
    --------
    >>> codebook("stance", "en").find("Crítica"), codebook("stance", "en").nearest("critcal")
    ('critical', 'critical')
    >>> codebook("country", "en").find("Côte d'Ivoire"), codebook("country", "en").find("香港")
    ('CI', 'HK')
    >>> codebook("decision_kind", "es").allowed
    'Decidido (decided); Tomado nota (noted); Aplazado (postponed)'
    """
    codes = code_list(name).codes
    words: Iterable[tuple[str, str]] = ()
    if name == COUNTRIES:
        words = _country_words(codes, place_names)
    elif name == TONGUES:
        words = _also_called(TONGUES).items()
    keys: dict[str, str] = {}
    for text, code in (*_own_words(codes, language), *words):
        if key := loose_key(text):
            keys.setdefault(key, code)
    return Codebook(name, keys, {code.code: _shown(code, language) for code in codes})


@cache
def names_elsewhere(name: str) -> Mapping[str, str]:
    """What countries, or languages, are called in languages without forms, as `loose_key` -> code.

    Examples
    --------
    >>> names_elsewhere("country")["deutschland"], names_elsewhere("language")["kiswahili"]
    ('DE', 'sw')
    """
    names = _names_in("names_elsewhere.json", name)
    return {loose_key(text): code for code, texts in names.items() for text in texts}


@cache
def _also_called(name: str) -> Mapping[str, str]:
    """What stands in forms as often as the one name that CLDR has in a language -> code."""
    return _names_in("also_called.json", name)


def _names_in(file: str, name: str) -> Mapping[str, Any]:
    names: Mapping[str, Any] = json.loads(resource("data", "reference", file).read_text("utf-8"))
    chosen: Mapping[str, Any] = names[name]
    return chosen


def _own_words(codes: Iterable[Code], language: str) -> Iterator[tuple[str, str]]:
    codes = tuple(codes)
    yield from ((c.code, c.code) for c in codes)
    yield from ((c.label(language), c.code) for c in codes)
    yield from ((label, c.code) for c in codes for label in c.labels.values())


def _country_words(
    codes: Iterable[Code], place_names: Iterable[tuple[str, str]]
) -> Iterator[tuple[str, str]]:
    codes = tuple(codes)
    known = {c.code for c in codes}
    yield from ((name, code) for code, name in place_names if code in known)
    yield from _iso3(known)
    for code in codes:
        for language, label in code.labels.items():
            yield from ((form, code.code) for form in _other_forms(label, language))
    yield from ((name, code) for name, code in _also_called(COUNTRIES).items() if code in known)


def _other_forms(label: str, language: str) -> Iterator[str]:
    yield label.replace(" & ", form_texts(language)["and"])
    yield re.sub(r"\bSt\. ", "Saint ", label)
    yield _STATUS.sub("", _STATUS.sub("", label))
    outside, found, inside = label.partition(" (")
    if found:
        yield outside
        yield inside.rstrip(")")


@cache
def _iso3_rows() -> tuple[tuple[str, str], ...]:
    path = resource("data", "reference", "countries.csv")
    if not path.is_file():
        return ()
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    column = next((name for name in _PLACE_LIST if rows and name in rows[0]), "")
    return tuple((row["iso3"], row[column]) for row in rows if column and row.get("iso3"))


def _iso3(known: Iterable[str]) -> Iterator[tuple[str, str]]:
    codes = set(known)
    return ((iso3, code) for iso3, code in _iso3_rows() if code in codes)


def _shown(code: Code, language: str) -> str:
    label = code.label(language)
    # "A: first-hand" names its code itself.
    says_it = loose_key(code.code) in map(loose_key, (label, re.split("[:：]", label)[0]))
    return label if says_it else f"{label} ({code.code})"


def _cut(texts: list[str]) -> str:
    """Texts in a row, up to a length at which nobody reads on; how many more there are."""
    many = len(texts)
    while len(texts) > 1 and len("; ".join(texts)) > _LONGEST_SHOWN:
        texts = texts[:-1]
    more = many - len(texts)
    return "; ".join(texts) + (f"; and {more} more of the list" if more else "")
