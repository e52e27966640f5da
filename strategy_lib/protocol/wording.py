"""The wording check: which passages of a statement a rule points to, why, and at what price.

A finding is a question, never a verdict: each can be dismissed with a reason that stays on the
record. Rules and terms are data (`wording_rules.csv`, `wording_terms.csv`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from strategy_lib.core.settings import LANGUAGES
from strategy_lib.protocol.case import text
from strategy_lib.protocol.reading import Protocol

# A full stop inside a number or an address ends nothing.
_END = re.compile(r"(?<=[!?。！？])|(?<=\.)(?=\s)|\n")
_HAN = re.compile("[\u4e00-\u9fff]")
_FIGURE = re.compile(
    r"\d|\b(?:half|most|majority|dozens|hundreds|thousands|millions)\b", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]+")
# Days, numbers of goals and articles are no claims.
_NO_CLAIM = re.compile(
    r"\b(?:SDG|ODD|ODS|article|art\.|goal|principle|convention|resolution|no\.|§)\s*\d[\d./-]*"
    r"|\b(?:19|20)\d{2}\b|第[\d一二三四五六七八九十]+条|\d{4}年",
    re.IGNORECASE,
)
_SHORTEST_NAME, _LONGEST = 3, 160
COLUMNS = ["rule_id", "rule", "gravity", "sentence", "passage", "why", "suggestion", "loses"]
_MOST = 200


@dataclass(frozen=True)
class Statement:
    """What is checked, and what it is held against.

    Attributes
    ----------
    words : str
        The exact words.
    language : str
        en, zh, fr or es; with another one, or none, the terms of all languages are looked for.
    names : sequence of str
        Names and aliases of counterparts and partners.
    covered : sequence of str
        Passages for which there is a row of evidence.
    """

    words: str
    language: str = ""
    names: Sequence[str] = ()
    covered: Sequence[str] = ()


def sentences_of(text: str) -> list[str]:
    """Sentences of a text, in Latin and in Chinese punctuation.

    Examples
    --------
    >>> sentences_of("One. Two! 三。四")
    ['One.', 'Two!', '三。', '四']
    """
    return [piece.strip() for piece in _END.split(text) if piece.strip()]


def check_wording(
    statement: Statement, protocol: Protocol, only: Collection[str] = ()
) -> pd.DataFrame:
    """Every passage that a rule points to, in the order of the text.

    Parameters
    ----------
    statement : Statement
        The words, and what they are held against.
    protocol : Protocol
        Rules and terms.
    only : collection of str
        Rules to look at; empty for all.

    Returns
    -------
    DataFrame
        `rule_id`, `rule`, `gravity` (stop: mend it or dismiss it with a reason; note: for thought),
        `sentence` (its number, from 1), `passage`, `why`, `suggestion`, `loses` (what the
        suggestion gives up).

    Examples
    --------
    >>> from strategy_lib.protocol.reading import read_protocol
    >>> found = check_wording(Statement("We convinced the ministry.", "en"), read_protocol())
    >>> found["rule_id"].tolist(), found["passage"].tolist()
    (['influence_claim'], ['We convinced'])
    """
    sentences = sentences_of(unicodedata.normalize("NFC", statement.words))
    rows = []
    for rule in protocol.sheets["wording_rules"].to_dict("records"):
        if only and rule["rule_id"] not in only:
            continue
        for number, passage in _found(
            str(rule["rule_id"]), str(rule["check"]), statement, sentences, protocol
        ):
            rows.append(rule | {"rule": rule["title"], "sentence": number, "passage": passage})
    made = pd.DataFrame(rows, columns=COLUMNS)
    rank = made["gravity"].map({"stop": 0}).fillna(1)
    order = made.assign(rank=rank).sort_values(["rank", "sentence"], kind="stable").index
    return made.loc[order].drop_duplicates(["rule_id", "passage"]).reset_index(drop=True)


def with_dismissals(findings: pd.DataFrame, dismissed: pd.DataFrame) -> pd.DataFrame:
    """Findings with `state` (open, dismissed), `reason` and `dismissed_by`.

    Parameters
    ----------
    dismissed : DataFrame
        `rule_id`, `passage`, `reason`, `role`; one without a reason dismisses nothing.
    """
    said = {
        (row["rule_id"], passage_key(row["passage"])): (str(row["reason"]), row.get("role"))
        for row in dismissed.to_dict("records")
        if text(row["reason"])
    }
    keys = zip(findings["rule_id"], findings["passage"].map(passage_key), strict=True)
    found = [said.get(key) for key in keys]
    return findings.assign(
        state=["open" if one is None else "dismissed" for one in found],
        reason=["" if one is None else one[0] for one in found],
        dismissed_by=["" if one is None or not text(one[1]) else str(one[1]) for one in found],
    )


def passage_key(text: object) -> str:
    """A passage without case and spaces, so that a copied one is found again.

    Examples
    --------
    >>> passage_key("The  Only witness") == passage_key("the only witness ")
    True
    """
    return "".join(unicodedata.normalize("NFKC", str(text)).casefold().split())


def _found(
    rule_id: str, check: str, statement: Statement, sentences: list[str], protocol: Protocol
) -> Iterator[tuple[int, str]]:
    if check == "terms":
        patterns = _patterns(rule_id, statement, protocol)
        looked = ((n, s, p) for n, s in enumerate(sentences, 1) for p in patterns)
        yield from ((n, _short(m.group())) for n, s, p in looked for m in _matches(p, s))
    elif check == "names":
        yield from _named(statement.names, sentences)
    elif check == "evidence":
        yield from _uncovered(statement.covered, sentences)
    else:
        yield from _mixed(sentences)


def _matches(pattern: re.Pattern[str], sentence: str) -> Iterable[re.Match[str]]:
    return list(pattern.finditer(sentence))[:_MOST]


def _patterns(rule_id: str, statement: Statement, protocol: Protocol) -> list[re.Pattern[str]]:
    terms = protocol.sheets["wording_terms"]
    wanted = {"any", *_languages(statement)}
    chosen = terms[(terms["rule_id"] == rule_id) & terms["language"].isin(list(wanted))]
    return [_pattern(kind, text) for kind, text in zip(chosen["kind"], chosen["text"], strict=True)]


def _languages(statement: Statement) -> set[str]:
    language = statement.language.strip().casefold()[:2]
    chosen = {language} if language in LANGUAGES else set(LANGUAGES)
    return chosen | ({"zh"} if _HAN.search(statement.words) else set())


@lru_cache(maxsize=2_000)
def _pattern(kind: str, text: str) -> re.Pattern[str]:
    if kind == "pattern":
        # Names are told by their capitals; other words may begin a sentence.
        return re.compile(text, 0 if "A-Z" in text else re.IGNORECASE)
    words = r"\s+".join(map(re.escape, text.split()))
    is_han = bool(_HAN.search(text))
    # "CSR" is a term, "csr" none; a term of Chinese has no spaces around it.
    case = 0 if text.isupper() else re.IGNORECASE
    return re.compile(words if is_han else rf"(?<!\w){words}(?!\w)", case)


def _named(names: Sequence[str], sentences: list[str]) -> Iterator[tuple[int, str]]:
    long_enough = {n.strip() for n in names if len(n.strip()) >= _SHORTEST_NAME or _HAN.search(n)}
    patterns = [_pattern("term", name) for name in sorted(long_enough) if len(name) > 1]
    for number, sentence in enumerate(sentences, 1):
        for pattern in patterns:
            for match in _matches(pattern, sentence):
                yield number, _short(match.group())


def _uncovered(covered: Sequence[str], sentences: list[str]) -> Iterator[tuple[int, str]]:
    keys = [key for key in map(passage_key, covered) if len(key) >= _SHORTEST_NAME]
    for number, sentence in enumerate(sentences, 1):
        if not _FIGURE.search(_NO_CLAIM.sub("", sentence)):
            continue
        own = passage_key(sentence)
        if not any(key in own or own in key for key in keys):
            yield number, _short(sentence)


def _mixed(sentences: list[str]) -> Iterator[tuple[int, str]]:
    for number, sentence in enumerate(sentences, 1):
        if sentence.isascii():
            continue
        for word in _WORD.findall(sentence):
            if len(_alphabets(word)) > 1:
                yield number, _short(word)


def _alphabets(word: str) -> set[str]:
    """Alphabets with letters that look like each other's."""
    names = (unicodedata.name(letter, "").partition(" ")[0] for letter in word)
    return {name for name in names if name in ("LATIN", "CYRILLIC", "GREEK")}


def _short(text: str) -> str:
    said = " ".join(text.split())
    return said if len(said) <= _LONGEST else said[: _LONGEST - 1] + "…"
