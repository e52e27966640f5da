"""What the parts of chapter 03's panel know of it."""

from __future__ import annotations

from strategy_lib.chapters.speaking_out.context import Context
from strategy_lib.protocol.reading import Protocol
from strategy_lib.widgets.rounds import RoundBoard
from strategy_lib.widgets.steps import StepsPanel


class SpeakingOutParts(StepsPanel):
    """The panel as its parts see it.

    Attributes
    ----------
    protocol : Protocol
        The organisation's, or the one that comes with the workbook.
    context : Context
        The case that is looked at, as of now.
    rounds : RoundBoard
        Rounds of what is rated.
    """

    protocol: Protocol
    context: Context
    rounds: RoundBoard

    def show_case(self) -> None:
        """Show where the case stands by now."""
        raise NotImplementedError

    def roles(self) -> list[tuple[str, str]]:
        """Roles of the protocol in words, with their codes."""
        codes = self.protocol.sheets["roles"]["role"]
        return [(self.protocol.role(str(code)), str(code)) for code in codes]

    def ways(self) -> list[tuple[str, str]]:
        """Ways of responding in the case, in words, with their codes."""
        return [(name, code) for code, name in self.context.routes.items()]
