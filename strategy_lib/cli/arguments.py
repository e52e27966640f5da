"""Arguments that many commands take."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Folder = Annotated[Path, typer.Argument(help="The workspace folder.", show_default=False)]
Year = Annotated[int | None, typer.Option("--cycle", help="The year; else workbook.toml's.")]
