"""The two who are furthest apart: told on their own phones, and nobody is named who does not wish it.

Whether somebody would rather not is told to nobody: to the host it looks like no answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

CHOICES = ("aloud", "write", "no")
MOST_TOLD = 8
End = Literal["low", "high"]


@dataclass
class Said:
    """What somebody at an end chose.

    Attributes
    ----------
    text : str
        A reason that was released to the room.
    on_wall : bool
        Whether the facilitator shows it.
    """

    choice: str
    text: str = ""
    on_wall: bool = False
    number: int = 0


@dataclass
class Ends:
    """Parts of questions on which the room is apart, widest first, by what was asked."""

    apart: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    said: dict[tuple[str, str, str, str], Said] = field(default_factory=dict)

    def take(self, key: str, apart: list[dict[str, Any]]) -> None:
        """What a closed round came to."""
        self.apart[key] = apart

    def forget(self, key: str) -> None:
        """The round is open again: nobody is at an end of anything."""
        self.apart.pop(key, None)
        self.said = {place: said for place, said in self.said.items() if place[0] != key}

    def invited(self, key: str, who: str) -> list[dict[str, Any]]:
        """Where a person is one of the two, as their phone is told."""
        told = []
        for one in self.apart.get(key, [])[:MOST_TOLD]:
            for end, other in (("low", "high"), ("high", "low")):
                if one[f"{end}_by"] == who:
                    said = self.said.get((key, one["question"], one["part"] or "", end))
                    told.append(
                        {
                            "question": one["question"],
                            "part": one["part"],
                            "mine": one[f"{end}est"],
                            "other": one[f"{other}est"],
                            "end": end,
                            "choice": None if said is None else said.choice,
                        }
                    )
        return told

    def who(self, key: str, question: str, part: str | None, end: str) -> str:
        """Code of whoever stands at an end; empty where nobody does."""
        found = (
            one[f"{end}_by"]
            for one in self.apart.get(key, [])
            if one["question"] == question and (one["part"] or None) == (part or None)
        )
        return str(next(found, ""))

    def for_host(self, key: str) -> list[dict[str, Any]]:
        """The same without codes; whose end it is only where that person says it aloud."""
        told = []
        for one in self.apart.get(key, []):
            known = {n: one[n] for n in ("question", "part", "label", "lowest", "highest")}
            for end in ("low", "high"):
                said = self.said.get((key, one["question"], one["part"] or "", end))
                choice = None if said is None or said.choice == "no" else said.choice
                code = one[f"{end}_by"] if choice == "aloud" else None
                known[end] = {"choice": choice, "code": code}
            told.append(known)
        return told

    def choose(self, place: tuple[str, str, str, str], choice: str, text: str) -> Said:
        """Keep what somebody chose; a text only where it was released."""
        before = self.said.get(place)
        number = (
            before.number if before else 1 + max((s.number for s in self.said.values()), default=0)
        )
        self.said[place] = Said(choice, text, number=number)
        return self.said[place]

    def reasons(self, key: str) -> list[dict[str, Any]]:
        """Reasons that were released, without codes."""
        return [
            {
                "id": said.number,
                "question": place[1],
                "part": place[2] or None,
                "end": place[3],
                "text": said.text,
                "on_wall": said.on_wall,
            }
            for place, said in self.said.items()
            if place[0] == key and said.text
        ]

    def show(self, number: int, *, is_on: bool) -> bool:
        """Show a released reason on the wall, or take it off; whether there is one."""
        for said in self.said.values():
            if said.number == number and said.text:
                said.on_wall = is_on
                return True
        return False

    def replay(self, line: Mapping[str, Any], words: Mapping[str, str]) -> None:
        """Take over a line of the journal; `words` has reasons by the id of the answer."""
        if line["what"] == "on_wall":
            self.show(line["number"], is_on=line["on"])
            return
        place = (line["key"], line["question"], line["part"], line["end"])
        self.choose(place, line["choice"], words.get(line.get("answer", ""), ""))
