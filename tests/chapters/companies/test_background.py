"""What chapter 06 shows of the documents: dated, graded, from 2006 to 2023, and nobody named."""

from __future__ import annotations

from strategy_lib.chapters.companies.background import policy_line, told_cases


def test_the_policy_line_runs_from_2006_to_the_target_of_2023():
    line = policy_line()
    assert line["year"].dropna().tolist() == [2006, 2008, 2008, 2016, 2022, 2022]
    assert (
        line["summary"].str.contains("2023").any() and line["summary"].str.contains("March").any()
    )
    assert line[["source", "as_of"]].notna().all(axis=None)


def test_cases_say_who_tells_them_and_how_old_they_are():
    cases = told_cases().set_index("title")
    assert cases.loc["POWERCHINA Overseas Volunteer Association", "claim_status"] == "Self-reported"
    survey = cases.loc["Survey of human-rights policies"]
    assert (survey["period"], survey["as_of"]) == ("2007", "not before 2014")
    assert "Kolwezi" in cases.loc["DRC working groups", "place"]
    assert cases[["claim_status", "source", "as_of"]].notna().all(axis=None)
    # Seven contributions of companies: supplies, schools, water, training, nature, care, power.
    csr = cases[cases["source"].str.startswith("CCCME")]
    assert len(csr) == 12 and set(csr["claim_status"]) == {"Self-reported"}
