"""What could go wrong, and who sees it differently: people's words first, then what was found."""

from __future__ import annotations

import pandas as pd

from strategy_lib.chapters.brief_ground import Ground, text
from strategy_lib.chapters.brief_questions import first_question, questions
from strategy_lib.chapters.wording import listed, number


def risks(ground: Ground) -> pd.DataFrame:
    """What could harm people or the decision: its authors' words first, then what chapters found.

    Returns
    -------
    DataFrame
        `risk`, `said_by` (its authors, or the chapter that found it).
    """
    rows = []
    if words := text(first_question(ground).get("risks")):
        rows.append([words, "its authors"])
    for found, chapter in (
        (_presence_risks(ground), "02"), (_prepare_risks(ground), "00"),
        (_saying_risks(ground), "03"), (_scenario_risks(ground), "04"),
        (_mapping_risks(ground), "01"),
    ):  # fmt: skip
        said_by = f"chapter {chapter}, {ground.saved(chapter).title}"
        rows += [[risk, said_by] for risk in found]
    return pd.DataFrame(rows, columns=["risk", "said_by"])


def _presence_risks(ground: Ground) -> list[str]:
    saved = ground.saved("02")
    found = []
    lines = saved.table("red_lines", "option", "criterion", "verdict", "scored", "beyond")
    for row in lines[lines["verdict"].isin(("beyond it", "disputed"))].to_dict("records"):
        lead = "Beyond a red line" if row["verdict"] == "beyond it" else "A red line is disputed"
        found.append(f"{lead}: {row['option']} ({row['criterion']}, in the eyes of "
                     f"{row['beyond']:g} of {row['scored']:g})")  # fmt: skip
    triggers = saved.table("triggers", "term", "state")
    seen = [_small(term) for term in triggers.loc[triggers["state"] == "Seen", "term"]]
    if seen:
        found.append(f"Seen, and reopens the decision: {listed(seen, 2)}")
    unseen = int((triggers["state"] == "Not checked").sum())
    if unseen:
        found.append(f"{number(unseen, 'trigger', 'triggers')} that nobody has looked at")
    exits = saved.table("exit_terms", "term", "state")
    missing = int((exits["state"] != "In place").sum())
    if missing:
        found.append(f"{missing} of {number(len(exits), 'term', 'terms')} of a responsible exit "
                     "not in place")  # fmt: skip
    return found


def _small(term: object) -> str:
    said = text(term)
    return said[:1].lower() + said[1:]


def _saying_risks(ground: Ground) -> list[str]:
    """What chapter 03 says first of all."""
    return list(ground.saved("03").bottom_line[:1])


def _scenario_risks(ground: Ground) -> list[str]:
    saved = ground.saved("04")
    signposts = saved.table("signposts", "observable", "status_code")
    crossed = signposts.loc[signposts["status_code"] == "crossed", "observable"]
    found = []
    if len(crossed):
        found.append(f"{number(len(crossed), 'signpost', 'signposts')} crossed: "
                     f"{listed([_small(o) for o in crossed], 2)}")  # fmt: skip
    kinds = saved.table("kinds", "option", "kind", "fails_in")
    bets = [f"{row['option']} (fails in {row['fails_in']})" for row in kinds.to_dict("records")
            if row["kind"] == "bet" and text(row["fails_in"])]  # fmt: skip
    return [*found, *([f"A bet: {listed(bets, 2)}"] if bets else [])]


def _prepare_risks(ground: Ground) -> list[str]:
    saved = ground.saved("00")
    found = []
    against = saved.table("flow_contradictions", "what")["what"]
    count = int((against == "done although not allowed").sum())
    if count:
        found.append("Information is sent to, or opened in, mainland China although it may not be: "
                     f"{number(count, 'kind', 'kinds')}")  # fmt: skip
    nobody = len(saved.table("nobodys_job", "recommendation_id"))
    if nobody:
        found.append(f"{number(nobody, 'recommendation is', 'recommendations are')} nobody's job")
    return found


def _mapping_risks(ground: Ground) -> list[str]:
    alone = ground.saved("01").table("single_person", "unit")
    if alone.empty:
        return []
    return [f"{number(len(alone), 'contact hangs', 'contacts hang')} on one colleague"]


def views(ground: Ground) -> pd.DataFrame:
    """Who sees it differently: in their own words, and as the judgements themselves show it.

    Returns
    -------
    DataFrame
        `view`, `where` (in the brief, in a decision of a day, or counted by a chapter).
    """
    rows = []
    for row in questions(ground).to_dict("records"):
        if words := text(row["minority_view"]):
            rows.append([words, "this brief"])
    if ground.lists_records:
        rows += dissent(ground)
    if counted := counted_views(ground):
        rows.append([counted, "counted in chapter 02"])
    return pd.DataFrame(rows, columns=["view", "where"])


def dissent(ground: Ground) -> list[list[str]]:
    """What was said against each decision, and which, the newest first."""
    frame = ground.entered["decisions"].sort_values(
        ["decided_date", "decision_id"], ascending=[False, True], kind="stable"
    )
    return [
        [words, f"decision of {row['decided_date']:%Y-%m-%d}"]
        for row in frame.to_dict("records")
        if (words := text(row["dissent"]))
    ]


def counted_views(ground: Ground) -> str:
    """Of how many assessors which option comes first most often; empty where it is not shown."""
    table = ground.saved("02").table("first_by_assessor")
    shares = table.select_dtypes("number").dropna(how="all")
    if shares.empty or not shares.shape[1]:
        return ""
    firsts = shares.idxmax(axis=1).value_counts()
    ordered = sorted(firsts.items(), key=lambda item: (-item[1], str(item[0])))
    if len(ordered) == 1:
        return f"All {len(shares)} assessors' own judgements put {ordered[0][0]} first."
    parts = [f"{name} ({count})" for name, count in ordered]
    return f"{len(shares)} assessors' own judgements put first most often: {listed(parts)}."
