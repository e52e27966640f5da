"""A kernel that is started rather than forked: Windows, macOS, and where a fork did not work.

Run as `python -m strategy_lib.running.plainkernel -f CONNECTION_FILE`; as `ipykernel_launcher`, but
without what a batch kernel has no use for.
"""

from __future__ import annotations

from strategy_lib.running.worker import shut_out

if __name__ == "__main__":
    shut_out()
    from ipykernel.kernelapp import launch_new_instance

    launch_new_instance()
