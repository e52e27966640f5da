"""What all tests share: the repository on the path, quiet libraries, no colours."""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("NO_COLOR", "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
