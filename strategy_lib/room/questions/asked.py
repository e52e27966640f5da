"""Which questions come first: those that `workbook forms --minutes` gave to most people."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from strategy_lib.room.questions.blocks import Block, Question


def asked_first(blocks: Sequence[Block], lists: Iterable[Mapping[str, str]]) -> list[Block]:
    """Blocks whose questions are those on the lists, the most often asked first.

    A block of which nothing is listed stays as it is: the facilitator may choose it all the same.

    Parameters
    ----------
    lists : iterable of mapping
        Rows of `forms/questions.csv`: `assessor_id`, `position`, `table`, `key`.
    """
    rows = list(lists)
    return [replace(block, questions=_first(block, rows)) for block in blocks]


def _first(block: Block, rows: Sequence[Mapping[str, str]]) -> tuple[Question, ...]:
    places: dict[str, list[int]] = {}
    for row in rows:
        if row.get("table") in block.tables:
            key = _key(row.get("key") or "")
            for question in block.questions:
                if question.table == row["table"] and _is_about(question, key):
                    places.setdefault(question.id, []).append(_whole(row.get("position")))
    if not places:
        return block.questions
    listed = [question for question in block.questions if question.id in places]
    order = {name: (-len(given), sum(given) / len(given)) for name, given in places.items()}
    return tuple(sorted(listed, key=lambda question: order[question.id]))


def _is_about(question: Question, key: Mapping[str, str]) -> bool:
    """Whether a listed row, or pair of factors, belongs to a question."""
    if question.kind == "order":
        return True
    if question.kind == "influence":
        pair = (question.more["source"]["id"], question.more["target"]["id"])
        if pair == (key.get("source_descriptor"), key.get("target_descriptor")):
            return True
    return any(key and set(key.items()) <= set(own.items()) for own in question.keys)


def _key(text: str) -> dict[str, str]:
    try:
        key = json.loads(text)
    except ValueError:
        return {}
    return {str(k): str(v) for k, v in key.items()} if isinstance(key, dict) else {}


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdigit() else 0
