"""The parameters of a chapter: what its notebook knows, and nothing else is ever passed."""

from __future__ import annotations

import ast
import json
import math
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from strategy_lib.core.errors import ChapterError, ParameterError

SET_BY_THE_RUN = ("workspace", "cycle", "edition", "as_of")
_KINDS = {
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    str: "a text",
    list: "a list",
    dict: "a table of names and values",
    type(None): "nothing",
}


def known_parameters(notebook: Path) -> dict[str, Any]:
    """Names and default values of a notebook's parameters cell.

    Read without executing anything: the cell's defaults are literals.

    Raises
    ------
    ChapterError
        If the file is no notebook, names no kernel, has no parameters cell, or that cell lacks one
        of the parameters by which a run tells a chapter what to make.
    """
    content = _read_notebook(notebook)
    if not content.get("metadata", {}).get("kernelspec", {}).get("name"):
        raise ChapterError(
            f"{notebook} names no kernel; open it in JupyterLab, choose Python 3 and save it."
        )
    cells = [
        cell
        for cell in content["cells"]
        if "parameters" in cell.get("metadata", {}).get("tags", [])
    ]
    if not cells:
        raise ChapterError(f"{notebook} has no cell with the tag `parameters`; give it one.")
    parameters = _assignments("".join(cells[0]["source"]), notebook)
    missing = [name for name in SET_BY_THE_RUN if name not in parameters]
    if missing:
        raise ChapterError(
            f"The parameters cell of {notebook} lacks {', '.join(missing)}; "
            "without them the chapter would not know for whom it is made."
        )
    return parameters


def _read_notebook(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ChapterError(f"{path} cannot be read: {error.strerror}.") from None
    except ValueError:
        content = None
    if not isinstance(content, dict) or not isinstance(content.get("cells"), list):
        raise ChapterError(f"{path} is not a notebook of Jupyter's version 4.")
    return content


def _assignments(source: str, notebook: Path) -> dict[str, Any]:
    try:
        statements = ast.parse(source).body
        return {
            name: ast.literal_eval(statement.value)
            for statement in statements
            if isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value is not None
            for name in _targets(statement)
        }
    except (SyntaxError, ValueError):
        raise ChapterError(
            f"The parameters cell of {notebook} may hold only lines such as: seed = 20260101"
        ) from None


def _targets(statement: ast.Assign | ast.AnnAssign) -> Iterable[str]:
    targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
    return (target.id for target in targets if isinstance(target, ast.Name))


def check_parameters(given: Mapping[str, Any], chapters: Mapping[str, Mapping[str, Any]]) -> None:
    """Refuse parameters that no chapter knows, or that are of another type than their default.

    Parameters
    ----------
    given : mapping
        Name -> value, as asked for.
    chapters : mapping
        Chapter -> its parameters with their defaults.

    Raises
    ------
    ParameterError
        With the parameters that there are, and the nearest match.

    Examples
    --------
    >>> check_parameters({"draw": 10}, {"01": {"draws": 10_000}})
    Traceback (most recent call last):
    strategy_lib.core.errors.ParameterError: There is no parameter 'draw' (did you mean 'draws'?); \
the chapters know: draws.
    """
    known = sorted({name for parameters in chapters.values() for name in parameters})
    free = [name for name in known if name not in SET_BY_THE_RUN]
    for name, value in given.items():
        if name in SET_BY_THE_RUN:
            raise ParameterError(f"The parameter {name!r} is set by the run itself; leave it out.")
        if name not in free:
            near = get_close_matches(name, free, 1)
            hint = f" (did you mean {near[0]!r}?)" if near else ""
            listed = ", ".join(free) or "none that can be set"
            raise ParameterError(
                f"There is no parameter {name!r}{hint}; the chapters know: {listed}."
            )
        for chapter, parameters in chapters.items():
            if name in parameters:
                _check_kind(chapter, name, value, parameters[name])


def _check_kind(chapter: str, name: str, value: Any, default: Any) -> None:
    if default is not None and not _is_like(value, default):
        wanted = _KINDS.get(type(default), type(default).__name__)
        raise ParameterError(
            f"The parameter {name!r} of {chapter} must be {wanted}, such as {default!r}; "
            f"found {value!r}."
        )
    if not _is_plain(value):
        raise ParameterError(
            f"The parameter {name!r} of {chapter} must be plain data (text, numbers, true or "
            f"false, lists); found {value!r}."
        )


def _is_plain(value: Any) -> bool:
    """Whether papermill hands the value over as it is: it turns tuples and bytes into text."""
    if isinstance(value, list):
        return all(map(_is_plain, value))
    if isinstance(value, dict):
        return all(type(key) is str for key in value) and all(map(_is_plain, value.values()))
    return type(value) in (str, int, bool, type(None)) or (
        type(value) is float and math.isfinite(value)
    )


def _is_like(value: Any, default: Any) -> bool:
    if isinstance(default, bool) or isinstance(value, bool):
        return type(value) is type(default)
    if isinstance(default, float):
        return isinstance(value, int | float)
    return isinstance(value, type(default))


def fitting(given: Mapping[str, Any], parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Those of the given parameters that one chapter knows."""
    return {name: value for name, value in given.items() if name in parameters}
