"""Figures as they stand on paper: drawn once, whichever pages, editions and runs show them.

All figures that are new are drawn on sheets of their own, where nothing else has to be laid out;
then they are put into the pages as they were drawn, and kept by what they are drawn from. So a page
on paper is the same whether its figures were known before or not.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from strategy_lib.files import held, write_whole
from strategy_lib.publishing.page import LANGUAGE, page_scripts, template_text

_MOST_KEPT = 1_000
_MOST_ON_A_SHEET = 12
_PLACE = re.compile(
    r'<div class="drawing" id="(drawing-\d+)"([^>]*) data-height="(\d+)"[^>]*></div>'
)
_SPEC = '<script type="application/json" id="{}-data">'
_OWN_NAME = re.compile(r' id="drawing-\d+"| aria-label="[^"]*"')
_LABEL = re.compile(r' aria-label="[^"]*"')
_SHARPNESS = 2
# Markup and picture of every figure of a sheet, and the rules that plotly has added for all. The
# markup first, because plotly takes the colours off a drawing that it makes a picture of.
DRAWN = f"""(async () => {{
  const rules = sheet => Array.from(sheet.cssRules, rule => rule.cssText).join('\\n');
  const added = Array.from(document.querySelectorAll('style[id^="plotly.js-style"]'));
  const css = added.map(style => rules(style.sheet)).join('\\n');
  const drawn = [];
  for (const drawing of document.querySelectorAll('.drawing')) {{
    const markup = drawing.outerHTML;
    const picture = new Image();
    const svg = Plotly.Snapshot.toSVG(drawing, 'svg', 1);
    picture.src = 'data:image/svg+xml,' + encodeURIComponent(svg);
    await picture.decode();
    const canvas = document.createElement('canvas');
    canvas.width = picture.width * {_SHARPNESS};
    canvas.height = picture.height * {_SHARPNESS};
    const paper = canvas.getContext('2d');
    paper.fillStyle = '#fff';
    paper.fillRect(0, 0, canvas.width, canvas.height);
    paper.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const png = canvas.toDataURL('image/png').split(',')[1];
    drawn.push({{markup, css, png, width: picture.width, height: picture.height}});
  }}
  return drawn;
}})()"""


@dataclass(frozen=True)
class Picture:
    """A figure as PNG, with its size on the page in CSS pixels (96 an inch)."""

    png: bytes
    width: int
    height: int


@dataclass(frozen=True)
class Drawing:
    """One figure as it was drawn: its markup, the rules that this needs, and its picture."""

    markup: str
    css: str
    picture: Picture

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Drawing:
        """A drawing as `DRAWN` tells it, or a file."""
        png = base64.b64decode(told["png"])
        picture = Picture(png, int(told["width"]), int(told["height"]))
        return cls(str(told["markup"]), str(told["css"]), picture)


@dataclass(frozen=True)
class Figure:
    """A place for a figure in a page: what is drawn there, and how high."""

    name: str
    spec: str
    height: str


class Drawings:
    """Drawings by what they are drawn from; in a folder they outlast the run.

    Parameters
    ----------
    folder : Path, optional
        Where they are kept; it need not exist.
    program : str
        The browser that draws, whose file tells one version from the next.
    """

    def __init__(self, folder: Path | None, program: str = "") -> None:
        self.folder = folder
        self._look = _look(program)
        self._known: dict[str, Drawing] = {}

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Let others who draw into the same folder wait: they will find what is drawn here."""
        if self.folder is None:
            yield
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        with held(self.folder / "lock", wait=True):
            yield

    def sheets(self, pages: Iterable[bytes]) -> list[list[Figure]]:
        """Figures of some pages that nobody has drawn yet, each once, a sheetful at a time."""
        new: dict[str, Figure] = {}
        for page in pages:
            for figure in figures_of(page.decode("utf-8")):
                key = self._key(figure)
                if key not in new and self._find(key) is None:
                    new[key] = figure
        listed = list(new.values())
        return [listed[n : n + _MOST_ON_A_SHEET] for n in range(0, len(listed), _MOST_ON_A_SHEET)]

    def keep(self, sheet: Iterable[Figure], drawn: Iterable[Mapping[str, Any]]) -> None:
        """Keep the drawings of a sheet, in its order."""
        for figure, told in zip(sheet, drawn, strict=True):
            key = self._key(figure)
            self._known[key] = Drawing.of(told)
            if self.folder is not None:
                # A disk that is full must not keep a document from being made.
                with suppress(OSError):
                    write_whole(self.folder / f"{key}.json", json.dumps(told).encode())

    def placed(self, page: bytes) -> tuple[bytes, tuple[Picture, ...]]:
        """A page with its figures in it and without the program that draws them; their pictures."""
        text = page.decode("utf-8")
        drawings = {figure.name: self._known[self._key(figure)] for figure in figures_of(text)}
        if not drawings:
            return page, ()
        text = _PLACE.sub(lambda place: _in_place(place, drawings[place[1]].markup), text)
        for script in page_scripts(has_figures=True)[1:]:
            text = text.replace(f"<script>{script}</script>", "", 1)
        css = "\n".join(dict.fromkeys(drawing.css for drawing in drawings.values()))
        text = text.replace("</head>", f"<style>{css}</style></head>", 1)
        text = text.replace("<html ", '<html data-charts="drawn" ', 1)
        return text.encode("utf-8"), tuple(one.picture for one in drawings.values())

    def forget(self) -> None:
        """Remove the oldest files where there are too many."""
        if self.folder is None:
            return
        with suppress(OSError):
            kept = sorted(self.folder.glob("*.json"), key=lambda path: path.stat().st_mtime_ns)
            for path in kept[:-_MOST_KEPT]:
                path.unlink(missing_ok=True)

    def _key(self, figure: Figure) -> str:
        parts = (self._look, figure.spec, figure.height)
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()

    def _find(self, key: str) -> Drawing | None:
        if key not in self._known and self.folder is not None:
            with suppress(OSError, ValueError, KeyError, TypeError):
                told = json.loads((self.folder / f"{key}.json").read_bytes())
                self._known[key] = Drawing.of(told)
        return self._known.get(key)


def figures_of(text: str) -> Iterator[Figure]:
    """Figures of a page, in their order."""
    for place in _PLACE.finditer(text):
        start = text.index(_SPEC.format(place[1])) + len(_SPEC.format(place[1]))
        yield Figure(place[1], text[start : text.index("</script>", start)], place[3])


def sheet_html(figures: Iterable[Figure]) -> bytes:
    """A page that holds nothing but figures, in the look of all pages."""
    parts = [
        f'<div class="drawing" id="drawing-{n}" role="img" data-height="{figure.height}" '
        f'style="height:{figure.height}px"></div>'
        f"{_SPEC.format(f'drawing-{n}')}{figure.spec}</script>"
        for n, figure in enumerate(figures, 1)
    ]
    scripts = [f"<script>{source}</script>" for source in page_scripts(has_figures=True)[1:]]
    head = f'<meta charset="utf-8"><style>{template_text("page.css")}</style>'
    body = "".join([*parts, *scripts])
    return f'<!doctype html><html lang="{LANGUAGE}"><head>{head}</head><body>{body}'.encode()


def _in_place(place: re.Match[str], markup: str) -> str:
    """A drawing in its place, under the name and with the words that this page has for it."""
    head, rest = markup.split(">", 1)
    label = _LABEL.search(place[2])
    return f'{_OWN_NAME.sub("", head)} id="{place[1]}"{label[0] if label else ""}>{rest}'


@cache
def _look(program: str) -> str:
    """What every drawing depends on: the programs, the style sheet, the language, the browser."""
    parts = [*page_scripts(has_figures=True), template_text("page.css"), LANGUAGE]
    with suppress(OSError):
        status = Path(program).stat()
        parts.append(f"{status.st_size} {status.st_mtime_ns}")
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
