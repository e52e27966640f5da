"""Texts of a form that no schema holds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from strategy_lib.core.resources import resource
from strategy_lib.core.settings import LANGUAGES
from strategy_lib.schema.text import loose_key


@cache
def form_texts(language: str) -> Mapping[str, Any]:
    """Texts of a form that no schema holds, in one language."""
    path = resource("templates", "forms", "texts.json")
    texts: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    chosen: Mapping[str, Any] = texts[language]
    return chosen


@cache
def said_in_forms(*names: str) -> Mapping[str, str]:
    """What forms say by these names in any language, as `loose_key` -> which of them it is.

    Examples
    --------
    >>> said_in_forms("yes", "no")["oui"]
    'yes'
    """
    return {loose_key(form_texts(code)[name]): name for code in LANGUAGES for name in names}
