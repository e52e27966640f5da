"""How the processes that compute keep memory: arrays of a simulation come and go all the time."""

from __future__ import annotations

# For the C library of Linux, which reads them when a process starts; others pass them over. Without
# them it gives arrays of a few megabytes back to the system and asks for them anew each time, and
# half the time of a simulation goes into that. The first is the largest that the library takes.
KEPT_MEMORY = {
    "MALLOC_MMAP_THRESHOLD_": str(32 << 20),
    "MALLOC_TRIM_THRESHOLD_": str(256 << 20),
}
