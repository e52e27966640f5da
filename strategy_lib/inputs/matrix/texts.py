"""What a matrix sheet says and is known by, and the states that it shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

MATRIX_MARKER = "#cross-impacts"
CORNER = "#state"
REASONS = "#reasons"
ASSESSOR, ROUND = "assessor_id", "round"
SCALE = 3
# Of the sheet on which influences are asked block by block.
BLOCKS_MARKER, BLOCK, BLOCK_CODES = "#blocks", "#block", "#codes"

Texts = Mapping[str, str]
TEXTS: Mapping[str, Texts] = MappingProxyType(
    {
        "en": {
            "help": "Read a row from the left: if this state holds, does it make the state at the top "
            "more likely (up to 3) or less likely (down to -3)? 0: no direct influence. Direct "
            "influence only. Leave empty what you cannot say: empty is not 0. Grey cells are left out.",
            "error": "A whole number from -3 to 3, or nothing.",
            "check": "Please check this cell",
            "reasons": "Why, where you want to say it: code of the state that acts, code of the state "
            "acted on, reason.",
        },
        "fr": {
            "help": "Lisez une ligne depuis la gauche : si cet état vaut, rend-il l'état du haut plus "
            "probable (jusqu'à 3) ou moins probable (jusqu'à -3) ? 0 : aucune influence directe. "
            "Influence directe seulement. Laissez vide ce que vous ne pouvez pas dire : vide n'est pas "
            "0. Les cases grises ne se remplissent pas.",
            "error": "Un nombre entier de -3 à 3, ou rien.",
            "check": "Vérifiez cette case",
            "reasons": "Pourquoi, si vous voulez le dire : code de l'état qui agit, code de l'état "
            "influencé, raison.",
        },
        "es": {
            "help": "Lea una fila desde la izquierda: si este estado se da, ¿hace el estado de arriba "
            "más probable (hasta 3) o menos probable (hasta -3)? 0: sin influencia directa. Solo "
            "influencia directa. Deje vacío lo que no pueda decir: vacío no es 0. Las celdas grises no "
            "se rellenan.",
            "error": "Un número entero de -3 a 3, o nada.",
            "check": "Revise esta celda",
            "reasons": "Por qué, si quiere decirlo: código del estado que influye, código del estado "
            "influido, razón.",
        },
        "zh": {
            "help": "从左边横着读：若该状态成立，它使上方的状态更可能（至 3）还是更不可能（至 -3）？"
            "0 表示无直接影响。只判断直接影响。无法判断请留空：空白不等于 0。灰色格不填。",
            "error": "-3 至 3 的整数，或留空。",
            "check": "请检查此格",
            "reasons": "如愿说明理由：施加影响的状态代码、受影响的状态代码、理由。",
        },
    }
)
"""What the sheet says, in each language of the forms."""


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
