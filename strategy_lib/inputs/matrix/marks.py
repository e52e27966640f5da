"""What a matrix sheet is known by, and the states that it shows."""

from __future__ import annotations

from dataclasses import dataclass

MATRIX_MARKER = "#cross-impacts"
CORNER = "#state"
REASONS = "#reasons"
ASSESSOR, ROUND = "assessor_id", "round"
SCALE = 3
# Of the sheet on which influences are asked block by block.
BLOCKS_MARKER, BLOCK, BLOCK_CODES = "#blocks", "#block", "#codes"


@dataclass(frozen=True)
class MatrixState:
    """One state as the sheet shows it.

    Attributes
    ----------
    state_id : str
        Code, by which the sheet is read back.
    name, descriptor : str
        What people read.
    descriptor_id : str
        States of one descriptor stand side by side; their own block is grey.
    definition : str
        Shown when the cell of the label is selected.
    """

    state_id: str
    name: str
    descriptor_id: str
    descriptor: str
    definition: str = ""
