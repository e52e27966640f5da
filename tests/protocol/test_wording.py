"""The wording check: what it finds in four languages, and what it leaves alone."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategy_lib.protocol.reading import read_protocol
from strategy_lib.protocol.wording import (
    COLUMNS,
    Statement,
    check_wording,
    sentences_of,
    with_dismissals,
)

PROTOCOL = read_protocol()


def found(words, language="en", **more):
    return check_wording(Statement(words, language, **more), PROTOCOL)


def rules(words, language="en", **more):
    return set(found(words, language, **more)["rule_id"])


@pytest.mark.parametrize(
    ("rule", "language", "words"),
    [
        ("influence_claim", "en", "We have persuaded the provincial bureau to change its plan."),
        ("influence_claim", "fr", "Grâce à nos efforts, la règle a changé."),
        ("influence_claim", "es", "Gracias a nuestra campaña la empresa cambió."),
        ("influence_claim", "zh", "我们成功推动了政策改变。"),
        ("person_named", "en", "According to Dr Amina Otieno, the wells are dry."),
        ("person_named", "zh", "据王小明律师介绍，水井已干。"),
        ("place_and_role", "en", "A nurse at the clinic in Kitale told us."),
        ("place_and_role", "fr", "Une enseignante du village de Boma le dit."),
        ("only_one", "en", "She is the only lawyer who takes such cases."),
        ("slogan", "en", "A community of shared future needs rivers."),
        ("slogan", "zh", "构建人类命运共同体。"),
        ("slogan", "es", "Un acuerdo de ganar-ganar y el proyecto del siglo."),
        ("confrontation", "en", "We condemn this land grab."),
        ("confrontation", "fr", "Nous condamnons ce pillage."),
        ("confrontation", "zh", "我们谴责债务陷阱。"),
        ("generalisation", "en", "The Chinese do not consult anybody."),
        ("generalisation", "fr", "Les Chinois ne consultent personne."),
        ("generalisation", "es", "Los chinos no consultan."),
        ("generalisation", "zh", "中国人总是这样。"),
        ("one_country", "en", "Chinese-owned mines in the district"),
        ("one_country", "zh", "当地的中资企业"),
        ("softened", "en", "We look forward to a dialogue on CSR."),
        ("softened", "zh", "企业社会责任对话"),
        ("speaks_for_others", "en", "The villagers demand an answer."),
        ("no_evidence", "en", "At least 40% of families have left."),
        ("mixed_scripts", "en", "The сompany answered."),
    ],
)
def test_a_rule_points_to_its_passage(rule, language, words):
    assert rule in rules(words, language)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "The Chinese government has signed the convention, and a Chinese partner agrees."),
        ("en", "The ministry published its plan, and the county asks lenders for a reply."),
        ("en", "Article 12 of the covenant, adopted in 1966, speaks of water. See SDG 6.1."),
        ("fr", "Le régime alimentaire des enfants s'améliore."),
        ("es", "El ministerio publicó su plan."),
        ("zh", "该部公布了计划。"),
    ],
)
def test_plain_words_are_left_alone(language, words):
    assert rules(words, language) == set()


def test_every_finding_says_why_what_instead_and_what_is_lost():
    frame = found("We condemn the regime. The Chinese never listen. 40% left.")
    assert list(frame.columns) == COLUMNS
    for name in ("rule", "why", "suggestion", "loses"):
        assert frame[name].str.len().min() > 0
    assert list(frame["gravity"]) == sorted(frame["gravity"], reverse=True)


def test_a_name_of_a_counterpart_is_found_in_any_script_and_case():
    names = ["Green Valley Fund", "绿谷基金会"]
    assert list(found("The green valley  fund and 绿谷基金会.", names=names)["passage"]) == [
        "green valley fund",
        "绿谷基金会",
    ]


def test_part_of_a_word_is_no_name():
    assert rules("The fundament of it", names=["Fund"]) == set()


def test_a_figure_is_covered_by_evidence_for_its_passage():
    words = "Forty of 90 families have left. Nobody asked them."
    assert "no_evidence" in rules(words)
    assert "no_evidence" not in rules(words, covered=["of 90  families have left"])
    assert "no_evidence" in rules(words, covered=["x", ""])


def test_with_an_unknown_language_every_list_is_used():
    assert {"confrontation"} <= rules("Nous condamnons", language="")
    assert {"confrontation"} <= rules("Nous condamnons", language="sw")
    assert "confrontation" not in rules("Nous condamnons", language="en")


def test_chinese_words_in_an_english_text_are_checked_too():
    assert "slogan" in rules("As the text says: 合作共赢.", "en")


def test_a_dismissal_needs_a_reason_and_stays_on_the_record():
    findings = found("We condemn this.")
    said = pd.DataFrame(
        {
            "rule_id": ["confrontation"],
            "passage": [" Condemn"],
            "reason": ["The treaty body uses it"],
            "role": ["policy_lead"],
        }
    )
    done = with_dismissals(findings, said)
    assert list(done["state"]) == ["dismissed"]
    assert list(done["reason"]) == ["The treaty body uses it"]
    open_ = with_dismissals(findings, said.assign(reason=" "))
    assert list(open_["state"]) == ["open"]
    other = with_dismissals(findings, said.assign(rule_id="slogan"))
    assert list(other["state"]) == ["open"]


def test_nothing_to_check_gives_nothing():
    for words in ("", "   ", "\n\n", "。"):
        assert found(words).empty


def test_sentences_of_numbers_and_abbreviations_stay_whole():
    assert sentences_of("It costs 3.5 million. Why?\nBecause.") == [
        "It costs 3.5 million.",
        "Why?",
        "Because.",
    ]


def test_markup_and_formulas_are_text():
    frame = found("<script>alert('we condemn')</script> =HYPERLINK(\"http://x\") 40%")
    assert {"confrontation", "no_evidence"} <= set(frame["rule_id"])


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.sampled_from(["en", "zh", "fr", "es", ""]))
def test_any_text_can_be_checked(words, language):
    frame = found(words, language, names=["ab"], covered=["cd"])
    assert (frame["sentence"] >= 1).all()
    assert frame["passage"].str.len().min() > 0 if len(frame) else True


def test_a_forty_page_statement_is_checked_as_a_whole():
    page = "The county has not answered the letters of the families about their land. " * 40
    frame = found(page * 40 + "We condemn this.")
    assert "condemn" in set(frame["passage"])
