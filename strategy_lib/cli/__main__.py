"""`python -m strategy_lib.cli`."""

from strategy_lib.cli import main

if __name__ == "__main__":
    main()
