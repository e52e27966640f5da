"""What says a message: its types, its plurals, and what happens where a language lacks one."""

from __future__ import annotations

from datetime import date

import pytest

from strategy_lib.core import messages
from strategy_lib.core.messages import Money, MoneyRange, Names, Number, Say

OFFICES = """\
offices = { $offices ->
    [one] 1 office
   *[other] { $offices } offices
} of { $of }
said = { $name } said { $number } on { $day }
missing-there = Only English has this of { $name }
"""
FRENCH = """\
said = { $name } a dit { $number } le { $day }
list-names = { $names }
"""


@pytest.fixture
def say(tmp_path, monkeypatch):
    """What says messages of a catalogue in which French lacks some of the English ones."""
    common = messages.catalogue_files("en")
    for language, text in (("en", OFFICES), ("fr", FRENCH)):
        (tmp_path / language).mkdir()
        (tmp_path / language / "tried.ftl").write_text(text, encoding="utf-8")
    for path in common:
        if path.name == "common.ftl":
            (tmp_path / "en" / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr(messages, "resource", lambda *_: tmp_path)
    messages.catalogue.cache_clear()
    yield Say
    messages.catalogue.cache_clear()


@pytest.mark.parametrize(
    ("n", "said"), [(0, "0 offices of 3"), (1, "1 office of 3"), (1234, "1,234 offices of 3")]
)
def test_a_count_has_its_plural(say, n, said):
    assert say()("offices", offices=n, of=3) == said


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (Money(549_367, "EUR"), "EUR 0.5 million"),
        (Money(1_960_000, "EUR"), "EUR 2 million"),
        (Money(12_345_678, "USD"), "USD 12.3 million"),
        (Money(48_200, "EUR"), "EUR 48,000"),
        (Money(99_999, "EUR"), "EUR 100,000"),
        (Money(420, "EUR"), "EUR 420"),
        (Money(0, "EUR"), "EUR 0"),
        (MoneyRange(410_143, 784_434, "EUR"), "EUR 0.4 to 0.8 million"),
        (MoneyRange(20_100, 48_200, "EUR"), "EUR 20,000 to 48,000"),
        (MoneyRange(73_900, 3_408_000, "EUR"), "EUR 0.1 to 3.4 million"),
        (MoneyRange(20_100, 3_408_000, "EUR"), "EUR 20,000 to 3,408,000"),
        (Number(2.46), "2.5"),
        (Number(3.0), "3"),
        (Number(0.456, 2), "0.46"),
        (Number(-0.04), "0"),
        (date(2026, 11, 1), "1 November 2026"),
        ("Kenya", "Kenya"),
        (7, "7"),
        (Names([]), ""),
        (Names(["A"]), "A"),
        (Names(["A", "B"]), "A and B"),
        (Names(["A", "B", "C"]), "A, B and C"),
        (Names(["A", "B", "C", "D"]), "A, B, C and D"),
        (Names(["A", "B", "C", "D", "E"]), "A, B, C and 2 more"),
        (Names(["A", "B", "C"], most=1), "A and 2 more"),
    ],
)
def test_each_type_is_said_as_people_say_it(say, given, said):
    assert say()("list-names", names=given) == said


def test_a_name_from_right_to_left_turns_nothing_beside_it(say):
    name = "مكتب القاهرة"
    assert say()("list-names", names=name) == f"\u2068{name}\u2069"
    listed = say()("list-names", names=Names(["Kenya", name]))
    assert listed == f"Kenya and \u2068{name}\u2069"
    assert say()("list-names", names="国际办公室") == "国际办公室"
    first = say()("list-names", names=Names([name, "Kenya"]))
    assert first == f"\u200e\u2068{name}\u2069 and Kenya", "read from the left all the same"


def test_what_a_name_holds_is_never_taken_for_a_message(say):
    for name in ("{ $of }", "{offices}", "a {", "}", "-term", "<b>", '"'):
        assert say()("list-names", names=name) == name


def test_a_day_and_a_number_are_written_as_in_the_language(say):
    said = say("fr")("said", name="Chad", number=Number(2.5), day=date(2026, 11, 1))
    assert said == "Chad a dit 2,5 le 1 novembre 2026"


def test_what_is_not_translated_is_said_in_english_as_a_whole(say):
    assert say("fr")("missing-there", name="Chad") == "Only English has this of Chad"
    assert say("fr")("offices", offices=1, of=3) == "1 office of 3"
    assert say("zh")("offices", offices=2, of=3) == "2 offices of 3"


def test_an_unknown_message_and_a_missing_argument_are_errors(say):
    with pytest.raises(LookupError, match="not-there"):
        say()("not-there")
    with pytest.raises(ValueError, match=r"offices: .*of"):
        say()("offices", offices=1)


def test_a_language_without_a_catalogue_is_english_as_a_whole(say):
    said = say("es")
    assert (said.language, said.day(date(2026, 11, 1))) == ("en", "1 November 2026")
    assert say("fr").language == "fr"
