"""What could go wrong, and who sees it differently: people's words first, then what was found."""

from __future__ import annotations

from collections.abc import Iterator

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
from strategy_lib.chapters.registry import chapter_named
from strategy_lib.chapters.wording import listed
from strategy_lib.core.messages import Names, Number, Say

AUTHORS = "authors"
# What chapter 04 saves where no kind of futures stands out.
EVERYWHERE = "nearly everywhere"
IN_BRIEF, IN_DECISION, COUNTED = "brief", "decision", "counted"


def risks(context: Context, say: Say) -> pd.DataFrame:
    """What could harm people or the decision: its authors' words first, then what chapters found.

    Returns
    -------
    DataFrame
        `risk`, `said_by` (its authors, or the chapter that found it), `source` (`AUTHORS`, or the
        chapter's folder).
    """
    rows = []
    if words := text(first_question(context).get("risks")):
        rows.append([words, say("brief-risks-by-authors"), AUTHORS])
    for found, folder in (
        (_presence_risks(context, say), "presence"),
        (_prepare_risks(context, say), "prepare"),
        (_saying_risks(context, say), "speaking_out"),
        (_scenario_risks(context, say), "scenarios"),
        (_mapping_risks(context, say), "mapping"),
    ):
        by = say("brief-risks-by-chapter", chapter=chapter_named(folder).title)
        rows += [[risk, by, folder] for risk in found]
    return pd.DataFrame(rows, columns=["risk", "said_by", "source"])


def _presence_risks(context: Context, say: Say) -> Iterator[str]:
    saved = context.saved("presence")
    lines = saved.table("red_lines", "option", "criterion", "verdict", "scored", "beyond")
    messages = {
        Verdict.BEYOND: ("red-line-risk", "red-line-risk-counted"),
        Verdict.DISPUTED: ("red-line-risk-disputed", "red-line-risk-disputed-counted"),
    }
    for row in lines[lines["verdict"].isin(messages)].to_dict("records"):
        plain, counted = messages[row["verdict"]]
        about = {"option": str(row["option"]), "criterion": str(row["criterion"])}
        if pd.isna(row["beyond"]):
            yield say(plain, **about)
        else:
            people = {"beyond": int(row["beyond"]), "scored": int(row["scored"])}
            yield say(counted, **about, **people)
    triggers = saved.table("triggers", "term", "state")
    seen = [_small(term) for term in triggers.loc[triggers["state"] == TermState.SEEN, "term"]]
    if seen:
        yield say("brief-risk-seen", seen=len(seen), all=len(triggers), names=Names(seen, 2))
    unseen = int((triggers["state"] == TermState.NOT_CHECKED).sum())
    if unseen:
        yield say("brief-risk-unchecked", unchecked=unseen, all=len(triggers))
    exits = saved.table("exit_terms", "term", "state")
    missing = int((exits["state"] != TermState.IN_PLACE).sum())
    if missing:
        yield say("brief-risk-exit", missing=missing, all=len(exits))


def _small(term: object) -> str:
    said = text(term)
    return said[:1].lower() + said[1:]


def _saying_risks(context: Context, say: Say) -> Iterator[str]:
    """Harm that the case shown by chapter 03 may do, and who was asked and has not answered."""
    saved = context.saved("speaking_out")
    board = saved.table("board", "case_id", "is_exercise", "recorded_silent")
    real = board[board["is_exercise"] != Answer.YES]
    # The case that is shown stands first on the board; an exercise harms nobody.
    if real.empty or real.index[0] != board.index[0]:
        return
    case, silent = text(board["case_id"].iloc[0]), text(board["recorded_silent"].iloc[0])
    if ways := _not_permitted(saved.table("screen", "group", "route", "measures", "class")):
        yield say("brief-risk-harm", case=case, ways=Names(ways, 2))
    accepted = saved.table("acceptances", "holds_today")["holds_today"]
    lacking = int((accepted != Answer.YES).sum())
    if lacking:
        yield say("brief-risk-acceptance", case=case, lacking=lacking, all=len(accepted))
    if silent:
        yield say("brief-risk-silent", case=case, who=silent)


def _not_permitted(screen: pd.DataFrame) -> list[str]:
    """Ways of saying it that harm to people rules out, after measures where any were judged."""
    last = screen.sort_values("measures", key=lambda m: m == HarmStage.AFTER, kind="stable")
    last = last.drop_duplicates(["group", "route"], keep="last")
    ways = last.loc[last["class"] == HarmClass.NOT_PERMITTED, "route"]
    return list(dict.fromkeys(sorted(f"“{way}”" for way in ways)))


def _scenario_risks(context: Context, say: Say) -> Iterator[str]:
    saved = context.saved("scenarios")
    signposts = saved.table("signposts", "observable", "status_code")
    crossed = signposts.loc[signposts["status_code"] == "crossed", "observable"]
    if len(crossed):
        names = Names([_small(o) for o in crossed], 2)
        yield say("brief-risk-crossed", crossed=len(crossed), all=len(signposts), names=names)
    breaking = saved.table("breaking", "option", "where", "fails_pct")
    breaking = breaking[breaking["where"] != EVERYWHERE]
    if len(breaking):
        where = str(breaking["where"].iloc[0])
        own = breaking[breaking["where"] == where]
        names = Names([str(option) for option in own["option"]], 2)
        fails = say.times(float(own["fails_pct"].min()))
        yield say("brief-risk-breaks", count=len(own), names=names, where=where, fails=fails)
        return
    kinds = saved.table("kinds", "option", "kind")
    short = saved.table("falls_short", "option", "scenario").groupby("option")["scenario"]
    short_in = {str(option): listed([str(name) for name in names], 3) for option, names in short}
    bets = [
        f"{option} ({short_in[option]})"
        for option in kinds.loc[kinds["kind"] == OptionKind.BET, "option"].astype("str")
        if option in short_in
    ]
    if bets:
        yield say("brief-risk-bets", bets=len(bets), all=len(kinds), names=Names(bets, 2))


def _prepare_risks(context: Context, say: Say) -> Iterator[str]:
    saved = context.saved("prepare")
    against = saved.table("flow_contradictions", "what")["what"]
    if count := int((against == Contradiction.DONE_AGAINST).sum()):
        yield say("brief-risk-flows", kinds=count)
    # Parts such as 4.1 belong to their whole; chapter 00 counts wholes too.
    numbers = saved.table("nobodys_job", "recommendation_id")["recommendation_id"].astype("str")
    if nobody := int((~numbers.str.contains(".", regex=False)).sum()):
        yield say("brief-risk-nobody", nobody=nobody)


def _mapping_risks(context: Context, say: Say) -> Iterator[str]:
    if count := len(context.saved("mapping").table("single_person", "unit")):
        yield say("brief-risk-alone", contacts=count)


def views(context: Context, say: Say) -> pd.DataFrame:
    """Who sees it differently: in their own words, and as the judgements themselves show it.

    Returns
    -------
    DataFrame
        `view`, `where` (in the brief, in a decision of a day, or counted by a chapter), `source`
        (`IN_BRIEF`, `IN_DECISION`, `COUNTED`), and `who` where the edition shows single people.
    """
    rows = []
    for row in questions(context).to_dict("records"):
        if words := text(row["minority_view"]):
            where = say("brief-view-here")
            rows.append([words, where, IN_BRIEF, text(row["minority_view_by"])])
    rows += [[words, where, IN_DECISION, who] for words, where, who in _dissent(context, say)]
    if counted := _counted(context, say):
        rows.append([counted, say("brief-view-counted"), COUNTED, ""])
    made = pd.DataFrame(rows, columns=["view", "where", "source", "who"])
    return made if context.can_show("decisions", "dissent_by") else made.drop(columns="who")


def _dissent(context: Context, say: Say) -> Iterator[tuple[str, str, str]]:
    """What was said against each decision, against which, and by whom; the newest first."""
    frame = context.listed(context.entered["decisions"]).sort_values(
        ["decided_date", "decision_id"], ascending=[False, True], kind="stable"
    )
    for row in frame.to_dict("records"):
        if words := text(row["dissent"]):
            day = day_in_words(row["decided_date"])
            where = (
                say("brief-view-decision", day=day) if day else say("brief-view-decision-no-day")
            )
            yield words, where, text(row["dissent_by"])


def _counted(context: Context, say: Say) -> str:
    """How many people's own judgements put which option first; empty where it is not shown."""
    firsts = context.saved("presence").table("first_counts", "option", "people")
    options = context.inputs.restricted["presence_options"].set_index("name")
    firsts = firsts.assign(
        option=firsts["option"].replace(options["short_name"].dropna().to_dict())
    )
    counted = firsts.dropna(subset=["people"])
    if counted.empty:
        return ""
    if len(firsts) == 1:
        only = firsts.iloc[0]
        return say("brief-counted-all", people=int(only["people"]), option=str(only["option"]))
    named = Names(
        [
            say("brief-counted-part", option=str(row["option"]), people=int(row["people"]))
            for row in counted.to_dict("records")
        ]
    )
    if few := len(firsts) - len(counted):
        return say("brief-counted-few", parts=named, others=few)
    everybody = Number(float(counted["people"].sum()), 0)
    return say("brief-counted", parts=named, all=everybody)
