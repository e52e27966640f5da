"""Labelled widgets and safe text: what every panel is built from.

Everything can be reached with the keyboard in the order in which it is read; what a colour says is
said in words too. Text from people is always escaped.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

import ipywidgets as widgets

from strategy_lib.core.resources import resource
from strategy_lib.plotting.theme import visible


@cache
def style_html() -> str:
    """The look of panels, as a `<style>` element."""
    css = resource("templates", "widgets", "panel.css").read_text(encoding="utf-8")
    return f"<style>{css}</style>"


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
