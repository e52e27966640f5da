"""A pack of an invented peer, as it came in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from strategy_lib.cycles.share import Leaving, Pack
from strategy_lib.schema.exchange import PARTS
from strategy_lib.schema.frames import typed_frame
from strategy_lib.schema.schema import table_schema

SENDER = "Harbour network"
_ROWS = {
    "signals": [
        {
            "seen_at": date(2026, 6, 30),
            "kind": "failed",
            "title": "Joint letter without those who live there",
            "what": "A letter of four groups on a port was answered; nobody had asked the fishers.",
            "theme": "infrastructure_finance",
            "country_code": "PE",
            "grade": "B",
        },
        {
            "seen_at": date(2026, 8, 12),
            "kind": "trend",
            "title": "Lenders ask for a grievance office",
            "what": "Two loans of this year ask the builder for an office that hears complaints.",
            "theme": "infrastructure_finance",
            "country_code": "LA",
            "grade": "C",
            "flow": "between_offices",
        },
    ],
    "technologies": [
        {
            "technology": "Weather forecasts by telephone",
            "use": "Warning of farmers",
            "kind": "opportunity",
            "theme": "climate_environment",
            "as_of": date(2026, 5, 1),
            "works": "C",
            "source": "Notes of the peer, 2026",
            "consent": "yes",
            "data_stays": "unknown",
            "affordable": "yes",
        }
    ],
}


def write_peer_pack(folder: Path, year: int) -> Path:
    """Write the pack that the peer sent in a year into `folder`."""
    parts = []
    for part in PARTS:
        frame = typed_frame(table_schema(part.table), _ROWS.get(part.name, []), provenance=False)
        parts.append(Leaving(part, frame[list(part.columns)], {}))
    path = folder / "From the Harbour network.zip"
    path.write_bytes(Pack(SENDER, year, tuple(parts)).content)
    return path
