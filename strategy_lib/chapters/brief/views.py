"""What could go wrong, and who sees it differently: people's words first, then what was found."""

from __future__ import annotations

import pandas as pd

from strategy_lib.chapters.brief.context import Context, day_in_words, text
from strategy_lib.chapters.brief.questions import first_question, questions
from strategy_lib.chapters.codes import (
    Answer,
    Contradiction,
    HarmClass,
    HarmStage,
    OptionKind,
    TermState,
    Verdict,
)
from strategy_lib.chapters.wording import listed, number


def risks(context: Context) -> pd.DataFrame:
    """What could harm people or the decision: its authors' words first, then what chapters found.

    Returns
    -------
    DataFrame
        `risk`, `said_by` (its authors, or the chapter that found it).
    """
    rows = []
    if words := text(first_question(context).get("risks")):
        rows.append([words, "its authors"])
    for found, chapter in (
        (_presence_risks(context), "02"), (_prepare_risks(context), "00"),
        (_saying_risks(context), "03"), (_scenario_risks(context), "04"),
        (_mapping_risks(context), "01"),
    ):  # fmt: skip
        said_by = f"chapter {chapter}, {context.saved(chapter).title}"
        rows += [[risk, said_by] for risk in found]
    return pd.DataFrame(rows, columns=["risk", "said_by"])


def _presence_risks(context: Context) -> list[str]:
    saved = context.saved("02")
    found = []
    lines = saved.table("red_lines", "option", "criterion", "verdict", "scored", "beyond")
    leads = {Verdict.BEYOND: "Beyond a red line", Verdict.DISPUTED: "A red line is disputed"}
    for row in lines[lines["verdict"].isin(leads)].to_dict("records"):
        lead = leads[row["verdict"]]
        eyes = "" if pd.isna(row["beyond"]) else (
            f", in the eyes of {row['beyond']:g} of {row['scored']:g}"
        )  # fmt: skip
        found.append(f"{lead}: {row['option']} ({row['criterion']}{eyes})")
    triggers = saved.table("triggers", "term", "state")
    seen = [_small(term) for term in triggers.loc[triggers["state"] == TermState.SEEN, "term"]]
    if seen:
        more = f"; and {len(seen) - 2} more" if len(seen) > 2 else ""
        found.append(f"Seen, and reopens the decision: {'; '.join(seen[:2])}{more}")
    unseen = int((triggers["state"] == TermState.NOT_CHECKED).sum())
    if unseen:
        found.append("Nobody has checked "
                     f"{number(unseen, 'trigger', 'triggers')} of {len(triggers)} that would "
                     "reopen the decision")  # fmt: skip
    exits = saved.table("exit_terms", "term", "state")
    missing = int((exits["state"] != TermState.IN_PLACE).sum())
    if missing:
        verb = "is" if missing == 1 else "are"
        found.append(f"{missing} of {number(len(exits), 'term', 'terms')} of a responsible exit "
                     f"{verb} not in place")  # fmt: skip
    return found


def _small(term: object) -> str:
    said = text(term)
    return said[:1].lower() + said[1:]


def _saying_risks(context: Context) -> list[str]:
    """Harm that the case shown by chapter 03 may do, and who was asked and has not answered."""
    saved = context.saved("03")
    board = saved.table("board", "case_id", "is_exercise", "recorded_silent")
    real = board[board["is_exercise"] != Answer.YES]
    # The case that is shown stands first on the board; an exercise harms nobody.
    if real.empty or real.index[0] != board.index[0]:
        return []
    case, silent = text(board["case_id"].iloc[0]), text(board["recorded_silent"].iloc[0])
    found = []
    if ways := _not_permitted(saved.table("screen", "group", "route", "measures", "class")):
        found.append(f"Case {case}: harm to people is beyond what is permitted, as it stands: "
                     f"{listed(ways, 2)}")  # fmt: skip
    accepted = saved.table("acceptances", "holds_today")["holds_today"]
    lacking = int((accepted != Answer.YES).sum())
    if lacking:
        verb = "risk has" if lacking == 1 else "risks have"
        found.append(f"Case {case}: {lacking} {verb} no named role's written acceptance")
    if silent:
        found.append(f"Case {case}: asked, and has not answered: {silent}")
    return found


def _not_permitted(screen: pd.DataFrame) -> list[str]:
    """Ways of saying it that harm to people rules out, after measures where any were judged."""
    last = screen.sort_values("measures", key=lambda m: m == HarmStage.AFTER, kind="stable")
    last = last.drop_duplicates(["group", "route"], keep="last")
    ways = last.loc[last["class"] == HarmClass.NOT_PERMITTED, "route"]
    return list(dict.fromkeys(sorted(f"“{way}”" for way in ways)))


def _scenario_risks(context: Context) -> list[str]:
    saved = context.saved("04")
    signposts = saved.table("signposts", "observable", "status_code")
    crossed = signposts.loc[signposts["status_code"] == "crossed", "observable"]
    found = []
    if len(crossed):
        found.append(f"{number(len(crossed), 'signpost', 'signposts')} crossed: "
                     f"{listed([_small(o) for o in crossed], 2)}")  # fmt: skip
    kinds = saved.table("kinds", "option", "kind", "fails_in")
    bets = [f"{row['option']} ({row['fails_in']})" for row in kinds.to_dict("records")
            if row["kind"] == OptionKind.BET and text(row["fails_in"])]  # fmt: skip
    return [
        *found,
        *([f"Bets, each with futures in which it fails: {listed(bets, 2)}"] if bets else []),
    ]


def _prepare_risks(context: Context) -> list[str]:
    saved = context.saved("00")
    found = []
    against = saved.table("flow_contradictions", "what")["what"]
    count = int((against == Contradiction.DONE_AGAINST).sum())
    if count:
        said = number(count, "kind of information is", "kinds of information are")
        found.append(f"{said} sent to, or opened in, mainland China although it may not be")
    # Parts such as 4.1 belong to their whole; chapter 00 counts wholes too.
    numbers = saved.table("nobodys_job", "recommendation_id")["recommendation_id"].astype("str")
    nobody = int((~numbers.str.contains(".", regex=False)).sum())
    if nobody:
        said = number(nobody, "recommendation", "recommendations")
        found.append(f"No role is named for {said} of the guide")
    return found


def _mapping_risks(context: Context) -> list[str]:
    alone = context.saved("01").table("single_person", "unit")
    if alone.empty:
        return []
    return [f"{number(len(alone), 'contact hangs', 'contacts each hang')} on a single colleague"]


def views(context: Context) -> pd.DataFrame:
    """Who sees it differently: in their own words, and as the judgements themselves show it.

    Returns
    -------
    DataFrame
        `view`, `where` (in the brief, in a decision of a day, or counted by a chapter), and `who`
        where the edition shows single people.
    """
    rows = []
    for row in questions(context).to_dict("records"):
        if words := text(row["minority_view"]):
            rows.append([words, "this brief", text(row["minority_view_by"])])
    if context.lists_records:
        rows += dissent(context)
    if counted := counted_views(context):
        rows.append([counted, "counted in chapter 02", ""])
    made = pd.DataFrame(rows, columns=["view", "where", "who"])
    return made if context.can_show("decisions", "dissent_by") else made.drop(columns="who")


def dissent(context: Context) -> list[list[str]]:
    """What was said against each decision, against which, and by whom; the newest first."""
    frame = context.entered["decisions"].sort_values(
        ["decided_date", "decision_id"], ascending=[False, True], kind="stable"
    )
    return [
        [words, f"decision of {day_in_words(row['decided_date']) or 'an unknown day'}",
         text(row["dissent_by"])]
        for row in frame.to_dict("records")
        if (words := text(row["dissent"]))
    ]  # fmt: skip


def counted_views(context: Context) -> str:
    """Of how many assessors which option comes first most often; empty where it is not shown."""
    firsts = context.saved("02").table("first_counts", "option", "people")
    counted = firsts.dropna(subset=["people"])
    if counted.empty:
        return ""
    if len(firsts) == 1:
        only = firsts.iloc[0]
        return f"All {only['people']:g} assessors' own judgements put {only['option']} first."
    parts = [f"{row['option']} ({row['people']:g})" for row in counted.to_dict("records")]
    text = f"Assessors' own judgements put first most often: {listed(parts)}"
    return f"{text}; others too few each to be counted here." if len(counted) < len(firsts) else (
        f"{text}."
    )  # fmt: skip
