"""The main part of chapter 02's page."""

from strategy_lib.chapters.presence.page.whole import page

__all__ = ["page"]
