"""A what-if as HTML: its numbers as data, what the script moves, and what stands on paper."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from strategy_lib.plotting.what_if import Slider, WhatIf
from strategy_lib.publishing.safe import escaped, inside, script_json

# About the width of a strip on paper, and of a letter in it, to tell which names have room.
_STRIP, _LETTER, _ROOM = 400.0, 6.6, 10.0
MOST_SHOWN = 8
# What the script says.
_MOVED = ("leads", "now", "level", "set", "rest", "then_sub")


def what_if_html(drawing: WhatIf, _: str) -> Markup:
    """Data, sliders that only scripts show, and strips for where there are none."""
    said = {name: escaped(words) for name, words in drawing.words.items()}
    sliders = Markup("").join(
        _slider(drawing, slider, number) for number, slider in enumerate(drawing.sliders)
    )
    strips = Markup("").join(_still(drawing, slider) for slider in drawing.sliders)
    return Markup(
        '<div class="what-if">\n<script type="application/json">{data}</script>\n'
        '<div class="live" hidden>\n<p class="told" role="status"></p>\n'
        '<div class="weigh"><h4>{try_}</h4><p class="sub">{try_sub}</p>\n{sliders}'
        '<p class="turns"><button type="button" data-turn="reset">{reset}</button> '
        '<button type="button" data-turn="alike">{alike}</button></p></div>\n'
        '<div class="order"><h4>{then}</h4><p class="sub"></p>\n<ol></ol>'
        '<p class="note"></p></div>\n</div>\n'
        '<div class="still"><p class="sub">{still}</p>\n<ul>{strips}</ul></div>\n</div>\n'
    ).format(
        data=script_json(_data(drawing)),
        try_=said["try"],
        try_sub=said["try_sub"],
        reset=said["reset"],
        alike=said["alike"],
        then=said["then"],
        still=said["still"],
        sliders=sliders,
        strips=strips,
    )


def _data(drawing: WhatIf) -> dict[str, object]:
    return {
        "options": drawing.options,
        "letters": drawing.letters,
        "values": drawing.values,
        "weights": drawing.weights,
        "sliders": [slider.criteria for slider in drawing.sliders],
        "high": drawing.high,
        "shown": MOST_SHOWN,
        "words": {name: drawing.words[name] for name in _MOVED},
    }


def _slider(drawing: WhatIf, slider: Slider, number: int) -> Markup:
    note = inside("<small>{}</small>", slider.note)
    buttons = [
        Markup(
            '<button type="button" data-slider="{}" data-step="{}" aria-label="{}">{}</button>'
        ).format(number, step, escaped(drawing.words[word].replace("{name}", slider.name)), sign)
        for step, word, sign in ((-1, "less", "\u2212"), (1, "more", "+"))
    ]
    return Markup(
        '<div class="slider"><p><label for="weigh-{0}" dir="auto">{1}</label>'
        "<output></output>{2}</p>\n"
        '<div class="turn">{3}<div><input type="range" id="weigh-{0}" min="0" max="{4}" step="0.1">'
        '<div class="lane" aria-hidden="true"></div></div>{5}</div></div>\n'
    ).format(number, escaped(slider.name), note, buttons[0], f"{drawing.high:g}", buttons[1])


def _still(drawing: WhatIf, slider: Slider) -> Markup:
    """Who leads along one slider, as marks and in words, with where it stands."""
    now = drawing.points(slider)
    parts = list(_parts(drawing, slider))
    marks, told = [], []
    for start, end, option in parts:
        name, width = drawing.options[option], (end - start) / drawing.high
        letter = drawing.letters[option]
        label = name if len(name) * _LETTER + _ROOM < width * _STRIP else letter
        is_now = start <= now < end or (end >= drawing.high and now >= start)
        marks.append(
            Markup('<span{} style="left:{}%;width:{}%">{}</span>').format(
                Markup(' class="on"') if is_now else "",
                round(100 * start / drawing.high, 2),
                round(100 * width, 2),
                escaped(label) if len(label) * _LETTER + _ROOM < width * _STRIP else "",
            )
        )
        told.append(
            drawing.words["from"].replace("{points}", f"{start:.1f}").replace("{option}", name)
        )
    at = round(100 * min(now / drawing.high, 1.0), 2)
    return Markup(
        '<li><p><b dir="auto">{}</b> {}</p><div class="lane" aria-hidden="true">{}'
        '<i style="left:{}%"></i></div><p class="vh">{}</p></li>\n'
    ).format(
        escaped(slider.name),
        escaped(drawing.words["of"].replace("{points}", f"{now:.1f}")),
        Markup("").join(marks),
        at,
        escaped("; ".join(told)),
    )


def _parts(drawing: WhatIf, slider: Slider) -> Iterator[tuple[float, float, int]]:
    """Start, end and option of each part of a strip that lies on the scale."""
    ends = [lead.start for lead in slider.leads[1:]] + [drawing.high]
    for lead, end in zip(slider.leads, ends, strict=True):
        if lead.start < drawing.high:
            yield lead.start, min(end, drawing.high), lead.option
