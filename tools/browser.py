"""Make sure that the browser tests find a Chromium, and it the fonts of readers; print which one.

The system's; else Playwright's own; else, on Debian as root, the package `chromium`. Lengths of
pages are measured in letters as wide as those of Windows, macOS and Android: Liberation Sans has
the widths of Arial, and what Debian has without it is a sixth wider.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FONTS = {"Liberation Sans": "fonts-liberation", ":lang=zh": "fonts-wqy-microhei"}


def main() -> int:
    for find in (system, playwrights, install_playwrights, install_debians):
        found = find()
        if found:
            install_fonts()
            print(f"Browser for the tests: {found}")
            return 0
    print(
        "There is no Chromium for the browser tests. Install one (Debian or Ubuntu: "
        "sudo apt-get install chromium; elsewhere: .venv/bin/playwright install chromium) "
        "and run `make test` again, or leave them out with WORKBOOK_NO_BROWSER=1."
    )
    return 0 if os.environ.get("WORKBOOK_NO_BROWSER") == "1" else 1


def system() -> str | None:
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def playwrights() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if path and Path(path).exists() else None


def install_playwrights() -> str | None:
    quiet([sys.executable, "-m", "playwright", "install", "chromium"])
    return playwrights()


def install_debians() -> str | None:
    apt_install("chromium")
    return system()


def install_fonts() -> None:
    if shutil.which("fc-list"):
        for wanted, package in FONTS.items():
            known = subprocess.run(["fc-list", wanted], capture_output=True, check=False).stdout
            if not known.strip():
                apt_install(package)


def apt_install(package: str) -> None:
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if is_root and shutil.which("apt-get"):
        quiet(["apt-get", "update"])
        quiet(["apt-get", "install", "-y", "--no-install-recommends", package])


def quiet(command: list[str]) -> None:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        subprocess.run(command, env=environment, capture_output=True, timeout=900, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        print(f"{command[0]}: {error}")


if __name__ == "__main__":
    sys.exit(main())
