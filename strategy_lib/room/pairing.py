"""Cards and phones: a sign is redeemed once, a token is kept as its hash, guessing is slow.

A card's eight signs (40 bits) give one phone a token of 128 bits. Both are random, so that a plain
hash keeps them: there is nothing to guess from it.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from strategy_lib.judgements.receipts import ALPHABET
from strategy_lib.room.refusals import Refused

SIGNS = 8
TRIES, PAUSE, MOST_WRONG = 5, 30.0, 100
_SAME = str.maketrans("OIL", "011")


def new_signs() -> str:
    """Eight signs of a card, 40 bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(SIGNS))


def plain_signs(typed: str) -> str:
    """Signs as typed, without what does not matter.

    Examples
    --------
    >>> plain_signs("r7wd-3kho ")
    'R7WD3KH0'
    """
    kept = "".join(sign for sign in typed.upper() if sign.isalnum())
    return kept.translate(_SAME)


def hashed(secret: str) -> str:
    """Hash under which a random secret is kept."""
    return hashlib.sha256(secret.encode()).hexdigest()


@dataclass
class Phone:
    """A phone that holds a card.

    Attributes
    ----------
    who : str
        Code of the assessor.
    nonce : str
        Its sixteen random bytes.
    is_cut_off : bool
        Whether the card has been given to another phone, or locked.
    """

    who: str
    nonce: str
    is_cut_off: bool = False


@dataclass
class Pairing:
    """Who may pair, who has, and who tried too often.

    Attributes
    ----------
    cards : dict of str to str
        Code -> hash of the signs that can still be redeemed.
    phones : dict of str to Phone
        Hash of a token -> the phone.
    used : dict of str to tuple
        Hash of signs that were redeemed -> code and the phone's random bytes.
    wrong : int
        Wrong signs since pairing was last allowed.
    """

    cards: dict[str, str] = field(default_factory=dict)
    phones: dict[str, Phone] = field(default_factory=dict)
    used: dict[str, tuple[str, str]] = field(default_factory=dict)
    locked: set[str] = field(default_factory=set)
    wrong: int = 0
    _tries: dict[str, tuple[int, float]] = field(default_factory=dict)

    @property
    def is_stopped(self) -> bool:
        """Whether so many wrong signs were tried that the facilitator must allow it again."""
        return self.wrong >= MOST_WRONG

    @property
    def paired(self) -> set[str]:
        """Codes that a phone answers for."""
        return {phone.who for phone in self.phones.values() if not phone.is_cut_off}

    def replay(self, line: Mapping[str, Any]) -> None:
        """Take over a line of the journal."""
        what = line["what"]
        if what == "card":
            self.take_card(line["who"], line["signs"])
        elif what == "paired":
            self.take_phone(line["who"], line["signs"], line["token"], line["nonce"])
        elif what == "locked":
            self.lock(line["who"])
        elif what == "left":
            self.phones.pop(line["token"], None)

    def take_card(self, who: str, signs: str) -> None:
        """A new card (hash of its signs) for a person: an earlier one no longer counts."""
        self.lock(who)
        self.locked.discard(who)
        self.cards[who] = signs

    def take_phone(self, who: str, signs: str, token: str, nonce: str) -> None:
        """A phone (hash of its token) for a person whose card it redeemed."""
        self.lock(who)
        self.locked.discard(who)
        self.used[signs] = (who, nonce)
        self.phones[token] = Phone(who, nonce)

    def lock(self, who: str) -> None:
        """Cut off the phone of a person, and take their card back."""
        self.cards.pop(who, None)
        self.locked.add(who)
        for phone in self.phones.values():
            if phone.who == who:
                phone.is_cut_off = True

    def redeem(self, typed: str, nonce: str, address: str, now: float) -> tuple[str, str]:
        """Code and hash of the signs of a card that a phone may take.

        Parameters
        ----------
        typed : str
            Signs as they were typed.
        nonce : str
            The phone's random bytes: a phone whose reply was lost is known by them.
        address : str
            Whose tries are counted.
        now : float
            Seconds of a clock that is never set back.

        Raises
        ------
        Refused
            With what the phone is told.
        """
        tries, until = self._tries.get(address, (0, 0.0))
        if now < until:
            raise Refused(429, "locked", wait=round(until - now, 1))
        if self.is_stopped:
            raise Refused(423, "pairing_stopped")
        signs = hashed(plain_signs(typed))
        who = next((code for code, kept in self.cards.items() if kept == signs), "")
        if not who and self.used.get(signs, ("", ""))[1] == nonce:
            who = self.used[signs][0]
            if who in self.locked or not self._holds(who, nonce):
                who = ""
        if who:
            self._tries.pop(address, None)
            return who, signs
        self.wrong += 1
        tries += 1
        self._tries[address] = (0, now + PAUSE) if tries >= TRIES else (tries, 0.0)
        if signs in self.used:
            raise Refused(403, "used_code")
        raise Refused(403, "wrong_code", left=TRIES - tries)

    def _holds(self, who: str, nonce: str) -> bool:
        mine = (p for p in self.phones.values() if p.who == who and not p.is_cut_off)
        return any(phone.nonce == nonce for phone in mine)

    def allow(self) -> None:
        """Allow pairing again after too many wrong signs."""
        self.wrong = 0
        self._tries.clear()
