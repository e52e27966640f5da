"""The facilitator's packs as they are printed: few pages, one orientation, text that can be read."""

from __future__ import annotations

import re

import pytest

from strategy_lib.core.workspace import copy_example, open_workspace
from strategy_lib.workshop.facilitating import ON_PHONES, write_facilitator_pack
from strategy_lib.workshop.facilitator_texts import packs

pytestmark = pytest.mark.browser
MOST_PAGES = 8
# Text of the page that is smaller than 11 points, with its size in pixels (96 to the inch).
SMALL = """() => {
  const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walk.nextNode()) {
    const size = parseFloat(getComputedStyle(walk.currentNode.parentElement).fontSize)
    if (walk.currentNode.data.trim() && size < 11 * 96 / 72 - 0.01) found.push(size)
  }
  return found
}"""


@pytest.fixture(scope="module")
def cycle(tmp_path_factory):
    return open_workspace(copy_example(tmp_path_factory.mktemp("packs") / "example")).cycle()


@pytest.mark.parametrize("chapter", packs())
def test_a_pack_is_short_upright_and_large(chapter, cycle, offline_page):
    pack = write_facilitator_pack(cycle, chapter)
    content = pack.pdf.read_bytes()
    sizes = set(re.findall(rb"/MediaBox \[0 0 ([0-9.]+) ([0-9.]+)\]", content))
    assert 1 < len(re.findall(rb"/Type /Page\b", content)) <= MOST_PAGES
    assert all(float(width) < float(height) for width, height in sizes) and sizes
    page = offline_page.open(pack.page)
    content = page.content()
    assert ("or phones" in content) == (chapter in ON_PHONES and "Panel “" in content)
    page.emulate_media(media="print")
    assert page.evaluate(SMALL) == []
