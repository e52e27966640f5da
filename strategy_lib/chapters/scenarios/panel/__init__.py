"""What a workshop sees and enters in this chapter."""

from strategy_lib.chapters.scenarios.panel.panel import scenarios_panel

__all__ = ["scenarios_panel"]
