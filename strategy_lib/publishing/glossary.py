"""The few terms that a page uses, explained where each stands first: by tap, click or key.

The explanation is a popover of the browser, which needs no script and does not print.
"""

from __future__ import annotations

import html
import re
from functools import cache

from markupsafe import Markup

from strategy_lib.core.messages import ENGLISH, Say, catalogue_files
from strategy_lib.plotting.theme import clean
from strategy_lib.publishing.safe import escaped

_FILE, _MEANS = "glossary.ftl", "-means"
_IDS = re.compile(r"^(glossary-[a-z0-9-]+) =", re.MULTILINE)


class Glossary:
    """Makes HTML of sentences, one after another, in which each term is explained once.

    Examples
    --------
    >>> marked = Glossary()
    >>> str(marked("A red line & more")).partition(">")[0]
    'A <button type="button" class="term" popovertarget="glossary-red-line"'
    >>> str(marked("The next red line"))
    'The next red line'
    """

    def __init__(self) -> None:
        self._left = dict(terms())

    def __call__(self, text: object) -> Markup:
        """A text as HTML, with the terms explained that it is the first to use."""
        left, made = clean(text), Markup()
        while found := self._first(left):
            name, start, end = found
            made += Markup(html.escape(left[:start])) + self._explained(name, left[start:end])
            left = left[end:]
        return made + Markup(html.escape(left))

    def _explained(self, name: str, term: str) -> Markup:
        return Markup(
            '<button type="button" class="term" popovertarget="{0}">{1}</button>'
            '<span popover class="about" id="{0}">{2}</span>'
        ).format(name, escaped(term), escaped(self._left.pop(name)[1]))

    def _first(self, text: str) -> tuple[str, int, int] | None:
        places = []
        for name, (term, _) in self._left.items():
            place = re.search(rf"\b{re.escape(term)}s?\b", text, re.IGNORECASE)
            if place:
                places.append((place.start(), -place.end(), name, place.end()))
        if not places:
            return None
        start, _, name, end = min(places)
        return name, start, end


@cache
def terms() -> dict[str, tuple[str, str]]:
    """Each term by its id, with what it means."""
    say = Say()
    names = [
        name
        for path in catalogue_files(ENGLISH)
        if path.name == _FILE
        for name in _IDS.findall(path.read_text(encoding="utf-8"))
        if not name.endswith(_MEANS)
    ]
    return {name: (say(name), say(name + _MEANS)) for name in names}
