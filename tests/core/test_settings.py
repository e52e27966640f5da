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
        "clearance = 'secret': must be one of: public, partner, internal, restricted",
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


REFUSED = {
    'organisation]\nlanguage = "../../x"': "language = '../../x': must be one of: en, fr, es, zh",
    'organisation]\nname = "a\\u0007b"': "name = 'a\\x07b': must be a text in quotes, of 1 to 200",
    'organisation]\nname = "a\\u202Eb"': "name = 'a\\u202eb': must be a text",
    'organisation]\nname = " "': "name = ' ': must be a text",
    'organisation]\ncurrency = "Euro"': "currency = 'Euro': must be a currency's three capital",
    "run]\ncycle = 12": "cycle = 12: must be a whole number from 1900 to 2199",
    "run]\nas_of = 9999-01-01": "must be a date such as 2026-11-01, of the years 1900 to 2199",
    "run]\nas_of = 2026-11-01T09:00:00": "must be a date such as 2026-11-01",
    "run]\ndraws = -5": "draws = -5: must be a whole number from 500 to 1,000,000",
    "run]\ndraws = 1e12": "draws = 1000000000000.0: must be a whole number",
    "run]\ndraws = 1000000000000": "draws = 1000000000000: must be a whole number from 500",
    "run]\nseed = -1": "seed = -1: must be a whole number from 0 to 4,294,967,295",
    "run]\neditions = []": "editions = []: must name one or more of: core, leaders",
    "run]\neditions = [[3]]": "[run.editions] [3] is not known",
    'run]\nformats = "pdf"': "formats = 'pdf': must be a list",
    f'editions.{"e" * 300}]\nclearance = "public"': "eee…: a name must be 1 to 40 letters",
    'editions."../x"]\nclearance = "public"': "'../x': a name must be",
    'editions.all]\nclearance = "public"': "'all': a name must be",
    'editions.CON]\nclearance = "public"': "'CON': a name must be",
    'editions.Leaders]\nclearance = "public"': "differs from leaders in capital letters only",
    "editions.public]\nsmallest_group = 0": "must be a whole number from 1 to 1,000",
    "editions.public]\nwithhold_not_for_mainland = 0": "must be true or false",
    "mapping]\nlikely_match_pct = nan": "likely_match_pct = nan: must be a number from 0 to 100",
    "mapping]\nstrategy_due_months = -1": "must be a whole number from 0 to 240",
    "presence]\nbudget = inf": "budget = inf: must be a number from 0 to 1,000,000,000,000,000",
    "places]\nnames = { cn = 3 }": "[places.names] cn = 3: must be a text in quotes",
    '[column_maps]]\nfile = 3\ntable = "units"': "[column_maps 1] file = 3: must be a text",
    '[column_maps]]\nfile = "x"\ntable = "units"\ncolumns = { a = [1] }': "a = [1]: must be a text",
    '[column_maps]]\nfile = "x"\ntable = "units"\nvalues = { kind = 3 }': "must be a section",
}


@pytest.mark.parametrize("text", REFUSED)
def test_a_setting_that_nothing_can_be_made_of_says_what_is_allowed(tmp_path, text):
    with pytest.raises(WorkspaceError) as caught:
        load(tmp_path, f"[{text}\n")
    assert f"{tmp_path / 'workbook.toml'} has settings to mend" in str(caught.value)
    assert REFUSED[text] in str(caught.value)
    assert max(map(len, str(caught.value).splitlines())) < 200


@pytest.mark.parametrize("text", [f"x = {'[' * 9999}", f"[run]\nseed = {'9' * 9999}"])
def test_what_a_reader_of_toml_gives_up_on_is_one_clear_sentence(tmp_path, text):
    with pytest.raises(WorkspaceError, match="cannot be read as TOML"):
        load(tmp_path, text)


def test_names_of_editions_are_written_in_any_script(tmp_path):
    text = (
        '[editions."领导"]\nclearance = "internal"\n[editions."équipe_2"]\nclearance = "public"\n'
    )
    assert {"领导", "équipe_2"} <= load(tmp_path, text).editions.keys()
