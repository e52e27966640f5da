"""The command line: what is asked, and how it is told.

Processes of a run import what started it: that must cost them nothing.
"""


def main() -> None:
    """Run the command that was typed."""
    from strategy_lib.cli import commands

    commands.main()
