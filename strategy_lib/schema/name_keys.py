"""Names as people write them, brought to one form for comparison; never shown, never stored."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_FORMS = (
    *("ag", "bhd", "bv", "co", "company", "corp", "corporation", "gmbh", "group", "inc", "jsc"),
    *("limited", "llc", "ltd", "ltda", "plc", "pte", "pty", "pvt", "sa", "sarl", "sdn"),
)
# As words, or letter by letter, as S.A. is read.
_LEGAL_FORM = re.compile(
    "|".join(rf"\b{form}\b" for word in _FORMS for form in (word, " ".join(word)))
)
_CHINESE_FORM = re.compile(r"(?<=\w[\w ])(?:[集][团團])?(?:股份)?有限(?:[责責]任)?公司\b")


def folded(text: str) -> str:
    """A text without case, accents and width.

    Examples
    --------
    >>> folded("Ｆundação")
    'fundacao'
    """
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    return "".join(c for c in plain if c < "\u0300" or not unicodedata.combining(c))


@lru_cache(maxsize=65536)
def _key(name: str) -> str:
    return " ".join(re.findall(r"\w+", folded(name)))


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


@lru_cache(maxsize=65536)
def _core(key: str) -> str:
    return " ".join(_CHINESE_FORM.sub(" ", _LEGAL_FORM.sub(" ", key)).split()) or key


def core_key(name: object) -> str:
    """`name_key` without words of a legal form, such as Ltd or Corporation.

    Examples
    --------
    >>> core_key("Tencent Holdings Co., Ltd."), core_key("腾讯科技（深圳）有限公司")
    ('tencent holdings', '腾讯科技 深圳')
    """
    return _core(name_key(name))


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
        return (name_key(name),)
    # Imported here: only a list in Chinese needs it.
    from pypinyin import Style, lazy_pinyin

    return tuple(lazy_pinyin(name, style=Style.TONE3, neutral_tone_with_five=True))
