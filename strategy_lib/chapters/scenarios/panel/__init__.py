"""What a workshop sees and enters in this chapter."""

from strategy_lib.chapters.scenarios.panel.panel import ScenariosPanel

__all__ = ["ScenariosPanel"]
