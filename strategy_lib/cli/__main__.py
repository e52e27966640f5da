"""`python -m strategy_lib.cli`."""

from strategy_lib.cli.commands import main

main()
