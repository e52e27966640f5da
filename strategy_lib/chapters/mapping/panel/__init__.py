"""What a workshop sees and enters in this chapter."""

from strategy_lib.chapters.mapping.panel.panel import mapping_panel

__all__ = ["mapping_panel"]
