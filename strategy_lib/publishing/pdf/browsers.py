"""Which Chromium there is on this computer, and how it is started with two pipes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from strategy_lib.core.errors import MissingToolError

# Which program to take instead of what is found; for computers where it stands elsewhere.
PROGRAM_VARIABLE = "WORKBOOK_CHROMIUM"

_COMMANDS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
)
_MAC = (
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Chromium.app/Contents/MacOS/Chromium",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
_WINDOWS = (
    "Google/Chrome/Application/chrome.exe",
    "Chromium/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
)
_PLAYWRIGHTS = (
    "chromium-*/chrome-linux*/chrome",
    "chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
    "chromium-*/chrome-win*/chrome.exe",
    "chromium_headless_shell-*/chrome-*/*headless*shell",
    "chromium_headless_shell-*/chrome-*/*headless*shell.exe",
)
_FLAGS = (
    "--headless",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-breakpad",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-extensions",
    "--disable-sync",
    # The last four: pages for an address bar that nobody sees, and a renderer kept ready.
    "--disable-features=Translate,MediaRouter,OptimizationHints,WebUIOmniboxPopup,"
    "WebUIOmniboxAimPopup,WebUIOmniboxFullPopup,SpareRendererForSitePerProcess",
    # Nothing can be looked up, nor reached by its number, also where a request slips through: every
    # request goes to a port on which nobody listens.
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=http://127.0.0.1:9",
    "--proxy-bypass-list=<-loopback>",
    "--font-render-hinting=none",
    "--force-color-profile=srgb",
    "--hide-scrollbars",
    "--lang=en",
    "--mute-audio",
    "--no-pings",
)
# Of a browser that is spoken to: no window and no helpers of its own, which cost more than they do.
_SPOKEN_TO = (
    "--remote-debugging-pipe",
    "--no-startup-window",
    "--in-process-gpu",
    "--disable-threaded-compositing",
    "--disable-component-extensions-with-background-pages",
)
# Chromium makes a socket in its folder for such things, and a socket's path has 104 bytes at most.
_LONGEST_FOLDER = 55
_REMOVALS = 40
_BETWEEN_REMOVALS = 0.05
# Puts two pipes where Chromium looks for them (3 and 4), whatever their numbers are here.
_LAUNCHER = (
    "import fcntl,os,sys;"
    "r,w=(fcntl.fcntl(int(n),fcntl.F_DUPFD_CLOEXEC,10) for n in sys.argv[1:3]);"
    "os.dup2(r,3);os.dup2(w,4);os.nice(int(sys.argv[3]));os.execv(sys.argv[4],sys.argv[4:])"
)


@dataclass(frozen=True)
class Started:
    """A browser's process, the pipe that it listens to, and the one that it answers on.

    Attributes
    ----------
    process : Popen or None
        Where this process has started it; then it also waits for its end.
    """

    pid: int
    ask: IO[bytes]
    hear: IO[bytes]
    process: subprocess.Popen[bytes] | None = None


def find_program(environment: Mapping[str, str] = os.environ) -> str | None:
    """Path of a Chromium, Chrome or Edge of this computer; None where there is none.

    The one that `WORKBOOK_CHROMIUM` names; else the system's; else one that Playwright has brought.
    """
    told = environment.get(PROGRAM_VARIABLE)
    if told:
        return told if Path(told).is_file() else None
    path = environment.get("PATH")
    on_path = (found for name in _COMMANDS if (found := shutil.which(name, path=path)))
    installed = (str(p) for p in _installed(environment) if p.is_file())
    return next(on_path, None) or next(installed, None)


def needed_program() -> str:
    """Path of the Chromium that is taken.

    Raises
    ------
    MissingToolError
        If there is none on this computer, or none where `WORKBOOK_CHROMIUM` says.
    """
    program = find_program()
    if program is not None:
        return program
    told = os.environ.get(PROGRAM_VARIABLE)
    missing = (
        f"{PROGRAM_VARIABLE} names {told}, and there is no such program."
        if told
        else "There is no Chromium, Chrome or Edge on this computer."
    )
    raise MissingToolError(
        f"{missing} Pages, Word files, spreadsheet and calendar come all the same. "
        "For PDF files, install one (on Debian or Ubuntu: sudo apt-get install chromium), or "
        f"set {PROGRAM_VARIABLE} to the program of one, and run again."
    )


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A folder for what a browser writes; it is gone afterwards, whatever happened."""
    folder = Path(tempfile.mkdtemp(prefix="wb-"))
    try:
        yield folder
    finally:
        remove_scratch(folder)


def remove_scratch(folder: Path) -> None:
    """Remove what a browser has written; its processes that are just ending may still write."""
    for _ in range(_REMOVALS):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            break
        time.sleep(_BETWEEN_REMOVALS)


def _installed(environment: Mapping[str, str]) -> Iterator[Path]:
    home = Path(environment.get("HOME") or environment.get("USERPROFILE") or Path.cwd())
    if sys.platform == "darwin":
        for folder in (Path("/Applications"), home / "Applications"):
            yield from (folder / name for name in _MAC)
    for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
        if environment.get(variable):
            yield from (Path(environment[variable]) / name for name in _WINDOWS)
    own = environment.get("PLAYWRIGHT_BROWSERS_PATH")
    caches = (".cache", "Library/Caches", "AppData/Local")
    for folder in [Path(own)] if own else [home / cache / "ms-playwright" for cache in caches]:
        for pattern in _PLAYWRIGHTS:
            yield from sorted(folder.glob(pattern), reverse=True)


def start(program: str, folder: Path, *, sandboxed: bool, niceness: int = 0) -> Started:
    """Start a browser that keeps what it must write in `folder`, and writes nowhere else.

    Parameters
    ----------
    niceness : int
        How far it gives way to others (0 to 19): one that nobody waits for yet should.
    """
    command = [*browser_command(program, folder, sandboxed=sandboxed), *_SPOKEN_TO]
    its_end, ask = os.pipe()
    hear, its_answers = os.pipe()
    launcher = [sys.executable, "-I", "-S", "-c", _LAUNCHER, str(its_end), str(its_answers)]
    launcher.append(str(niceness))
    try:
        process = subprocess.Popen(
            [*launcher, *command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=browser_environment(folder),
            pass_fds=(its_end, its_answers),
            start_new_session=True,
        )
    except OSError:
        os.close(ask)
        os.close(hear)
        raise
    finally:
        os.close(its_end)
        os.close(its_answers)
    return Started(process.pid, os.fdopen(ask, "wb"), os.fdopen(hear, "rb"), process)


def has_pipes() -> bool:
    """Whether a browser can be talked to through pipes on this system."""
    return os.name == "posix"


def can_be_sandboxed() -> bool:
    """Whether Chromium's sandbox works for this user: it refuses to be root's."""
    return not hasattr(os, "geteuid") or os.geteuid() != 0


def browser_command(program: str, folder: Path, *, sandboxed: bool) -> list[str]:
    """Program and flags of a browser that reaches nothing, and writes into `folder` only."""
    (folder / "profile").mkdir(exist_ok=True)
    own = [] if sandboxed else ["--no-sandbox"]
    return [program, *_FLAGS, f"--user-data-dir={folder / 'profile'}", *own]


def browser_environment(folder: Path) -> dict[str, str]:
    """Variables that such a browser runs with."""
    # Its crash reports, caches and settings go where they are removed; dates are nobody's zone.
    names = ["HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"]
    names += ["TMPDIR"] if len(str(folder)) <= _LONGEST_FOLDER else []
    own = {name: str(folder) for name in names} if os.name == "posix" else {}
    return {**os.environ, **own, "TZ": "UTC"}
