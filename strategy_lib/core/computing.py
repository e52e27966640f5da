"""The environment of processes that compute, whether pages are made or people explore."""

from __future__ import annotations

COMPUTING = {
    # One thread each: sums must not depend on the machine's cores, and matrices here are so small
    # that threads wait for each other longer than they work.
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "NUMEXPR_NUM_THREADS": "1",
    # For the C library of Linux, which reads them when a process starts; others pass them over.
    # Arrays of a simulation come and go all the time: without them it gives those of a few
    # megabytes back to the system and asks for them anew, and half of the time goes into that. The
    # first is the largest that the library takes.
    "MALLOC_MMAP_THRESHOLD_": str(32 << 20),
    "MALLOC_TRIM_THRESHOLD_": str(256 << 20),
}
