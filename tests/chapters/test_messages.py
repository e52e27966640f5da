"""The catalogue of messages fits the code that says them, and each message reads well.

Code is read, not run: every id that is written in it must be in the English catalogue, and the
reverse, with the same arguments on both sides.
"""

from __future__ import annotations

import ast
import random
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from fluent.syntax import ast as ftl
from fluent.syntax import parse
from fluent.syntax.visitor import Visitor

from strategy_lib.core.messages import (
    ENGLISH,
    Money,
    MoneyRange,
    Names,
    Number,
    Say,
    catalogue_files,
)

PACKAGE = Path(__file__).resolve().parents[2] / "strategy_lib"
TEMPLATES = PACKAGE.parent / "templates" / "report"
SAID_IN_TEMPLATE = re.compile(r'say\("([a-z0-9-]+)"')
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+|money")
TIMES, MOST_WORDS = 60, 25
# What several chapters say, and what is said of terms: nobody needs to say all of it.
SHARED = ("common.ftl", "glossary.ftl")
# Arguments that are names of things; what is neither one nor known is short.
NAMED = re.compile(
    r"(option|rival|leader|first|second|third|criterion|name|future|office|counterpart|who|whose|"
    r"topic|what|where|action|question)s?"
)
NAMES = [
    "Kenya",
    "Work via a partner",
    "Outside only",
    "Hub in Asia",
    "Peru office",
    "Closed shutters",
    "Reach to people",
    "Data-security rules",
    "中国办公室",
    "مكتب",
]
# What the code makes an argument with -> what kind it is.
KINDS = {
    "len": "count",
    "round": "count",
    "int": "count",
    "sum": "count",
    "names": "Names",
    "money": "Money",
    "str": "name",
    "date": "day",
}
BANNED = re.compile(
    r"\b(draws?|medians?|hedges?|bets?|cells?|flips?|regrets?|assessors?|(?<!supervisory )units?|"
    r"robust\w*|significant\w*|optimal\w*|should)\b",
    re.IGNORECASE,
)
# Says in plain words what the terms of the tables of chapter 04 mean.
EXPLAINS = "scenarios-note-kinds"
JUNK = re.compile(
    r"[{}]|  |^\s|\s$| [,.;:?!]|\bNone\b(?! of)|\bnan\b|<NA>|(?<!\.)\.\.(?!\.)|,,|\( | \)"
)
# Things that are counted: after 1 they are one, but for "1 of 1 options".
ONE_OF_MANY = re.compile(
    r"(?<![\d.,-])(?<!of )\b1 (people|persons|offices|options|criteria|futures|actions|activities|"
    r"countries|contacts|questions|recommendations|counterparts|statements|decisions|records|rows|"
    r"tests|signposts|years|months|days|cases|forecasts|strategies|scores|answers|tables|names|"
    r"places|influences|scenarios|chapters|conditions|rules|roles|functions|flows|pieces|needs)\b"
)
# As a subject in the plural: "2 offices is".
MANY_AS_ONE = re.compile(
    r"(?<!of )(?<![\d,.])([02-9]|\d\d+) (offices|options|people|actions|criteria) (is|was|has)\b"
)
# Parts of the package whose words are read on pages, in documents, calendars and panels.
SHOWN_BY = ("chapters", "judgements", "plotting", "publishing", "widgets")
SHOWN_OF_CASES = ("deciding", "hearing", "intake", "record_text", "screening", "states")
TAG = re.compile(r"<[^>]*>")
WORD = re.compile(r"\W*[A-Za-z]{2,}\W*")
# A heading before what it heads, and a cell of one or two words ("3 of 9"), are no sentences.
HEADING = re.compile(r"^\W*[A-Z][\w ,’()]{0,40}[:?] \0\W*$")
FEWEST_WORDS = 3
NO_SENTENCES = {
    r"could not be made\.|style “|placeholder|no such program|uid": "told to who makes the files",
    r"default-src|minmax\(|querySelectorAll|did you mean": "read by a program, or an error's hint",
    r"over the plan|points of weight moved": "an axis with its unit, and a test with its limit",
    r"^\0 \(of the workbook\)|^\0 \(less is better\)|^cannot say": "a name, or no number, in brackets",
    r"^(list \0 of the workbook|China strategy workbook \0|\0 · China)": "titles of documents",
}
SENTENCE_END = re.compile(r"(?<=[.?!])\s+")
PLURALS = {"zero", "one", "two", "few", "many", "other"}


@dataclass
class Message:
    """One message of the catalogue.

    Attributes
    ----------
    counts : set of str
        Arguments by whose number or plural it chooses.
    choices : dict
        Arguments by whose value it chooses, with the values.
    """

    file: str
    arguments: set[str] = field(default_factory=set)
    counts: set[str] = field(default_factory=set)
    choices: dict[str, list[str]] = field(default_factory=dict)


class Reader(Visitor):
    def __init__(self, file: str) -> None:
        self.file, self.found = file, {}
        self._now: Message | None = None

    def visit_Message(self, node: ftl.Message) -> None:  # noqa: N802
        assert node.id.name not in self.found, f"{node.id.name} stands twice in {self.file}"
        self._now = self.found[node.id.name] = Message(self.file)
        self.generic_visit(node)

    def visit_Junk(self, node: ftl.Junk) -> None:  # noqa: N802
        raise AssertionError(f"{self.file}: {node.content[:200]}")

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:  # noqa: N802
        self._now.arguments.add(node.id.name)

    def visit_SelectExpression(self, node: ftl.SelectExpression) -> None:  # noqa: N802
        self.generic_visit(node)
        if not isinstance(node.selector, ftl.VariableReference):
            return
        keys = [
            key.name if isinstance(key := v.key, ftl.Identifier) else key.value
            for v in node.variants
        ]
        name = node.selector.id.name
        if all(key in PLURALS or key.isdigit() for key in keys):
            self._now.counts.add(name)
        else:
            self._now.choices.setdefault(name, []).extend(keys)


@cache
def catalogue() -> Mapping[str, Message]:
    found: dict[str, Message] = {}
    for path in catalogue_files(ENGLISH):
        reader = Reader(path.name)
        reader.visit(parse(path.read_text(encoding="utf-8")))
        twice = set(found) & set(reader.found)
        assert not twice, f"in two files: {twice}"
        found |= reader.found
    return found


@dataclass(frozen=True)
class Call:
    """One `say("id", argument=...)` in the code; `arguments` None where not spelled out."""

    where: str
    id: str
    arguments: Mapping[str, ast.expr] | None


def is_say(function: ast.expr) -> bool:
    if isinstance(function, ast.Name):
        return function.id in ("say", "self")
    return isinstance(function, ast.Attribute) and function.attr in ("say", "_say")


def literal_ids(argument: ast.expr) -> Iterator[str]:
    """Ids that a first argument is written as; either side of a choice."""
    if isinstance(argument, ast.IfExp):
        yield from literal_ids(argument.body)
        yield from literal_ids(argument.orelse)
    elif isinstance(argument, ast.Constant) and ID.fullmatch(str(argument.value)):
        yield str(argument.value)


@cache
def written() -> tuple[list[Call], set[str], set[str]]:
    """Calls with their ids, every other text that may be an id, and beginnings of computed ids."""
    calls, texts, beginnings = [], set(), set()
    for path in sorted(PACKAGE.rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        if "say" not in source:
            continue
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts.add(node.value)
            elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                beginnings.add(str(node.values[0].value))
            elif isinstance(node, ast.Call) and node.args and is_say(node.func):
                spelled = {k.arg: k.value for k in node.keywords}
                given = None if None in spelled else spelled
                where = f"{path.relative_to(PACKAGE)}:{node.lineno}"
                calls += [Call(where, name, given) for name in literal_ids(node.args[0])]
    for path in sorted(TEMPLATES.glob("*.j2")):
        said = SAID_IN_TEMPLATE.findall(path.read_text(encoding="utf-8"))
        calls += [Call(path.name, name, None) for name in said]
        texts |= set(said)
    return calls, texts, {b for b in beginnings if re.fullmatch(r"[a-z0-9]+-([a-z0-9]+-)*", b)}


def test_every_message_that_is_said_is_in_the_catalogue():
    missing = {f"{c.where}: {c.id}" for c in written()[0] if c.id not in catalogue()}
    assert not missing, "\n".join(sorted(missing))


def test_every_message_of_the_catalogue_is_said():
    _, texts, beginnings = written()
    left = {
        f"{message.file}: {name}"
        for name, message in catalogue().items()
        if name not in texts
        and not any(name.startswith(b) for b in beginnings)
        and message.file not in SHARED
    }
    assert not left, "\n".join(sorted(left))


def test_what_is_said_has_the_arguments_of_its_message():
    wrong = [
        f"{call.where}: {call.id} is given {sorted(call.arguments)}, needs {sorted(needs)}"
        for call in written()[0]
        if call.id in catalogue()
        and call.arguments is not None
        and set(call.arguments) != (needs := catalogue()[call.id].arguments)
    ]
    assert not wrong, "\n".join(wrong)


def composed(source: str) -> Iterator[tuple[int, str]]:
    """Texts that code puts together around values, in words; what is raised is told elsewhere."""

    def walk(node: ast.AST) -> Iterator[tuple[int, str]]:
        if isinstance(node, ast.Raise):
            return
        if isinstance(node, ast.JoinedStr):
            parts = [v.value if isinstance(v, ast.Constant) else "\0" for v in node.values]
            if "\0" in parts:
                yield node.lineno, TAG.sub("", "".join(parts))
        for child in ast.iter_child_nodes(node):
            yield from walk(child)

    yield from walk(ast.parse(source))


def is_sentence(text: str) -> bool:
    words = [word for word in text.split() if WORD.fullmatch(word)]
    return len(words) >= FEWEST_WORDS and not HEADING.match(text)


def test_no_sentence_is_put_together_outside_the_catalogue():
    shown = [path for part in SHOWN_BY for path in (PACKAGE / part).rglob("*.py")]
    shown += [PACKAGE / "protocol" / f"{name}.py" for name in SHOWN_OF_CASES]
    left = {
        f"{path.relative_to(PACKAGE)}:{line}: {text!r}"
        for path in shown
        for line, text in composed(path.read_text(encoding="utf-8"))
        if is_sentence(text) and not any(re.search(known, text) for known in NO_SENTENCES)
    }
    assert not left, "\n".join(sorted(left))


@pytest.mark.parametrize(
    ("code", "is_told"),
    [
        ('f"{n} offices have answered."', True),
        ('f"<b>Of {n} answers {m} changed</b>"', True),
        ('f"Whose turn: {who}"', False),
        ('f"{n} of {m}"', False),
        ('raise KeyError(f"there is no such {n} here")', False),
        ("f\"<p class='a very long one'>{n}</p>\"", False),
    ],
)
def test_a_sentence_is_told_from_a_heading_and_a_cell(code, is_told):
    assert any(is_sentence(text) for _, text in composed(code)) == is_told


@cache
def kinds() -> Mapping[tuple[str, str], str]:
    """What kind each argument is, as far as the code shows it."""
    found = {}
    for call in written()[0]:
        for name, value in (call.arguments or {}).items():
            if isinstance(value, ast.Call):
                function = value.func
                called = getattr(function, "id", getattr(function, "attr", ""))
                kind = KINDS.get(called, called)
                found[call.id, name] = kind
            elif isinstance(value, ast.Constant) and isinstance(value.value, int):
                found[call.id, name] = "count"
    return found


def example(name: str, argument: str, chance: random.Random, count: int | None) -> object:
    """An argument of the kind that the message takes; `count` for all numbers, or by chance."""
    message = catalogue()[name]
    number = chance.choice([0, 1, 2, 3, 9, 42, 1234]) if count is None else count
    if argument in message.choices:
        return chance.choice(message.choices[argument])
    kind = "count" if argument in message.counts else kinds().get((name, argument), "")
    names = NAMES if NAMED.fullmatch(argument) else ["7", "5.5", "Kenya", "1,234"]
    return {
        "count": number,
        "name": chance.choice(NAMES),
        "Names": Names(chance.sample(NAMES[:6], min(max(number, 1), 6))),
        "Money": Money(chance.choice([0.0, 420.0, 48_200.0, 549_367.0, 3.2e6]), "EUR"),
        "MoneyRange": MoneyRange(410_143.0, chance.choice([784_434.0, 3e6]), "EUR"),
        "Number": Number(chance.choice([0.0, 0.5, 2.44, 55.3])),
        "day": date(2026, 11, chance.randint(1, 28)),
    }.get(kind, chance.choice(names))


def renderings(name: str, times: int = TIMES) -> Iterator[str]:
    message, say = catalogue()[name], Say()
    chance = random.Random(zlib.crc32(name.encode()))
    if not message.arguments:
        yield say(name)
        return
    said = set()
    counts = [0, 1, 2, 1234, *[None] * times]
    for count in counts:
        given = {a: example(name, a, chance, count) for a in sorted(message.arguments)}
        key = repr(given)
        if key not in said:
            said.add(key)
            yield say(name, **given)


@cache
def all_said() -> Mapping[str, tuple[str, ...]]:
    """Each message with arguments of all kinds; one that says nothing at times is optional."""
    return {name: tuple(dict.fromkeys(renderings(name))) for name in catalogue()}


def found(pattern: re.Pattern[str], *, without: str = "") -> str:
    bad = [
        f"{name}: {text!r}"
        for name, said in all_said().items()
        if name != without
        for text in [next((t for t in said if pattern.search(t)), None)]
        if text is not None
    ]
    return "\n".join(bad)


def test_no_message_holds_junk_whatever_it_is_given():
    assert not found(JUNK)


def test_one_is_said_as_one_and_many_as_many():
    assert not found(ONE_OF_MANY)
    assert not found(MANY_AS_ONE)


def test_no_message_uses_terms_that_readers_do_not_know():
    assert not found(BANNED, without=EXPLAINS)


def test_sentences_are_short():
    long = {
        name: f"{name}: {len(sentence.split())} words: {sentence}"
        for name, said in all_said().items()
        if not name.endswith("-sub")
        for text in said
        for sentence in SENTENCE_END.split(text)
        if len(sentence.split()) > MOST_WORDS
    }
    assert not long, "\n".join(sorted(long.values()))


def test_ids_say_to_which_chapter_they_belong():
    wrong = [
        f"{message.file}: {name}"
        for name, message in catalogue().items()
        if message.file != "common.ftl" and not name.startswith(re.split(r"[_.]", message.file)[0])
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("text", "is_junk"),
    [
        ("4 of 16 actions are late.", False),
        ("4 of { $all } actions", True),
        ("Two  spaces", True),
        ("A , B", True),
        ("It is None.", True),
        ("Nobody was asked; 37 offices", False),
    ],
)
def test_junk_is_told_from_words(text, is_junk):
    assert bool(JUNK.search(text)) == is_junk
