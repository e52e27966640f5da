"""What a page is told when something cannot be done: a status, a code, and what to fill in."""

from __future__ import annotations

from typing import Any


def saying(word: str, **args: Any) -> dict[str, Any]:
    """A sentence of the pages' words, which a page says in its own language.

    Examples
    --------
    >>> saying("h.n.opened", round=1)
    {'word': 'h.n.opened', 'args': {'round': 1}}
    """
    return {"word": word, "args": args}


def not_now(why: str, **args: Any) -> Refused:
    """What cannot be done as things stand; the pages' words say why (`no.WHY`)."""
    return Refused(409, "refused", detail=saying(f"no.{why}", **args))


class Refused(Exception):  # noqa: N818 - the page is refused; nothing has gone wrong
    """A request that is answered with why not.

    Parameters
    ----------
    status : int
        HTTP status.
    code : str
        The words of the pages have a sentence for it (`error.CODE`).
    **args
        What the sentence names.
    """

    def __init__(self, status: int, code: str, **args: Any) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.args_of = args

    @property
    def reply(self) -> dict[str, Any]:
        """Body of the reply."""
        return {"error": self.code, "args": self.args_of}
