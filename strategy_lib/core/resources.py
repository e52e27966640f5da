"""Where the files that travel with the workbook are: notebooks, data and templates."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def resource_root() -> Path:
    """Folder that holds `notebooks/`, `data/` and `templates/`.

    In an installed wheel they lie inside the package (`_bundled/`); in a checkout, beside it.

    Examples
    --------
    >>> (resource_root() / "data" / "schemas").is_dir()
    True
    """
    bundled = _PACKAGE / "_bundled"
    return bundled if bundled.is_dir() else _PACKAGE.parent


def resource(*parts: str) -> Path:
    """Path of one bundled file or folder, such as `resource("data", "schemas")`."""
    return resource_root().joinpath(*parts)
