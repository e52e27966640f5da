"""A browser that is there before it is needed: taken over once, ended with whoever has it."""

from __future__ import annotations

import os
import signal

import pytest

from strategy_lib.publishing.pdf import chromium as spoken
from strategy_lib.publishing.pdf.browsers import needed_program
from strategy_lib.publishing.pdf.chromium import chromium
from strategy_lib.publishing.pdf.early_browser import EarlyBrowser, take_over
from tests.publishing.pdf.test_pdf import needs_chromium, program


@pytest.fixture
def early():
    browser = EarlyBrowser(needed_program())
    yield browser
    browser.close()


@needs_chromium
def test_it_prints_for_whoever_takes_it_over(early, monkeypatch):
    monkeypatch.setattr(spoken, "_ready", lambda *_: pytest.fail("another one was started"))
    with chromium(needed_program(), early.address) as browser:
        window = browser.open_window()
        with window.page(b"<p>Words", 60):
            assert window.evaluate("document.body.textContent") == "Words"


@needs_chromium
def test_it_is_taken_over_once_and_after_that_another_is_started(early):
    first = take_over(early.address)
    with pytest.raises(OSError):
        take_over(early.address)
    with chromium(needed_program(), early.address) as browser:
        assert browser.open_window().evaluate("1 + 1") == 2
    first.ask.close()
    first.hear.close()


@needs_chromium
def test_a_browser_that_has_ended_meanwhile_is_no_loss(early):
    os.killpg(early._started.pid, signal.SIGKILL)
    with chromium(needed_program(), early.address) as browser:
        assert browser.open_window().evaluate("1 + 1") == 2


@needs_chromium
def test_it_ends_with_whoever_has_it(early):
    taken = take_over(early.address)
    early._waiting.join()
    taken.ask.close()
    taken.hear.close()
    os.waitpid(early._started.pid, 0)


@needs_chromium
def test_nothing_of_it_is_left(early):
    early.close()
    assert not early.folder.exists()
    assert not early._waiting.is_alive()
    with pytest.raises(ProcessLookupError):
        os.kill(early._started.pid, 0)
    with pytest.raises(OSError):
        take_over(early.address)


def test_a_program_that_does_not_start_leaves_no_folder(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    nothing = program(tmp_path, "exit 0")
    EarlyBrowser(nothing).close()
    assert [path.name for path in tmp_path.iterdir()] == ["browser"]
