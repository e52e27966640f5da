"""What a workshop sees and enters in this chapter."""

from strategy_lib.chapters.speaking_out.panel.panel import SpeakingOutPanel

__all__ = ["SpeakingOutPanel"]
