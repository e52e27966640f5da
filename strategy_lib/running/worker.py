"""One step of a run in a process of its own: what it is told comes in as JSON, what it gives too.

A process that has been forked for it (see `template`) calls `answer`; where there is no fork it is
run as `python -m strategy_lib.running.worker`.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import traceback
from collections.abc import Mapping
from dataclasses import asdict
from importlib import import_module
from typing import Any

from strategy_lib.core.errors import StrategyError


def shut_out() -> None:
    """Make known as absent what Jupyter loads where it is installed and no batch run uses.

    A debugger (0.3 s in each kernel), code completion, and a format of jsonschema that brings a
    calendar library.
    """
    for name in ("debugpy", "jedi", "isoduration"):
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]


def answer(request: Mapping[str, Any]) -> dict[str, Any]:
    """Call the function that the request names (`module:function`); its value or its error."""
    module, _, name = request["call"].partition(":")
    try:
        return {"value": getattr(import_module(module), name)(**request["arguments"])}
    except StrategyError as error:
        problems = [asdict(problem) for problem in getattr(error, "problems", ())]
        return {"refusal": type(error).__name__, "words": str(error), "problems": problems}
    except BaseException as error:
        return {"words": repr(error), "trace": traceback.format_exc()}


def _end_with_owner() -> None:
    sys.stdin.read()
    os._exit(1)


def _main() -> None:
    shut_out()
    request = json.loads(sys.stdin.readline())
    # What a chapter prints past Jupyter must not mix with the answer.
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    threading.Thread(target=_end_with_owner, daemon=True).start()
    replies.write(json.dumps(answer(request)))
    replies.close()
    os._exit(0)


if __name__ == "__main__":
    _main()
