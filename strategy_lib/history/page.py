"""The institutional memory as one page for the coordinator: every decision, and a box to find it.

The page stands alone and keeps what is restricted: it lies beside the cycles, in no edition.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from strategy_lib.core.atomic import write_whole
from strategy_lib.history import EDITION, Entry, History, Outcome, facts_of
from strategy_lib.plotting.theme import clean, visible
from strategy_lib.publishing.edition import notice
from strategy_lib.publishing.page import render

FOLDER = "history"
_INDEXES = (
    ("counterparts", "By counterpart"),
    ("themes", "By theme"),
    ("countries", "By country"),
)
# Whoever opens the page without scripts finds everything by the lists of names.
_SCRIPT = """
(function () {
  "use strict";
  function plain(text) {
    return text.normalize("NFKC").toLowerCase().normalize("NFD").replace(/[\\u0300-\\u036f]/g, "");
  }
  var box = document.getElementById("find"), told = document.getElementById("found");
  var entries = Array.prototype.slice.call(document.querySelectorAll("article.decision"));
  var texts = entries.map(function (entry) {
    return plain(entry.textContent + " " + entry.getAttribute("data-also"));
  });
  function filter() {
    var words = plain(box.value).split(/\\s+/).filter(Boolean), shown = 0;
    entries.forEach(function (entry, place) {
      var fits = words.every(function (word) { return texts[place].indexOf(word) >= 0; });
      entry.hidden = !fits;
      shown += fits ? 1 : 0;
    });
    told.textContent = shown + " of " + entries.length + " shown";
  }
  document.getElementById("search").hidden = false;
  box.addEventListener("input", filter);
  filter();
  document.addEventListener("click", function (event) {
    var link = event.target.closest("a[href^='#decision-']");
    if (link) { box.value = ""; filter(); }
  });
})();
"""


def write_history_page(history: History, folder: Path) -> Path:
    """Write `index.html` into `folder`, whole or not at all.

    All decisions stand on it; those that were asked for are listed first.

    Parameters
    ----------
    folder : Path
        `WORKSPACE/history`; made where it is not there.

    Returns
    -------
    Path
        The page. It holds restricted records.

    Raises
    ------
    OSError
        If it cannot be written; a page that is there stays as it was.
    """
    path = folder / "index.html"
    write_whole(path, history_page(history).encode("utf-8", "replace"))
    return path


def history_page(history: History) -> str:
    """The page as HTML."""
    anchors = {id(entry): f"decision-{n}" for n, entry in enumerate(history.every, 1)}
    years = [str(year) for year in history.years]
    values = {
        "organisation": clean(history.organisation),
        "cycle": " and ".join([", ".join(years[:-1]), years[-1]])
        if years[1:]
        else "".join(years) or "no cycle",
        "edition": EDITION.title,
        "as_of": history.as_of,
        "notice": notice(EDITION),
        "problems": [clean(problem) for problem in history.problems],
        "asked": ", ".join(f"{what} “{clean(said)}”" for what, said in history.asked),
        "found": [_link(entry, anchors) for entry in history.entries],
        "indexes": [
            (
                title,
                [
                    (clean(name), [_link(entry, anchors) for entry in of])
                    for name, of in history.names(what).items()
                ],
            )
            for what, title in _INDEXES
        ],
        "entries": [_shown(entry, anchors[id(entry)]) for entry in history.every],
    }
    return render("history.html.j2", values, [_SCRIPT] if history.every else [])


def _link(entry: Entry, anchors: dict[int, str]) -> dict[str, str]:
    when = str(entry.day or "no day")
    return {"anchor": anchors[id(entry)], "text": f"{when}, {clean(entry.title)}"}


def _shown(entry: Entry, anchor: str) -> dict[str, Any]:
    return {
        "anchor": anchor,
        "when": str(entry.day or "No day is entered"),
        "code": clean(entry.code),
        "title": clean(entry.title),
        "years": ", ".join(map(str, entry.years)) or "in no cycle that could be read",
        "kind": clean(entry.kind),
        "by": clean(entry.decided_by),
        "decision": visible(entry.decision),
        "is_restricted": entry.handling == "restricted",
        "facts": [(head, visible(text)) for head, text in facts_of(entry)],
        "became": [_outcome(outcome) for outcome in entry.became],
        "story": [visible(line) for line in entry.story],
        "also": clean(" ".join(entry.also)),
    }


def _outcome(outcome: Outcome) -> dict[str, Any]:
    return {
        "kind": outcome.kind,
        "state": clean(outcome.state),
        "text": visible(outcome.text),
        "details": [visible(line) for line in outcome.details],
    }
