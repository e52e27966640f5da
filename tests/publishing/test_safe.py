"""Nothing that stands inside a script element ends it or begins another."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from strategy_lib.publishing.safe import escaped, script_json

TEXTS = st.text(alphabet=st.sampled_from("<>&/!-scriptSCRIPT\u2028\u2029\"'\\]中 "))


@settings(deadline=None, derandomize=True)
@given(st.recursive(TEXTS | st.integers(), lambda inner: st.dictionaries(TEXTS, inner)))
def test_data_inside_a_script_stays_data(value):
    text = script_json(value)
    assert not set(text) & set("<>&\u2028\u2029")
    assert json.loads(text) == value


@settings(deadline=None, derandomize=True)
@given(st.text())
def test_escaped_text_can_stand_anywhere_in_a_page(text):
    assert not set(escaped(text)) & set("<>\"'\x00\u202e")
