"""What the parts of chapter 02's panel know of it."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from strategy_lib.chapters.presence.panel.model import PresenceModel
from strategy_lib.core.errors import InputError
from strategy_lib.core.messages import say
from strategy_lib.widgets.base import Panel


class PresenceParts(Panel):
    """The panel as its parts see it.

    Attributes
    ----------
    model : PresenceModel
        What follows from the answers as they are.
    """

    model: PresenceModel

    def compare(self) -> None:
        """Show what follows from the answers as they are dragged."""
        raise NotImplementedError

    def plan_save(self, key: Hashable, table: str, row: dict[str, Any]) -> None:
        """Save a row once it has rested, for whoever enters now."""
        raise NotImplementedError

    def checked(self, table: str, key: dict[str, Any], name: str, text: str) -> float | None:
        """A typed number; None where it is refused, with the reason said."""
        try:
            value = self.session.log.check(table, key | {name: text})[name]
        except InputError as error:
            self.say(say("presence-live-refused", what=str(error)), is_trouble=True)
            return None
        return None if value is None else float(value)
