"""Texts that look as if they held somebody's address or telephone number."""

from __future__ import annotations

import re

_DIGIT = re.compile(r"\d")
_FEWEST_DIGITS = 6
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_PHONE = re.compile(
    r"(?<![\w.])(?:\+\d(?:[ ().-]{0,3}\d){7,14}|00\d(?:[ ().-]{0,3}\d){8,14}|1[3-9]\d{9}"
    r"|0\d{1,4}[ -]\d{3,4}[ -]\d{3,4}|\(0?\d{2,4}\) ?\d{3,4}[ -]?\d{3,4})(?!\w)"
)
_SAID = re.compile(
    r"(?:\b(?:tel|phone|mobile|cell|whatsapp|wechat|signal|téléphone|teléfono|móvil|portable)\b"
    r"|电话|手机|微信)[^\d\n]{0,12}\d(?:[ ().-]{0,2}\d){5,14}",
    re.IGNORECASE,
)


def holds_contact(text: str) -> bool:
    """Whether a text looks as if it held an e-mail address or a telephone number.

    Examples
    --------
    >>> holds_contact("write to desk@example.org"), holds_contact("+254 700 000 000")
    (True, True)
    >>> holds_contact("2019-2024, 1 200 000 people, project 2024-05-01")
    False
    """
    if "@" in text and _MAIL.search(text):
        return True
    if len(_DIGIT.findall(text)) < _FEWEST_DIGITS:
        return False
    return bool(_PHONE.search(text) or _SAID.search(text))
