"""What can be asked in the room: blocks of questions, made from what the core edition may see."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from strategy_lib.chapters.registry import number_of
from strategy_lib.editions.snapshot import Snapshot
from strategy_lib.judgements.drivers import column_of, system_of
from strategy_lib.judgements.receipts import VALUES
from strategy_lib.schema.reference import records_of, reference
from strategy_lib.schema.schema import code_list, table_schema

MOST_ORDERED = 6
HARM_LEVELS = READINESS_LEVELS = 5
_ANCHORS = (0, 5, 10)


@dataclass(frozen=True)
class Question:
    """One page of a phone.

    Attributes
    ----------
    id : str
        Table and what is judged, with `/` between them.
    kind : str
        `scale`, `order`, `influence` or `lists`.
    about, ask : str
        What it is about; the organisation's own question, empty where the page has one.
    more : mapping
        What the kind needs besides, as the page gets it.
    keys : tuple of mapping
        What each row of the table that the answer becomes is known by.
    """

    id: str
    kind: str
    table: str
    about: str
    ask: str
    seconds: int
    keys: tuple[Mapping[str, str], ...]
    more: Mapping[str, Any] = field(default_factory=dict)

    def page(self) -> dict[str, Any]:
        """As the phone, the host and the screen get it."""
        known = {n: getattr(self, n) for n in ("id", "kind", "table", "about", "ask", "seconds")}
        return known | dict(self.more)

    @property
    def label(self) -> str:
        """The question in a line."""
        return " · ".join(part for part in (self.about, self.more.get("short") or self.ask) if part)


@dataclass(frozen=True)
class Block:
    """Questions that are opened and closed together; all their rows lie in one area.

    Attributes
    ----------
    parts : mapping of str to list of mapping
        Table -> values of the rows that are meant; an empty mapping means all rows.
    """

    id: str
    title: str
    chapter: str
    parts: Mapping[str, tuple[Mapping[str, str], ...]]
    questions: tuple[Question, ...]

    @property
    def tables(self) -> tuple[str, ...]:
        """Tables of the block."""
        return tuple(self.parts)

    def tables_of(self, asked: Collection[str]) -> list[str]:
        """Tables that some of its questions are answered into."""
        meant = {question.table for question in self.questions if question.id in asked}
        return [table for table in self.parts if table in meant]


def blocks_of(inputs: Snapshot) -> list[Block]:
    """Blocks in the order of the chapters; none that has no question.

    Parameters
    ----------
    inputs : Snapshot
        Of the core edition.
    """
    makers = (_readiness, _presence, _cases, _influences, _performance)
    return [block for make in makers for block in make(inputs) if block.questions]


def _block(
    inputs: Snapshot,
    name: str,
    chapter: str,
    questions: list[Question],
    parts: tuple[Mapping[str, str], ...] = ({},),
    about: str = "",
) -> Block:
    asked = {question.table for question in questions}
    tables = [table for table in VALUES if table in asked]
    titles = ", ".join(table_schema(table).title(inputs.language) for table in tables)
    title = f"{titles} · {about}" if about else titles
    return Block(name, title, chapter, dict.fromkeys(tables, parts), tuple(questions))


def _rows(inputs: Snapshot, table: str, key: str) -> list[dict[str, Any]]:
    frame = inputs.restricted[table]
    return records_of(frame.dropna(subset=[key]).drop_duplicates(key))


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def seconds_of(table: str, cells: int = 3) -> int:
    """How long a question of a table takes, as a rule; so many cells where it is not known."""
    known = reference("question_seconds").set_index("table")["seconds"]
    if table in known.index:
        return int(known[table])
    each = reference("question_seconds").set_index("kind")["seconds"]["cell"]
    return int(cells * each)


def _scale(
    table: str, about: str, ask: str, key: Mapping[str, str], ends: tuple[int, int], **more: Any
) -> Question:
    wide = ends == (0, 10)
    scale = {
        "min": ends[0],
        "max": ends[1],
        "step": 0.5 if wide else 1,
        "widths": [0.5, 1.5, 3] if wide else [0, 1, 2],
    }
    name = "/".join((table, *key.values()))
    return Question(name, "scale", table, about, ask, seconds_of(table), (key,), scale | more)


def _presence(inputs: Snapshot) -> Iterator[Block]:
    options = _rows(inputs, "presence_options", "option_id")
    criteria = _rows(inputs, "criteria", "criterion_id")
    questions = [
        _scale(
            "scores",
            _text(option.get("name")),
            _text(criterion.get("question")),
            {"option_id": str(option["option_id"]), "criterion_id": str(criterion["criterion_id"])},
            (0, 10),
            anchors=_anchors(criterion),
            short=_text(criterion.get("short_name")) or _text(criterion.get("name")),
        )
        for criterion in criteria
        for option in options
    ]
    if len(criteria) > 1:
        keys = tuple({"criterion_id": str(row["criterion_id"])} for row in criteria)
        more = {"items": [_swing(row) for row in criteria], "most": MOST_ORDERED}
        seconds = seconds_of("swing_weights") * len(criteria)
        weights = Question("swing_weights", "order", "swing_weights", "", "", seconds, keys, more)
        # First, so that it is among the few that a short workshop asks.
        questions.insert(0, weights)
    yield _block(inputs, "presence", number_of("presence"), questions)


def _anchors(criterion: Mapping[str, Any]) -> dict[str, str]:
    told = {str(n): _text(criterion.get(f"anchor_{n}")) for n in _ANCHORS}
    return {n: words for n, words in told.items() if words}


def _swing(criterion: Mapping[str, Any]) -> dict[str, str]:
    ends = _text(criterion.get("anchor_0")), _text(criterion.get("anchor_10"))
    worst, best = ends if criterion.get("direction") != "lower_is_better" else ends[::-1]
    name = _text(criterion.get("name"))
    return {"id": str(criterion["criterion_id"]), "name": name, "worst": worst, "best": best}


def _performance(inputs: Snapshot) -> Iterator[Block]:
    options = _rows(inputs, "strategic_options", "option_id")
    futures = _rows(inputs, "scenario_names", "scenario_id")
    questions = [
        _scale(
            "performance",
            _text(option.get("name")),
            "",
            {"option_id": str(option["option_id"]), "scenario_id": str(future["scenario_id"])},
            (0, 10),
            anchors={},
            scenario=_text(future.get("name")),
            story=_text(future.get("story")),
            short=_text(future.get("name")),
        )
        for future in futures
        for option in options
    ]
    yield _block(inputs, "performance", number_of("scenarios"), questions)


def _influences(inputs: Snapshot) -> Iterator[Block]:
    system = system_of(inputs.restricted)
    factors: list[dict[str, Any]] = [
        {
            "id": str(row["descriptor_id"]),
            "name": _text(row.get("name")),
            "states": [
                {
                    "id": str(state["state_id"]),
                    "name": _text(state.get("name")),
                    "definition": _text(state.get("definition")),
                }
                for state in records_of(system.states)
                if state["descriptor_id"] == row["descriptor_id"]
            ],
        }
        for row in records_of(system.descriptors)
    ]
    questions = [
        _influence(source, target)
        for source in factors
        for target in factors
        if source["id"] != target["id"] and column_of(source["id"]) in system.keys
    ]
    yield _block(inputs, "influences", number_of("scenarios"), questions)


def _influence(source: dict[str, Any], target: dict[str, Any]) -> Question:
    keys = tuple(
        {"source_state": one["id"], "target_state": other["id"]}
        for one in source["states"]
        for other in target["states"]
    )
    table, name = "cross_impacts", f"cross_impacts/{source['id']}/{target['id']}"
    about = f"{source['name']} → {target['name']}"
    more = {"source": source, "target": target}
    return Question(name, "influence", table, about, "", seconds_of(table), keys, more)


def _readiness(inputs: Snapshot) -> Iterator[Block]:
    language = inputs.language
    questions = []
    for row in records_of(reference("readiness_levels")):
        code = str(row["recommendation_id"])
        title = _text(row.get(f"title_{language}")) or _text(row.get("title"))
        words = _text(row.get(f"in_place_{language}")) or _text(row.get("in_place"))
        lists = [{"name": name, "levels": READINESS_LEVELS} for name in VALUES["readiness"]]
        more = {"lists": lists, "in_place": words}
        key = {"recommendation_id": code}
        name = f"readiness/{code}"
        questions.append(
            Question(name, "lists", "readiness", title, "", seconds_of("readiness"), (key,), more)
        )
    yield _block(inputs, "readiness", number_of("prepare"), questions)


def _cases(inputs: Snapshot) -> Iterator[Block]:
    decided = set(inputs.restricted["case_decisions"]["case_id"].dropna())
    for case in _rows(inputs, "cases", "case_id"):
        if case["case_id"] not in decided:
            yield _case(inputs, case)


def _case(inputs: Snapshot, case: Mapping[str, Any]) -> Block:
    code = case["case_id"]
    routes = [r for r in _rows(inputs, "case_routes", "route_id") if r.get("case_id") == code]
    groups = [g for g in _rows(inputs, "exposed_groups", "group_id") if g.get("case_id") == code]
    language = inputs.language
    ways = {
        str(r["route_id"]): code_list("speaking_route").label(_text(r.get("route")), language)
        for r in routes
    }
    lists = [{"name": name, "levels": HARM_LEVELS} for name in VALUES["harm_ratings"]]
    questions = [
        Question(
            "/".join(("harm_ratings", *key.values())),
            "lists",
            "harm_ratings",
            f"{_group(group, language)} · {ways[key['route_id']]}",
            "",
            seconds_of("harm_ratings", len(lists)),
            (key,),
            {"lists": lists, "stage": key["stage"]},
        )
        for group in groups
        for route in ways
        for stage in code_list("harm_stage").codes
        for key in ({"group_id": str(group["group_id"]), "route_id": route, "stage": stage.code},)
    ]
    questions += [
        _scale("route_ratings", way, "", {"route_id": route}, (0, 4), anchors={})
        for route, way in ways.items()
    ]
    parts = tuple({"route_id": route} for route in ways)
    chapter, title = number_of("speaking_out"), _text(case.get("title"))
    return _block(inputs, f"case-{code}", chapter, questions, parts, title)


def _group(group: Mapping[str, Any], language: str) -> str:
    told = (
        (code_list(codes).label(str(group.get(name)), language) if group.get(name) else "")
        for codes, name in (("exposed_group_kind", "group_kind"), ("consequence_kind", "kind"))
    )
    return " · ".join(part for part in (str(group["group_id"]), *told) if part)
