"""Where the room may listen: this computer, or one private address of it."""

from __future__ import annotations

import ipaddress

from strategy_lib.core.errors import InputError

LOOPBACK = "127.0.0.1"
WARNING = (
    "Anybody on this Wi-Fi could read what is sent, for it is not encrypted. Use your own hotspot."
)


def checked_address(given: str) -> str:
    """An address on which phones may be listened to.

    Raises
    ------
    InputError
        If it is none, or not a private one.

    Examples
    --------
    >>> checked_address("192.168.8.2")
    '192.168.8.2'
    """
    try:
        address = ipaddress.ip_address(given.strip("[] "))
    except ValueError:
        raise InputError(
            f"{given!r} is no address; write the one that this computer has in its own hotspot, "
            "such as 192.168.8.2."
        ) from None
    is_own = address.is_private or address.is_loopback or address.is_link_local
    if address.is_unspecified or not is_own:
        raise InputError(
            f"The room does not listen on {address}: it takes one private address of this "
            "computer, such as 192.168.8.2, so that nobody on the internet reaches it."
        )
    return str(address)


def host_of(address: str, port: int) -> str:
    """Address and port as they stand in a link and in the Host of a request.

    Examples
    --------
    >>> host_of("fd00::2", 8765)
    '[fd00::2]:8765'
    """
    return f"[{address}]:{port}" if ":" in address else f"{address}:{port}"
