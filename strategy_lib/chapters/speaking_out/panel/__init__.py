"""What a workshop sees and enters in this chapter."""

from strategy_lib.chapters.speaking_out.panel.panel import speaking_out_panel

__all__ = ["speaking_out_panel"]
