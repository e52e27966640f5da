"""Measure the pages of editions, and say where they pass what a reader can take in.

    python tools/measure_pages.py FOLDER... [--json]

For each page: words, screens at 1280 and on a phone, sheets of A4, what axe finds (WCAG 2.2 AA and
best practice), text that is cut off, sideways scrolling at 320, and size. Exits with 1 where a
limit is passed. The front page may have 450 words, and 8 more for each optional chapter that is
made beside it: each has a line there.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from strategy_lib.chapters.registry import CHAPTERS

SCREEN, PHONE, NARROW = (1280, 800), (390, 844), (320, 640)
FRONT, CHAPTER, OTHER = "front", "chapter", "other"
_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
_ALL: dict[str, Any] = {"runOnly": list(_TAGS), "resultTypes": ["violations"]}
# Of rows that are made of the same kinds of cells, axe looks at one. Contrast takes it four times
# as long as all else, and no width has colours of its own: it is looked at once.
_BUT_CONTRAST = {**_ALL, "rules": {"color-contrast": {"enabled": False}}}
_UNFOLD = "document.querySelectorAll('details').forEach((d) => { d.open = true; })"
_ONE_ROW_OF_A_KIND = """
  const seen = new Set(), own = / (id|href|title|aria-[a-z]+|data-[a-z]+)="[^"]*"|[0-9.]+%/g;
  for (const row of document.querySelectorAll("tbody tr")) {
    const tags = [row, ...row.querySelectorAll("*")].map((e) => e.outerHTML.split(">")[0]);
    const kinds = new Set(tags.map((tag) => tag.replace(own, "")));
    const kind = [row.closest("table").className, ...[...kinds].sort()].join();
    if (seen.has(kind)) row.remove();
    seen.add(kind);
  }"""
_CHAPTER_NAME = re.compile(r"\d\d_\w+")
_SHEET = re.compile(rb"/Type\s*/Page(?![a-zA-Z])")
_SENTENCE_END = re.compile(r"(?<=[.?!])[\"”’)]*\s+(?=[A-Z0-9\"“(])|(?<=[。？！])")
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]


@dataclass(frozen=True)
class Limits:
    """What a page of one kind may have at most; None where it does not matter."""

    words: int | None = None
    words_above_second: int | None = None
    screens: float | None = None
    phone_screens: float | None = None
    sheets: int | None = None
    kilobytes: int | None = None
    finding: int | None = None
    sentences: int | None = None
    sentence: int | None = None
    title: int | None = None
    picture_end: int | None = None
    map_end: int | None = None


LIMITS = {
    FRONT: Limits(words=450, words_above_second=280, phone_screens=3, sheets=1, kilobytes=200),
    CHAPTER: Limits(
        words=1450,
        screens=6,
        phone_screens=9,
        sheets=6,
        kilobytes=400,
        finding=20,
        sentences=3,
        sentence=25,
        title=20,
        picture_end=800,
        map_end=950,
    ),
    OTHER: Limits(),
}

# On the front page, for each optional chapter that is made.
WORDS_OF_A_CHAPTER = 8


@dataclass(frozen=True)
class Measured:
    """What was measured of a page.

    Attributes
    ----------
    words : int
        That are seen: of a chapter in its main part, of the front page all.
    words_above_second : int
        Of the front page before its second screen; elsewhere as `first_screen`.
    first_screen : int
        Words that are seen before anybody scrolls.
    screens, phone_screens : float
        Height in windows of 1280 by 800 and of 390 by 844: of a chapter its main part.
    sheets : int
        Of A4, printed.
    axe, axe_phone : tuple of str
        What axe finds at either width, with everything unfolded: rule and where.
    clipped : tuple of str
        Where text is cut off at either width.
    is_sideways : bool
        Whether it scrolls sideways at 320.
    picture_end : int
        Where the main picture ends, in pixels from the top; 0 without one.
    optional : int
        Optional chapters that are made beside it.
    long : tuple of str
        Findings, sentences and titles that have too many words.
    """

    path: Path
    kind: str
    words: int
    words_above_second: int
    first_screen: int
    screens: float
    phone_screens: float
    sheets: int
    kilobytes: int
    axe: tuple[str, ...] = ()
    axe_phone: tuple[str, ...] = ()
    clipped: tuple[str, ...] = ()
    is_sideways: bool = False
    picture_end: int = 0
    optional: int = 0
    is_map: bool = False
    long: tuple[str, ...] = field(default=())

    def passed(self) -> list[str]:
        """Each limit that the page passes, in words."""
        limits = _limits(self.kind, self.optional)
        names = ("words", "words_above_second", "screens", "phone_screens", "sheets", "kilobytes")
        end = limits.map_end if self.is_map else limits.picture_end
        found = [
            f"{name.replace('_', ' ')}: {getattr(self, name)}, at most {most}"
            for name in names
            if (most := getattr(limits, name)) is not None and getattr(self, name) > most
        ]
        if end is not None and self.picture_end > end:
            found.append(f"main picture ends at {self.picture_end}, at most {end}")
        found += [f"axe: {violation}" for violation in self.axe]
        found += [f"axe at {PHONE[0]}: {violation}" for violation in self.axe_phone]
        found += [f"cut off: {text}" for text in self.clipped]
        if self.is_sideways:
            found.append(f"scrolls sideways at {NARROW[0]}")
        return [*found, *self.long]


def measure(browser: Browser, path: Path) -> Measured:
    """Open a page at three widths and on paper, and measure it."""
    kind = page_kind(path)
    context = browser.new_context(offline=True, reduced_motion="reduce")
    page = context.new_page()
    page.goto(path.resolve().as_uri())
    wide = _seen(page, kind, SCREEN)
    sheets = len(_SHEET.findall(page.pdf(prefer_css_page_size=True, print_background=True)))
    phone, narrow = _seen(page, kind, PHONE), _seen(page, kind, NARROW)
    page.set_viewport_size(_size(PHONE))
    page.evaluate(_UNFOLD)
    page.evaluate(f"() => {{{_ONE_ROW_OF_A_KIND}}}")
    axe_phone = violations(page, _BUT_CONTRAST)
    page.set_viewport_size(_size(SCREEN))
    axe = violations(page)
    context.close()
    counts = wide["words"]
    optional = [path.with_name(f"{c.name}.html").exists() for c in CHAPTERS if c.is_optional]
    return Measured(
        path=path,
        kind=kind,
        words=counts["main" if kind == CHAPTER else "all"],
        words_above_second=counts["above_second" if kind == FRONT else "first_screen"],
        first_screen=counts["first_screen"],
        screens=round(wide["height"] / SCREEN[1], 1),
        phone_screens=round(phone["height"] / PHONE[1], 1),
        sheets=sheets,
        kilobytes=round(path.stat().st_size / 1000),
        axe=axe,
        axe_phone=axe_phone,
        clipped=tuple(dict.fromkeys([*wide["clipped"], *phone["clipped"]])),
        is_sideways=narrow["width"] > NARROW[0],
        picture_end=wide["picture_end"],
        optional=sum(optional),
        is_map=wide["is_map"],
        long=tuple(_long(wide, LIMITS[kind])),
    )


def _limits(kind: str, optional: int) -> Limits:
    limits = LIMITS[kind]
    if kind != FRONT or limits.words is None:
        return limits
    return replace(limits, words=limits.words + WORDS_OF_A_CHAPTER * optional)


def page_kind(path: Path) -> str:
    """Front page, chapter or another; also the institutional memory has an `index.html`."""
    if path.name == "index.html" and 'id="second"' in path.read_text(encoding="utf-8"):
        return FRONT
    return CHAPTER if _CHAPTER_NAME.fullmatch(path.stem) else OTHER


def _long(seen: dict[str, Any], limits: Limits) -> Iterator[str]:
    """Words of the page that are more than their place takes."""
    if limits.finding is None or limits.sentence is None or limits.title is None:
        return
    kinds = [("finding", limits.finding, [seen["finding"]])]
    kinds.append(("picture title", limits.title, seen["titles"]))
    means = [part for section in seen["means"] for part in section]
    kinds.append(("sentence", limits.sentence, [*_split(seen["sentences"]), *_split(means)]))
    for name, most, texts in kinds:
        for text in texts:
            if (n := len(text.split())) > most:
                yield f"{name} of {n} words, at most {most}: {text}"
    if len(seen["sentences"]) > (limits.sentences or 0):
        yield f"{len(seen['sentences'])} sentences at the top, at most {limits.sentences}"
    for part in seen["means"]:
        if len(_split(part)) > 2:
            yield f"a section of {len(_split(part))} sentences, at most 2: {' '.join(part)}"


def _split(texts: list[str]) -> list[str]:
    return [part for text in texts for part in _SENTENCE_END.split(text) if part]


def _seen(page: Page, kind: str, size: tuple[int, int]) -> dict[str, Any]:
    page.set_viewport_size(_size(size))
    found: dict[str, Any] = page.evaluate(_script(), kind)
    return found


def _size(size: tuple[int, int]) -> ViewportSize:
    return {"width": size[0], "height": size[1]}


@cache
def _script() -> str:
    return Path(__file__).with_suffix(".js").read_text(encoding="utf-8")


def violations(page: Page, options: Mapping[str, Any] = _ALL) -> tuple[str, ...]:
    """What axe finds on an open page: rule and where."""
    found = Axe().run(page, options=dict(options)).response["violations"]
    return tuple(f"{v['id']}, {', '.join(_where(v['nodes']))}" for v in found)


def _where(nodes: list[dict[str, Any]], most: int = 3) -> list[str]:
    shown = [" ".join(map(str, node["target"])) for node in nodes[:most]]
    return [*shown, f"and {len(nodes) - most} more"] if len(nodes) > most else shown


@contextmanager
def launched() -> Iterator[Browser]:
    """The browser of this machine, as the tests find it."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    from tools.browser import system

    with sync_playwright() as playwright:
        program = system() or playwright.chromium.executable_path
        browser = playwright.chromium.launch(executable_path=program, args=_FLAGS)
        yield browser
        browser.close()


_COLUMNS = {
    "words": "words",
    "first_screen": "first",
    "screens": "1280",
    "phone_screens": "390",
    "sheets": "A4",
    "kilobytes": "kB",
    "picture_end": "picture",
}


def table(measured: list[Measured]) -> str:
    """What was measured as lines of text, and under each page what it passes."""
    width = max((len(_name(m)) for m in measured), default=4)
    heads = [*_COLUMNS.values(), "axe", "cut"]
    lines = [" ".join(["page".ljust(width), *(head.rjust(7) for head in heads)])]
    for m in measured:
        cells = [getattr(m, name) for name in _COLUMNS]
        cells += [len({*m.axe, *m.axe_phone}), len(m.clipped)]
        lines.append(" ".join([_name(m).ljust(width), *(str(cell).rjust(7) for cell in cells)]))
        lines += [f"  {passed}" for passed in m.passed()]
    return "\n".join(lines)


def _name(m: Measured) -> str:
    return f"{m.path.parent.name}/{m.path.stem}"


def main() -> int:
    """Measure all pages of the folders that the command names."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folders", nargs="+", type=Path, help="folders of pages, or pages")
    parser.add_argument("--json", action="store_true", help="print everything as JSON")
    given = parser.parse_args()
    paths = [p for f in given.folders for p in ([f] if f.is_file() else sorted(f.glob("*.html")))]
    with launched() as browser:
        measured = [measure(browser, path) for path in paths]
    if given.json:
        told = [{**asdict(m), "path": str(m.path), "passed": m.passed()} for m in measured]
        print(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        print(table(measured))
    return 1 if any(m.passed() for m in measured) else 0


if __name__ == "__main__":
    sys.exit(main())
