"""`workbook.toml`: what is allowed, and one message that says everything that is wrong."""

from __future__ import annotations

from datetime import date

import pytest

from strategy_lib.core.errors import WorkspaceError
from strategy_lib.core.settings import Settings, load_settings


def load(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "workbook.toml"
    path.write_bytes(text.encode(encoding))
    return load_settings(path)


def test_an_empty_file_gives_the_defaults(tmp_path):
    assert load(tmp_path, "") == Settings()


def test_everything_that_can_be_set(tmp_path):
    settings = load(
        tmp_path,
        """
        [organisation]
        name = "国际组织 «Acme»"
        language = "zh"
        [run]
        cycle = 2026
        editions = ["public", "board"]
        as_of = 2026-11-01
        [editions.board]
        clearance = "internal"
        smallest_group = 2
        [editions.partner]
        smallest_group = 7
        [mapping]
        likely_match_pct = 90
        [places.names]
        cz = "Czech Republic"
        [[column_maps]]
        file = "*3w*"
        table = "activities"
        columns = { "Project title" = "title" }
        values.theme = { "WASH" = "health" }
        """,
    )
    assert settings.name == "国际组织 «Acme»"
    assert settings.as_of == date(2026, 11, 1)
    assert settings.run_editions == ("public", "board")
    assert settings.editions["board"].smallest_group == 2
    assert settings.editions["partner"].clearance == "partner"
    assert settings.editions["partner"].smallest_group == 7
    assert settings.place_names == {"CZ": "Czech Republic"}
    assert settings.column_maps[0].values["theme"] == {"WASH": "health"}


def test_all_problems_are_told_at_once(tmp_path):
    text = """
    colour = "red"
    [organisation]
    nam = "x"
    [run]
    cycle = "2026"
    editions = ["ledaers"]
    seed = true
    [editions.partner]
    clearance = "secret"
    [editions.board]
    title = "Board"
    [[column_maps]]
    file = "x"
    """
    with pytest.raises(WorkspaceError) as caught:
        load(tmp_path, text)
    message = str(caught.value)
    for part in (
        "'colour' is not known",
        "did you mean name?",
        "cycle = '2026': must be a whole number",
        "did you mean leaders?",
        "seed = True",
        "clearance = 'secret': allowed: public, partner, internal, restricted",
        "[editions.board] a new edition needs a clearance",
        "[column_maps 1] needs file and table",
    ):
        assert part in message, part


@pytest.mark.parametrize(
    ("text", "encoding", "part"),
    [
        ("[run", "utf-8", "cannot be read as TOML"),
        ('name = "é"', "latin-1", "save it as UTF-8"),
    ],
)
def test_a_broken_file_is_one_clear_sentence(tmp_path, text, encoding, part):
    with pytest.raises(WorkspaceError, match=part):
        load(tmp_path, text, encoding)
