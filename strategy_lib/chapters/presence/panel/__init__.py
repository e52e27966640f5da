"""What a workshop sees and enters in this chapter."""

from strategy_lib.chapters.presence.panel.panel import presence_panel

__all__ = ["presence_panel"]
