"""Why the ranking moved, in sentences."""

from __future__ import annotations

from strategy_lib.chapters.annual.ranking import FACTORS
from strategy_lib.chapters.annual.why import Why
from strategy_lib.chapters.wording import listed, number

FEW_POINTS = 1.0
_UNCHANGED = f"None of {len(FACTORS)} things that the ranking rests on has changed."

NOT_COMPARED = "The ranking of the options cannot be compared: one of the cycles shows no scores."


def said_why(why: Why | None, years: tuple[str, str]) -> str:
    """Whether another option leads, and what moved it most."""
    if why is None or not why.leader_now:
        return said_standing(why, years)
    return f"{said_standing(why, years)} {_pulls(why, 'it')}"


def said_standing(why: Why | None, years: tuple[str, str]) -> str:
    """Which option comes first most often, now and before."""
    if why is None:
        return NOT_COMPARED
    return _leaders(why, years) if why.leader_now else f"Options are not compared in {years[1]}."


def said_pulls(why: Why | None, years: tuple[str, str]) -> str:
    """What moved the distance between the two options that are followed."""
    if why is None or not why.leader_now:
        return said_standing(why, years)
    return _pulls(why, why.ahead)


def _leaders(why: Why, years: tuple[str, str]) -> str:
    shares = why.standing.set_index("option")[["before_pct", "now_pct"]].astype(float)
    now = float(shares["now_pct"][why.leader_now])
    if why.has_flipped and why.leader_before:
        was = float(shares["before_pct"][why.leader_before])
        return (
            f"{why.leader_now} now comes first most often ({now:.0f}% of draws); in {years[0]} it "
            f"was {why.leader_before} ({was:.0f}%)."
        )
    if why.has_flipped:
        return (
            f"{why.leader_now} comes first most often ({now:.0f}%); in {years[0]} options were not "
            "compared."
        )
    was = float(shares["before_pct"][why.leader_now])
    return f"{why.leader_now} still comes first most often: {now:.0f}% of draws, {was:.0f}% before."


def _pulls(why: Why, subject: str) -> str:
    if why.contributions.empty:
        return _UNCHANGED
    pulls = why.contributions[why.contributions["to_lead"].abs() >= FEW_POINTS]
    if pulls.empty:
        return "What changed moved the distance by less than a point of 100."
    named = [
        f"{row['to_lead']:+.0f} from {_small(row['what'])}" for row in pulls.to_dict("records")
    ]
    way = f"from {_standing(why.lead_before)} to {_standing(why.lead_now)}"
    return f"Against {why.behind}, {subject} went {way}: {listed(named, 6)}."


def _standing(lead: float) -> str:
    points = number(abs(round(lead)), "point", "points")
    return f"{points} {'behind' if lead < 0 else 'ahead'}"


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def said_tests(why: Why | None) -> str:
    """Which change alone would have been enough, and without which it would not have come."""
    if why is None:
        return NOT_COMPARED
    if why.tests.empty:
        return _UNCHANGED
    if not why.has_flipped:
        others = why.tests[why.tests["if_only_this"] != why.leader_now]["what"]
        if others.empty:
            return f"With any one of the changes alone, {why.leader_now} would lead as well."
        alone = listed([_small(what) for what in others])
        return f"Another option would lead if only this had changed: {alone}."
    enough = [_small(w) for w in why.tests[why.tests["if_only_this"] == why.leader_now]["what"]]
    needed = [_small(w) for w in why.tests[why.tests["without_this"] != why.leader_now]["what"]]
    if not enough and not needed:
        return (
            f"None of {len(why.tests)} changes alone made {why.leader_now} lead; "
            "several together did."
        )
    if enough == needed and len(enough) == 1:
        return (
            f"{why.leader_now} would lead with this change alone, and not without it: {enough[0]}."
        )
    said = (
        [f"{why.leader_now} would lead if only this had changed: {listed(enough)}."]
        if enough
        else []
    )
    if needed:
        said.append(f"{why.leader_now} would not lead without: {listed(needed)}.")
    return " ".join(said)


def said_parts(why: Why | None) -> str:
    """Which of the changed scores carried the change."""
    if why is None:
        return NOT_COMPARED
    if why.parts.empty:
        people = number(why.people, "person", "people")
        return f"Of {people} who judged both times, none changed a score, or too few to show."
    count = int(why.parts.loc[why.parts["kind"] == why.parts["kind"].iloc[0], "n_changed"].sum())
    needed = why.parts[why.parts["first_without_this"] != why.leader_now]
    text = f"{number(count, 'score was', 'scores were')} changed by people who scored both times."
    if needed.empty:
        return (
            f"{text} None of {len(why.parts)} options and criteria alone made "
            f"{why.leader_now} lead."
        )
    row = needed.iloc[0]
    return (
        f"{text} With the scores of {row['scores_on']} as they were, {row['first_without_this']} "
        "would lead."
    )
