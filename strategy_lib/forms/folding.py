"""Which columns of a form are seen at once, and which are one click away behind a +."""

from __future__ import annotations

from collections.abc import Collection

from strategy_lib.core.audiences import LABEL_FIELDS
from strategy_lib.schema.schema import Field, TableSchema


def is_folded(table: TableSchema, field: Field, filled_in: Collection[str] = ()) -> bool:
    """Whether a column is folded: it is for later, filled in already, or how widely a row is shown.

    The coordinator's own lists show labels at once, where they fold nothing else: there is no answer
    for the form as a whole.

    Parameters
    ----------
    filled_in : collection of str
        Fields that the form fills in itself, such as the code of whose form it is.

    Examples
    --------
    >>> from strategy_lib.schema.schema import schemas
    >>> scores = schemas()["scores"]
    >>> is_folded(scores, scores["handling"]), is_folded(scores, scores["best"])
    (True, False)
    """
    is_label = field.name in LABEL_FIELDS and (
        table.filled_by != "coordinator" or any(one.is_later for one in table.fields)
    )
    return field.is_later or is_label or field.name in filled_in


def asked_fields(table: TableSchema, filled_in: Collection[str] = ()) -> tuple[Field, ...]:
    """Fields whose columns are seen at once, in their order."""
    return tuple(field for field in table.fields if not is_folded(table, field, filled_in))


def folded_fields(table: TableSchema, filled_in: Collection[str] = ()) -> tuple[Field, ...]:
    """The other ones, in their order."""
    return tuple(field for field in table.fields if is_folded(table, field, filled_in))
