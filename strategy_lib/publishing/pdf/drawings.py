"""Figures as they stand on paper: drawn once, whichever pages, editions and runs show them.

All figures that are new are drawn on a board of their own, where nothing else has to be laid out;
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
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from strategy_lib.core.atomic import held, write_whole
from strategy_lib.publishing.charts import kinds_of
from strategy_lib.publishing.page import LANGUAGE, chart_scripts, template_text

_MOST_KEPT = 1_000
_PLACE = re.compile(
    r'<div class="drawing" id="(drawing-\d+)"([^>]*) data-height="(\d+)"[^>]*></div>'
)
_SPEC = '<script type="application/json" id="{}-data">'
_OWN_NAME = re.compile(r' id="drawing-\d+"| aria-label="[^"]*"')
_LABEL = re.compile(r' aria-label="[^"]*"')
_SHARPNESS = 2
# Markup and picture of one figure, and the rules that plotly has added for all. The markup first,
# because plotly takes the colours off a drawing that it makes a picture of; and it leaves the board
# before the next one comes, so that nothing but it is ever laid out.
_DRAW = f"""(async (spec, height) => {{
  const add = (kind, of) => document.body.appendChild(
    Object.assign(document.createElement(kind), of));
  const drawing = add('div', {{id: 'drawing-1', className: 'drawing', role: 'img'}});
  drawing.dataset.height = height;
  const data = add('script', {{id: 'drawing-1-data', type: 'application/json'}});
  data.textContent = spec;
  drawChart(drawing);
  const rules = sheet => Array.from(sheet.cssRules, rule => rule.cssText).join('\\n');
  const added = Array.from(document.querySelectorAll('style[id^="plotly.js-style"]'));
  const css = added.map(style => rules(style.sheet)).join('\\n');
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
  Plotly.purge(drawing);
  drawing.remove();
  data.remove();
  return {{markup, css, png, width: picture.width, height: picture.height}};
}})"""


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
        """A drawing as the board tells it, or a file."""
        png = base64.b64decode(told["png"])
        picture = Picture(png, int(told["width"]), int(told["height"]))
        return cls(str(told["markup"]), str(told["css"]), picture)


@dataclass(frozen=True)
class Figure:
    """A place for a figure in a page: what is drawn there, and how high."""

    name: str
    spec: str
    height: str

    @cached_property
    def kinds(self) -> frozenset[str]:
        """What plotly has to draw, such as `bar`."""
        return kinds_of(json.loads(self.spec))


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
        self._program = program
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

    def new(self, pages: Iterable[bytes]) -> list[Figure]:
        """Figures of some pages that nobody has drawn yet, each once."""
        new: dict[str, Figure] = {}
        for page in pages:
            for figure in figures_of(page.decode("utf-8")):
                key = self._key(figure)
                if key not in new and self._find(key) is None:
                    new[key] = figure
        return list(new.values())

    def keep(self, figure: Figure, told: Mapping[str, Any]) -> None:
        """Keep what the board told of a figure."""
        key = self._key(figure)
        self._known[key] = Drawing.of(told)
        if self.folder is not None:
            # A disk that is full must not keep a document from being made.
            with suppress(OSError):
                write_whole(self.folder / f"{key}.json", json.dumps(told).encode())

    def pictures(self, page: bytes) -> tuple[Picture, ...]:
        """Pictures of a page's figures, which are known, in their order."""
        figures = figures_of(page.decode("utf-8"))
        return tuple(self._known[self._key(figure)].picture for figure in figures)

    def placed(self, page: bytes) -> bytes:
        """A page with its figures in it, which are known, and without what draws them."""
        text = page.decode("utf-8")
        figures = list(figures_of(text))
        drawings = {figure.name: self._known[self._key(figure)] for figure in figures}
        if not drawings:
            return page
        text = _PLACE.sub(lambda place: _in_place(place, drawings[place[1]].markup), text)
        for script in chart_scripts(_kinds(figures)):
            text = text.replace(f"<script>{script}</script>", "", 1)
        css = "\n".join(dict.fromkeys(drawing.css for drawing in drawings.values()))
        text = text.replace("</head>", f"<style>{css}</style></head>", 1)
        text = text.replace("<html ", '<html data-charts="drawn" ', 1)
        return text.encode("utf-8")

    def forget(self) -> None:
        """Remove the oldest files where there are too many."""
        if self.folder is None:
            return
        with suppress(OSError):
            kept = sorted(self.folder.glob("*.json"), key=lambda path: path.stat().st_mtime_ns)
            for path in kept[:-_MOST_KEPT]:
                path.unlink(missing_ok=True)

    def _key(self, figure: Figure) -> str:
        look = _look(self._program, chart_scripts(figure.kinds))
        parts = (look, figure.spec, figure.height)
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


def board_html() -> bytes:
    """A page to draw figures on, in the look of all pages, with nothing on it."""
    # What cannot be seen is measured all the same, but not painted.
    style = f"{template_text('page.css')} body {{ visibility: hidden }}"
    head = f'<meta charset="utf-8"><style>{style}</style>'
    return f'<!doctype html><html lang="{LANGUAGE}"><head>{head}</head><body>'.encode()


def board_scripts(figures: Iterable[Figure]) -> tuple[str, ...]:
    """What draws figures; told to the board, because written on it takes half as long again."""
    return chart_scripts(_kinds(figures))


def drawing_script(figure: Figure) -> str:
    """What draws one figure on the board, and tells what `Drawings.keep` takes."""
    return f"{_DRAW}({json.dumps(figure.spec)}, {figure.height})"


def _kinds(figures: Iterable[Figure]) -> frozenset[str]:
    return frozenset().union(*(figure.kinds for figure in figures))


def _in_place(place: re.Match[str], markup: str) -> str:
    """A drawing in its place, under the name and with the words that this page has for it."""
    head, rest = markup.split(">", 1)
    label = _LABEL.search(place[2])
    return f'{_OWN_NAME.sub("", head)} id="{place[1]}"{label[0] if label else ""}>{rest}'


@cache
def _look(program: str, scripts: tuple[str, ...]) -> str:
    """What every drawing depends on: the programs, the style sheet, the language, the browser."""
    parts = [*scripts, template_text("page.css"), LANGUAGE]
    with suppress(OSError):
        status = Path(program).stat()
        parts.append(f"{status.st_size} {status.st_mtime_ns}")
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
