"""Texts of a form that no schema holds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from strategy_lib.core.resources import resource


@cache
def form_texts(language: str) -> Mapping[str, Any]:
    """Texts of a form that no schema holds, in one language."""
    path = resource("templates", "forms", "texts.json")
    texts: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    chosen: Mapping[str, Any] = texts[language]
    return chosen
