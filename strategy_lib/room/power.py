"""Whether the laptop is plugged in, as far as its system says; where it does not, it is."""

from __future__ import annotations

import ctypes
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

_SUPPLIES = Path("/sys/class/power_supply")
_ON_BATTERY = 0


def has_mains(supplies: Path = _SUPPLIES, system: str = sys.platform) -> bool:
    """Whether the laptop is plugged in."""
    with suppress(OSError, ValueError, AttributeError, subprocess.SubprocessError):
        return _ASKS.get(system, _asks_linux)(supplies)
    return True


def _asks_linux(supplies: Path) -> bool:
    kinds = {path: (path / "type").read_text().strip() for path in supplies.iterdir()}
    mains = [path for path, kind in kinds.items() if kind == "Mains"]
    return not mains or any((path / "online").read_text().strip() == "1" for path in mains)


def _asks_mac(_: Path) -> bool:
    asked = subprocess.run(
        ["/usr/bin/pmset", "-g", "ps"], capture_output=True, text=True, timeout=5, check=True
    )
    return "Battery Power" not in asked.stdout.partition("\n")[0]


def _asks_windows(_: Path) -> bool:
    # SYSTEM_POWER_STATUS: its first byte is 0 on the battery, 1 plugged in, 255 unknown.
    status = (ctypes.c_ubyte * 12)()
    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
    return not kernel.GetSystemPowerStatus(status) or status[0] != _ON_BATTERY


_ASKS: dict[str, Callable[[Path], bool]] = {"darwin": _asks_mac, "win32": _asks_windows}
