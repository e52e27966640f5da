"""Whom to ask what: no more than people can give, and first what can change the result.

Every person gets a list that fits into their minutes (`allocate`), made from what each question is
worth (`value_of_asking`, `methods.cross_impact.block_importance`), or with minutes set apart for
some of them (`allocate_shares`). What comes back is held against the lists (`compare_with_lists`):
every answer counts, whether it was asked for or not.
"""

from strategy_lib.methods.elicitation.allocate import allocate
from strategy_lib.methods.elicitation.allocate_shares import allocate_shares
from strategy_lib.methods.elicitation.not_asked import compare_with_lists
from strategy_lib.methods.elicitation.value_of_asking import value_of_asking

__all__ = ["allocate", "allocate_shares", "compare_with_lists", "value_of_asking"]
