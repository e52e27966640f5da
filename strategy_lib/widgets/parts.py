"""Labelled widgets and safe text: what every panel is built from.

Everything can be reached with the keyboard in the order in which it is read; what a colour says is
said in words too. Text from people is always escaped.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import ipywidgets as widgets

from strategy_lib.plotting.theme import visible

# In the presenter's view the panel covers the window and nothing else of the notebook is there: so
# "Run All" has no end to jump to. Ancestors must not hold what is fixed or sticky in it.
CSS = """
.wb-panel { border: 2px solid #1d2730; padding: 0 12px 12px; background: #ffffff; color: #1d2730;
  font-size: 16px; max-width: 1280px; --jp-widgets-font-size: 16px;
  --jp-widgets-inline-height: 34px; --jp-ui-font-size1: 16px; --jp-content-font-size1: 16px; }
.wb-panel .widget-label, .wb-panel .jupyter-widgets, .wb-panel input, .wb-panel select,
.wb-panel textarea, .wb-panel button { font-size: 1em; color: #1d2730; }
.wb-panel *:focus { outline: 3px solid #b04a00 !important; outline-offset: 2px; }
.wb-panel input, .wb-panel select, .wb-panel textarea { border: 1px solid #55616b; }
.wb-panel button { border: 2px solid #1d2730; background: #ffffff; height: auto;
  min-height: 2.2em; line-height: 1.3; }
.wb-panel button:disabled { color: #55616b; border-color: #55616b; }
.wb-panel h3 { font-size: 1.25em; margin: 4px 0; }
.wb-panel h4 { font-size: 1.1em; margin: 8px 0 2px; }
.wb-panel h5 { font-size: 1em; margin: 4px 0; max-width: 46em; line-height: 1.35; }
.wb-panel p, .wb-panel li { line-height: 1.45; margin: 2px 0; }
.wb-panel a { color: #0b5c87; text-decoration: underline; }
.wb-panel caption { text-align: start; font-weight: 600; }
.wb-panel table { border-collapse: collapse; } .wb-panel td, .wb-panel th {
  border: 1px solid #55616b; padding: 3px 8px; text-align: left; }
.wb-panel .widget-label { white-space: normal; text-overflow: clip; overflow: visible;
  height: auto; line-height: 1.25; align-self: center; }
.wb-panel .widget-toggle-buttons .widget-toggle-button { width: auto; }
.wb-panel > .wb-top { position: sticky; top: 0; z-index: 2; background: #ffffff;
  border-bottom: 1px solid #55616b; padding: 8px 0 4px; overflow: visible; }
.wb-panel .wb-status, .wb-panel .wb-beside { font-weight: 600; }
.wb-panel .wb-beside { border: 2px solid #1d2730; padding: 2px 8px; align-self: flex-start; }
.wb-panel .wb-side { position: sticky; top: 5em; flex: 0 0 580px; align-self: flex-start;
  overflow: visible; }
.wb-panel .widget-toggle-buttons button.mod-active { font-weight: 700; border-width: 4px; }
.wb-panel .wb-levels { display: grid; gap: 2px 12px;
  grid-template-columns: repeat(auto-fill, minmax(22em, 1fr)); }
.wb-panel .wb-steps { display: flex; flex-wrap: wrap; list-style: none; padding: 0; gap: 4px 18px; }
.wb-panel .wb-steps [aria-current] { border-bottom: 3px solid #1d2730; }
.wb-panel .wb-card { border: 1px solid #55616b; padding: 8px 12px; margin: 8px 0; }
.wb-panel .wb-clock { font-size: 1.6em; font-variant-numeric: tabular-nums; }
.wb-panel .wb-trouble { border-left: 8px solid #b04a00; padding-left: 8px; font-weight: 600; }
.wb-panel, .wb-panel .widget-box, .wb-panel .widget-vbox { overflow: visible; }
.wb-panel .widget-html, .wb-panel .widget-html-content { line-height: 1.35; }
:is(.jp-OutputArea-output, .jp-OutputArea-child, .jp-OutputArea, .jp-Cell-outputWrapper, .jp-Cell):has(
  .wb-panel) { overflow: visible !important; contain: none !important;
  content-visibility: visible !important; }
.wb-panel.wb-presenter { position: fixed; inset: 0; z-index: 9999; overflow: auto;
  font-size: 24px; max-width: none; border: 0; padding: 0 24px 24px; height: auto;
  --jp-widgets-font-size: 24px; --jp-widgets-inline-height: 46px;
  --jp-ui-font-size1: 24px; --jp-content-font-size1: 24px; --jp-widgets-inline-width: 13em;
  --jp-widgets-inline-label-width: 7em; }
.wb-presenter .js-plotly-plot { zoom: 1.2; } .wb-presenter .wb-side { flex-basis: 680px; }
@media (min-width: 1800px) { .wb-presenter .js-plotly-plot { zoom: 1.6; }
  .wb-presenter .wb-side { flex-basis: 900px; } }
body:has(.jp-NotebookPanel:not(.lm-mod-hidden) .wb-presenter) :is(#jp-top-panel, #jp-menu-panel,
  #jp-bottom-panel, .jp-SideBar, .lm-TabBar, .lm-DockPanel-handle, .lm-SplitPanel-handle,
  .jp-Toolbar, #jp-left-stack, #jp-right-stack, #jp-main-statusbar) { visibility: hidden; }
#main:has(.wb-presenter), #main :has(.wb-presenter) { contain: none !important;
  transform: none !important; }
.jp-Notebook:has(.wb-presenter) .jp-Cell:not(:has(.wb-presenter)),
.jp-Cell:has(.wb-presenter) :is(.jp-Cell-inputWrapper, .jp-OutputPrompt, .jp-OutputCollapser,
  .jp-Collapser, .jp-cell-toolbar, .jp-CellHeader) { display: none !important; }
"""


def safe(text: object) -> str:
    """Text from people as HTML that shows it as it was typed; line breaks stay."""
    return html.escape(visible(str(text))).replace("\n", "<br>")


def said(*paragraphs: object) -> widgets.HTML:
    """Sentences, each a paragraph of its own."""
    return widgets.HTML(paragraph_html(paragraphs))


def paragraph_html(paragraphs: Iterable[object]) -> str:
    """The same as HTML."""
    return "".join(f"<p>{safe(text)}</p>" for text in paragraphs if str(text))


def list_html(items: Iterable[object]) -> str:
    """Sentences as a list."""
    return "<ul>" + "".join(f"<li>{safe(item)}</li>" for item in items) + "</ul>"


def table_html(headings: Sequence[str], rows: Iterable[Sequence[object]], caption: str) -> str:
    """A small table with its caption."""
    head = "".join(f'<th scope="col">{safe(name)}</th>' for name in headings)
    body = "".join(
        "<tr>" + "".join(f"<td>{safe(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    return f"<table><caption>{safe(caption)}</caption><tr>{head}</tr>{body}</table>"


def heading(text: str, level: int = 4) -> widgets.HTML:
    """A heading inside a panel."""
    return widgets.HTML(f"<h{level}>{safe(text)}</h{level}>")


def choice(label: str, options: Iterable[Any], value: Any = None) -> widgets.Dropdown:
    """A labelled list to choose one from."""
    listed = list(options)
    first = _value_of(listed[0]) if listed else None
    return widgets.Dropdown(
        options=listed,
        value=first if value is None else value,
        description=label,
        style={"description_width": "initial"},
        layout=widgets.Layout(width="auto", min_width="14em", max_width="46em"),
    )


def offer(list_: widgets.Dropdown, options: Iterable[Any]) -> None:
    """Offer what is there by now; what was chosen stays, if it is still there."""
    offered = list(options)
    if list(list_.options) != offered:
        chosen = list_.value
        list_.options = offered
        if chosen in map(_value_of, offered):
            list_.value = chosen


def _value_of(option: Any) -> Any:
    return option[1] if isinstance(option, tuple) else option


def typed(label: str, placeholder: str = "", width: str = "auto") -> widgets.Text:
    """A labelled line; what is typed counts on Enter, or when the field is left."""
    return widgets.Text(
        description=label,
        placeholder=placeholder,
        continuous_update=False,
        style={"description_width": "initial"},
        layout=widgets.Layout(width=width, min_width="9em", max_width="46em"),
    )


def type_ahead(label: str, options: Sequence[str]) -> widgets.Combobox:
    """A labelled line that offers what is known while one types; others may be typed too."""
    return widgets.Combobox(
        description=label,
        options=tuple(options),
        ensure_option=False,
        continuous_update=False,
        style={"description_width": "initial"},
        layout=widgets.Layout(width="auto", min_width="14em", max_width="46em"),
    )


def long_text(label: str, placeholder: str = "") -> widgets.Textarea:
    """A labelled field for sentences; it counts when the field is left."""
    return widgets.Textarea(
        description=label,
        placeholder=placeholder,
        continuous_update=False,
        style={"description_width": "initial"},
        layout=widgets.Layout(width="auto", max_width="46em", height="5em"),
    )


def slider(label: str, low: float, high: float, step: float) -> widgets.FloatSlider:
    """A slider that sends its value while it is dragged; arrows move it by one step."""
    return widgets.FloatSlider(
        min=low,
        max=high,
        step=step,
        value=(low + high) / 2,
        description=label,
        readout=False,
        continuous_update=True,
        style={"description_width": "11em"},
        layout=widgets.Layout(flex="1 1 18em", width="auto", min_width="15em", height="auto"),
    )


def tick(label: str) -> widgets.Checkbox:
    """A box to tick."""
    return widgets.Checkbox(description=label, indent=False, layout=widgets.Layout(width="auto"))


# The button whose action runs now: what it has to say is shown beside it.
_PRESSED: list[widgets.Button] = []


def pressed() -> widgets.Button | None:
    """The button that was pressed, while what it does is being done."""
    return _PRESSED[-1] if _PRESSED else None


def button(label: str, on_click: Callable[[], None], tooltip: str = "") -> widgets.Button:
    """A button that says what it does."""

    def press(_: Any) -> None:
        _PRESSED.append(made)
        try:
            on_click()
        finally:
            _PRESSED.remove(made)

    made = widgets.Button(
        description=label,
        tooltip=tooltip or label,
        layout=widgets.Layout(width="auto", align_self="flex-start"),
    )
    made.on_click(press)
    return made


def side_by_side(left: widgets.Widget, right: widgets.Widget) -> widgets.Box:
    """Two parts beside each other, or one below the other where there is no room; the right one
    stays in sight while the left one is scrolled.
    """
    left.layout.flex, left.layout.min_width = "1 1 20em", "0"
    right.add_class("wb-side")
    return widgets.Box(
        [left, right], layout=widgets.Layout(flex_flow="row wrap", grid_gap="0 24px")
    )
