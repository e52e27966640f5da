"""Names as people write them, brought to one form for comparison; never shown, never stored."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LEGAL_FORMS = frozenset(
    {"ag", "bv", "co", "company", "corp", "corporation", "gmbh", "group", "inc"}
    | {"limited", "llc", "ltd", "plc", "pte", "pty", "sa", "sarl"}
)


@lru_cache(maxsize=65536)
def _key(name: str) -> str:
    folded = unicodedata.normalize("NFKC", name).casefold()
    plain = "".join(c for c in unicodedata.normalize("NFD", folded) if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", plain))


def name_key(name: object) -> str:
    """A name without case, accents, width, punctuation and doubled spaces.

    Examples
    --------
    >>> name_key("  Fundação  «Árvore», S.A. ") == name_key("FUNDACAO ARVORE S A")
    True
    >>> name_key(None)
    ''
    """
    return _key(name) if isinstance(name, str) else ""


def core_key(name: object) -> str:
    """`name_key` without words of a legal form, such as Ltd or Corporation.

    Examples
    --------
    >>> core_key("Tencent Holdings Co., Ltd.")
    'tencent holdings'
    """
    words = name_key(name).split()
    return " ".join(w for w in words if w not in _LEGAL_FORMS) or " ".join(words)


def sorting_key(name: str, language: str) -> tuple[str, ...]:
    """What names are put in order by: letters without accents; in Chinese, the sounds of the signs.

    Examples
    --------
    >>> sorted(["Zambie", "Équateur", "Égypte"], key=lambda name: sorting_key(name, "fr"))
    ['Égypte', 'Équateur', 'Zambie']
    >>> sorted(["中国", "法国", "阿富汗"], key=lambda name: sorting_key(name, "zh"))
    ['阿富汗', '法国', '中国']
    """
    if language != "zh":
        return (_key(name),)
    # Imported here: only a list in Chinese needs it.
    from pypinyin import Style, lazy_pinyin

    return tuple(lazy_pinyin(name, style=Style.TONE3, neutral_tone_with_five=True))
