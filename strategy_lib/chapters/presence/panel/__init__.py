"""What a workshop sees and enters in this chapter."""

from strategy_lib.chapters.presence.panel.panel import PresencePanel

__all__ = ["PresencePanel"]
