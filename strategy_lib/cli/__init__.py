"""The command line: what is asked, and how it is told.

Processes of a run import what started it: that must cost them nothing.
"""

from __future__ import annotations


def main() -> None:
    """Run the command; an error that the workbook knows becomes its one sentence."""
    import sys

    import typer

    from strategy_lib.cli.commands import app
    from strategy_lib.core.atomic import NO_ROOM
    from strategy_lib.core.errors import InputError, StrategyError

    try:
        app()
    except StrategyError as error:
        if isinstance(error, InputError) and error.problems:
            from strategy_lib.cli.output import say_problems

            say_problems(error.problems)
        typer.echo(f"workbook: {error}", err=True)
        sys.exit(1)
    except OSError as error:
        if error.errno not in NO_ROOM:
            raise
        typer.echo(
            "workbook: the disk is full; make room and run the command again. "
            "What was complete before is untouched.",
            err=True,
        )
        sys.exit(1)
    except KeyboardInterrupt:
        typer.echo("workbook: stopped; the last complete edition is untouched.", err=True)
        sys.exit(130)
