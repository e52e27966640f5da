"""The text of ScenarioWizard's files: projects (`.scw`) and solution sets (`.sl`).

ScenarioWizard (Weimer-Jehle) is the reference program for cross-impact balances. A `.scw` file is a
sequence of sections, each closed by a line with `#`: names, comments on them, (nothing), colours,
(nothing), the matrix, notes. Only names and matrix matter here; the rest is written empty.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from strategy_lib.core.errors import InputError

MATRIX_SECTION = 5
"""How many `#` lines stand before the matrix."""

SOLUTION = re.compile(
    r'^"(?P<states>[\d ]+)",(?P<numbers>(?:[-+]?\d[\d.]*(?:[Ee][-+]?\d+)?,){4})".*"$'
)
"""States counted from 1, four numbers, a remark."""

WEIGHT_LIMIT = 2**24
"""Where ScenarioWizard's weights stop growing: the last whole number that single precision counts
up to."""


def read_text(path: str | Path) -> str:
    """Read a file as UTF-8, or as the Windows encoding that ScenarioWizard itself writes.

    Raises
    ------
    InputError
        No such file, or one that cannot be opened.
    """
    try:
        raw = Path(path).read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from error
    return _decoded(raw)


def write_text(path: str | Path, text: str) -> None:
    """Write with Windows line ends, in the Windows encoding where that holds the names."""
    text = text.replace("\n", "\r\n")
    try:
        raw = text.encode("cp1252")
    except UnicodeEncodeError:
        raw = b""
    Path(path).write_bytes(raw if raw and _decoded(raw) == text else text.encode("utf-8-sig"))


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def parse_scw(text: str, name: str = "file") -> tuple[dict[str, list[str]], NDArray[np.int64]]:
    """Take descriptors and judgements from the text of a `.scw` file.

    A state without a name, which ScenarioWizard allows, is called `state N` after its position.

    Parameters
    ----------
    text : str
        The file's content.
    name : str
        What messages call the file.

    Returns
    -------
    descriptors : dict of str to list of str
    impacts : ndarray of int64, shape (S, S)

    Raises
    ------
    InputError
        Another version, another kind of file, or a file that is cut short.

    Examples
    --------
    >>> text = format_scw({"law": ["strict", "open"]}, np.array([[1, -1], [0, 2]]), "law.scw")
    >>> parse_scw(text)[0]
    {'law': ['strict', 'open']}
    """
    lines = text.splitlines()
    _check_version(lines, name, "4.", "project")
    sections = _sections(lines[2:])
    descriptors = _descriptors(sections[0], name)
    size = sum(map(len, descriptors.values()))
    if len(sections) <= MATRIX_SECTION + 1:
        raise InputError(f"{name}: cut short before the matrix ends; save the project again")
    return descriptors, _matrix(sections[MATRIX_SECTION], size, name)


def _check_version(lines: list[str], name: str, version: str, kind: str) -> None:
    found = lines[0].strip() if lines else "an empty file"
    if not found.startswith("$ ScenarioWizard"):
        raise InputError(f"{name}: found {found[:60]!r}; not a ScenarioWizard {kind} file")
    if not found.split()[-1].startswith(version):
        raise InputError(
            f"{name}: found {found[2:]!r}; only the {kind} format {version}x can be read: "
            "open it in ScenarioWizard 4 and save it again"
        )


def _sections(lines: list[str]) -> list[list[str]]:
    """Split at the lines that hold nothing but `#`."""
    sections: list[list[str]] = [[]]
    for line in lines:
        if line.strip() == "#":
            sections.append([])
        else:
            sections[-1].append(line)
    return sections


def _descriptors(lines: list[str], name: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    current: list[str] = []
    for line in lines:
        mark, label = line.strip()[:1], line.strip()[1:].strip()
        if mark == "&":
            if not label or label in found:
                raise InputError(f"{name}: descriptor {label!r} has no name or is there twice")
            current = found.setdefault(label, [])
        elif mark == "-" and found:
            current.append(label or f"state {len(current) + 1}")
        elif mark:
            raise InputError(f"{name}: found {line.strip()!r} among the descriptors; cut short?")
    if not found:
        raise InputError(f"{name}: no descriptors (lines that begin with &); cut short?")
    return found


def _matrix(lines: list[str], size: int, name: str) -> NDArray[np.int64]:
    rows = [line.split(",") for line in lines if line.strip()]
    widths = {len(row) for row in rows}
    if len(rows) != size or widths != {size}:
        found = f"{len(rows)} rows of {', '.join(map(str, sorted(widths))) or 'no'} cells"
        raise InputError(f"{name}: found {found}; the states need {size} x {size}; cut short?")
    try:
        return np.array([[int(cell) for cell in row] for row in rows], dtype=np.int64)
    except ValueError as error:
        raise InputError(f"{name}: the matrix holds text or fractions ({error})") from error


def format_scw(
    descriptors: Mapping[str, Sequence[str]], impacts: NDArray[Any], name: str = "matrix.scw"
) -> str:
    """Write descriptors and judgements as the text of a `.scw` file.

    Raises
    ------
    InputError
        Judgements that are not whole numbers, or a name that runs over a line end.
    """
    if impacts.dtype.kind != "i":
        raise InputError("impacts: found fractions; ScenarioWizard files hold whole numbers only")
    labels = [label for own in descriptors.items() for label in (own[0], *own[1])]
    broken = [label for label in labels if label.strip() != label or len(label.splitlines()) > 1]
    if broken:
        raise InputError(
            f"name {broken[0]!r}: a ScenarioWizard file cannot hold line ends or blanks around it"
        )
    comments = [line for own in descriptors.values() for line in ("&", *[" "] * len(own))]
    rows = [",".join(f"{value:2d} " for value in row) for row in impacts.tolist()]
    notes = ["# 0-0", '""'] + ["# ", '""'] * len(descriptors)
    notes += ["#  -> ", '""'] * len(descriptors) ** 2
    lines = ["$ ScenarioWizard 4.0", name, *_named(descriptors), "#", *comments, "#", "#"]
    lines += [*["FFFFFF"] * len(rows), "#", "#", *rows, "#", *notes, "#", "#"]
    return "\n".join(lines) + "\n"


def _named(descriptors: Mapping[str, Sequence[str]]) -> list[str]:
    return [
        line
        for name, states in descriptors.items()
        for line in (f"&{name}", *(f" -{state}" for state in states))
    ]


def parse_sl(text: str, name: str = "file") -> tuple[list[list[int]], list[list[float]]]:
    """Take the scenarios from the text of a `.sl` solution set.

    Returns
    -------
    states : list of list of int
        The chosen state of each descriptor, counted from 1 as in the file.
    numbers : list of list of float
        Weight (starting points that lead there; from `WEIGHT_LIMIT` on, at least so many),
        smallest margin, a number that is 0 in the files seen, and total impact score.

    Raises
    ------
    InputError
        Another version, another kind of file, or fewer scenarios than the file says.

    Examples
    --------
    >>> parse_sl('$ ScenarioWizard 3.0\\nSolution set\\n 1\\n\\n" 2 1",4,0,0,15,""')
    ([[2, 1]], [[4.0, 0.0, 0.0, 15.0]])
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    _check_version(lines, name, "3.", "solution set")
    if len(lines) < 3 or lines[1] != "Solution set" or not lines[2].isdigit():
        raise InputError(f"{name}: no 'Solution set' with its number of scenarios; cut short?")
    found = [SOLUTION.match(line) for line in lines[3:]]
    if None in found or len(found) != int(lines[2]):
        readable = sum(match is not None for match in found)
        raise InputError(f"{name}: says {lines[2]} scenarios, found {readable}; cut short?")
    matches = [match for match in found if match]
    states = [[int(part) for part in match["states"].split()] for match in matches]
    numbers = [[float(part) for part in match["numbers"].split(",")[:4]] for match in matches]
    return states, numbers
