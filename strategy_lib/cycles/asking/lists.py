"""Each person's list of questions: made from settings and seed alone, and kept beside the forms."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from strategy_lib.core.asking import AskingSettings
from strategy_lib.core.atomic import write_whole
from strategy_lib.core.audiences import DEFAULT_EDITIONS
from strategy_lib.core.errors import InputError
from strategy_lib.core.hashing import hash_file
from strategy_lib.core.settings import SETTINGS_FILE
from strategy_lib.core.workspace import Cycle
from strategy_lib.cycles.asking.answered import answered
from strategy_lib.cycles.asking.contested import contested
from strategy_lib.cycles.asking.questions import (
    CHAPTERS,
    KEYS,
    TABLES,
    no_questions,
    questions_of,
)
from strategy_lib.editions.restrict import Restricted, restrict
from strategy_lib.forms.burden import question_seconds
from strategy_lib.forms.prefill import to_send
from strategy_lib.methods.elicitation import allocate_shares
from strategy_lib.schema.frames import Tables, typed_frame
from strategy_lib.schema.reference import starting_list
from strategy_lib.schema.schema import schemas
from strategy_lib.schema.suggest import nearest

LISTS_FILE, RECORD_FILE = "questions.csv", "questions.json"
HEAD = ("assessor_id", "position", "chapter", "table", "block", "key", "seconds", "why")
_LISTED = (
    *("presence_options", "criteria", "strategic_options", "scenario_names"),
    *("descriptors", "descriptor_states", "signposts"),
)


@dataclass(frozen=True)
class Asking:
    """Who is asked what.

    Attributes
    ----------
    minutes : int
        What each person is asked for at most.
    seed : int
        Settles ties; with the same inputs and settings it gives the same lists.
    round_number : int
        1, or 2: then only what people are apart on is asked.
    questions : DataFrame
        All that can be asked, of `questions_of`, without what is left out.
    lists : DataFrame
        `assessor_id`, `position`, `question_id`.
    people : tuple of str
        Codes of those who are asked, in their order; some may have an empty list.
    left_out : mapping of str to str
        Question -> why the coordinator leaves it out.
    chapters : tuple of str
        Numbers of the chapters that are asked for; empty for all.
    """

    minutes: int
    seed: int
    round_number: int
    questions: pd.DataFrame
    lists: pd.DataFrame
    people: tuple[str, ...]
    left_out: Mapping[str, str]
    chapters: tuple[str, ...] = ()

    @property
    def about(self) -> str:
        """Round and chapters, as plans begin."""
        only = f", chapter {' and '.join(self.chapters)} only" if self.chapters else ""
        return f"Round {self.round_number}{only}"

    def rows(self) -> pd.DataFrame:
        """The lists with what each question is: a row a person and question."""
        return self.lists.merge(self.questions, on="question_id", how="left")

    def of(self, assessor_id: str) -> pd.DataFrame:
        """One person's list, in its order."""
        rows = self.rows()
        return rows[rows["assessor_id"] == assessor_id].sort_values("position", ignore_index=True)

    def seconds(self) -> dict[str, int]:
        """Seconds that each person's list takes."""
        sums = self.rows().groupby("assessor_id")["seconds"].sum()
        return {code: int(sums.get(code, 0)) for code in self.people}


def make_lists(
    cycle: Cycle,
    tables: Tables,
    minutes: int | None = None,
    round_number: int = 1,
    chapters: Collection[str] = (),
) -> Asking:
    """Say who is asked what in one round.

    Parameters
    ----------
    tables : Tables
        The inputs as they are: lists of options and people, and what was answered so far.
    minutes : int, optional
        For each person; else what the settings say.
    chapters : collection of str
        Numbers of the chapters that are asked for; all unless stated.

    Raises
    ------
    InputError
        If the settings leave out a question that there is not, all of them at once; or if a chapter
        asks people for no judgement.
    """
    _refuse_others(chapters)
    settings = cycle.workspace.settings.asking
    seed = cycle.year
    inputs = _with_starting_lists(restrict(tables, DEFAULT_EDITIONS["core"]))
    people = inputs["assessors"]["assessor_id"].dropna().drop_duplicates().sort_values()
    found = questions_of(inputs, seed) if len(people) else no_questions()
    if len(people):
        _refuse_unknown(settings.left_out, found["question_id"])
    kept = found[~found["question_id"].isin(list(settings.left_out))].reset_index(drop=True)
    if chapters:
        kept = kept[kept["chapter"].isin(list(chapters))].reset_index(drop=True)
    if round_number > 1:
        kept = contested(inputs, kept)
    asked = settings.minutes if minutes is None else minutes
    # What stands above a form takes time too.
    left = max(0.0, asked - question_seconds("top") / 60)
    panel = pd.DataFrame({"assessor_id": people.astype("str"), "minutes": left})
    known = answered(inputs, round_number)
    lists = _allocated(kept, panel, known, settings, seed)
    only = tuple(sorted(set(chapters)))
    return Asking(asked, seed, round_number, kept, lists, tuple(people), settings.left_out, only)


def _refuse_others(chapters: Collection[str]) -> None:
    allowed = sorted(set(CHAPTERS.values()))
    if wrong := [number for number in chapters if number not in allowed]:
        raise InputError(
            f"--only: found {', '.join(wrong)}; assessors are asked for {', '.join(allowed)}"
        )


def _allocated(
    questions: pd.DataFrame,
    panel: pd.DataFrame,
    known: pd.DataFrame,
    settings: AskingSettings,
    seed: int,
) -> pd.DataFrame:
    """Lists in the order of forms, with minutes set apart for influences and for futures."""
    shares = {"cross_impacts": settings.influences_pct, "performance": settings.futures_pct}
    # What signposts tell moves futures, and so is asked out of their share.
    parted = questions.assign(part=questions["table"].replace("signpost_ratings", "performance"))
    if parted["part"].isin(list(shares)).all():
        # Nothing else is asked: what futures leave is for influences.
        whole = sum(shares.values()) or 1.0
        shares = {"performance": 100 * shares["performance"] / whole}
    lists = allocate_shares(parted, panel, shares, by="part", seed=seed, already=known)
    order = {name: place for place, name in enumerate(TABLES.values())}
    table_of = questions.set_index("question_id")["table"]
    lists["_order"] = lists["question_id"].map(table_of).map(order)
    keys = ["assessor_id", "_order", "position"]
    lists = lists.sort_values(keys, kind="stable", ignore_index=True)
    lists["position"] = lists.groupby("assessor_id").cumcount() + 1
    return lists.drop(columns="_order")


def _with_starting_lists(inputs: Restricted) -> Restricted:
    """What may stand in everybody's form; a list that nobody has saved is what forms begin with."""
    frames = dict(inputs.frames)
    for name in _LISTED:
        about = schemas()[name]
        if frames[name].empty:
            frames[name] = typed_frame(about, starting_list(about))
        frames[name] = to_send(frames[name], about).reset_index(drop=True)
    return Restricted(inputs.edition, frames)


def _refuse_unknown(left_out: Mapping[str, str], known: Iterable[str]) -> None:
    names = list(known)
    lines = []
    for found in left_out:
        if found not in names:
            near = nearest(found, names)
            lines.append(
                f"  {found!r} is no question" + (f" (did you mean {near}?)" if near else "")
            )
    if lines:
        raise InputError(
            f"[asking.left_out] in {SETTINGS_FILE} leaves out what is not asked:\n"
            + "\n".join(lines)
            + "\nNames of questions stand in the plan: forms/plan.xlsx."
        )


def save_lists(cycle: Cycle, asking: Asking) -> tuple[str, ...]:
    """Write `forms/questions.csv` and the record beside it; what changed against the list before.

    The list that was there is kept in `records/asking/`, so that what was sent can be looked up.
    """
    folder = cycle.root / "forms"
    folder.mkdir(parents=True, exist_ok=True)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEAD)
    for row in asking.rows().to_dict("records"):
        key = json.dumps(row["key"], ensure_ascii=False, sort_keys=True)
        writer.writerow([key if name == "key" else row[name] for name in HEAD])
    before = read_lists(cycle)
    path = folder / LISTS_FILE
    data = text.getvalue().encode("utf-8")
    if path.is_file() and path.read_bytes() != data:
        _keep(cycle, path)
    write_whole(path, data)
    record = {
        "minutes": asking.minutes,
        "seed": asking.seed,
        "round": asking.round_number,
        "chapters": list(asking.chapters),
        "people": len(asking.people),
        "left_out": dict(asking.left_out),
        "list": hash_file(path),
    }
    text_of = json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True)
    lines = tuple(_changes(before, asking, _read_record(folder)))
    write_whole(folder / RECORD_FILE, text_of.encode("utf-8") + b"\n")
    return lines


def _keep(cycle: Cycle, path: Path) -> None:
    kept = cycle.records() / "asking"
    kept.mkdir(parents=True, exist_ok=True)
    number = len(list(kept.glob("questions-*.csv"))) + 1
    write_whole(kept / f"questions-{number}.csv", path.read_bytes())


def _changes(before: pd.DataFrame, asking: Asking, record: Mapping[str, Any]) -> Iterable[str]:
    """What is other than in the list that was there."""
    if before.empty or not record:
        return
    now = {(row["assessor_id"], row["question_id"]) for row in asking.lists.to_dict("records")}
    then = {(row["assessor_id"], row["question_id"]) for row in before.to_dict("records")}
    if now == then:
        return
    yield (
        f"There was a list already ({record['minutes']} minutes, round {record['round']}): "
        f"{len(now - then):,} questions are new, {len(then - now):,} are not asked any more. "
        "Answers to either count; forms that were sent can come back as they are."
    )
    withdrawn = {question for _, question in then} & set(asking.left_out)
    for question in sorted(withdrawn):
        yield f"Withdrawn after it was sent: {question} ({asking.left_out[question]})."


def _read_record(folder: Path) -> dict[str, Any]:
    path = folder / RECORD_FILE
    if not path.is_file():
        return {}
    try:
        record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        return {}
    return record


def was_edited(cycle: Cycle) -> bool:
    """Whether somebody changed the list by hand: then it is nobody's allocation any more."""
    folder = cycle.root / "forms"
    record = _read_record(folder)
    return bool(record) and record.get("list") != hash_file(folder / LISTS_FILE)


def read_lists(cycle: Cycle) -> pd.DataFrame:
    """What is asked: `assessor_id`, `question_id`, `table`, `why`; empty where no list was made."""
    return _read(cycle.root / "forms" / LISTS_FILE)


def all_lists(cycle: Cycle) -> pd.DataFrame:
    """The same of all lists that were ever made in this cycle."""
    kept = sorted((cycle.records() / "asking").glob("questions-*.csv"))
    return pd.concat([*map(_read, kept), read_lists(cycle)], ignore_index=True)


def _read(path: Path) -> pd.DataFrame:
    columns = ["assessor_id", "question_id", "table", "why"]
    if not path.is_file():
        return pd.DataFrame(columns=columns, dtype="str")
    frame = pd.read_csv(path, dtype="str", keep_default_na=False)
    ids = [
        question_id(table, json.loads(key))
        for table, key in zip(frame["table"], frame["key"], strict=True)
    ]
    return frame.assign(question_id=ids)[columns]


def question_id(table: str, key: Mapping[str, str]) -> str:
    """Name of a question, from the table of its answers and what is judged.

    Examples
    --------
    >>> question_id("scores", {"option_id": "P0", "criterion_id": "access"})
    'score:P0:access'
    """
    kind = next(kind for kind, name in TABLES.items() if name == table)
    return f"{kind}:{':'.join(key[name] for name in KEYS[kind])}"
