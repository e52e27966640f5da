"""What a workshop sees and enters in this chapter."""

from strategy_lib.chapters.mapping.panel.panel import MappingPanel

__all__ = ["MappingPanel"]
