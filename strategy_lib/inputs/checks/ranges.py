"""How sure somebody is of a score, as the range that it stands for."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from strategy_lib.schema.reference import reference
from strategy_lib.schema.schema import schemas

Frames = Mapping[str, pd.DataFrame]
_NEEDED = {"low", "best", "high", "sure"}


def with_ranges(frames: Frames) -> dict[str, pd.DataFrame]:
    """Frames in which a score that says how sure it is has a lowest and a highest value.

    A range of one's own goes before; ends of the scale are not passed.

    Examples
    --------
    >>> from strategy_lib.schema.frames import typed_frame
    >>> row = {"assessor_id": "A01", "option_id": "P0", "criterion_id": "access", "best": 9.5}
    >>> scores = typed_frame(schemas()["scores"], [row | {"sure": "fairly"}])
    >>> with_ranges({"scores": scores})["scores"][["low", "best", "high"]].values.tolist()
    [[8.0, 9.5, 10.0]]
    """
    made = dict(frames)
    for name, frame in frames.items():
        if set(schemas()[name].names) >= _NEEDED and len(frame):
            low, high = meant_range(name, frame["best"], frame["sure"])
            is_open = frame["low"].isna() & frame["high"].isna() & low.notna()
            made[name] = frame.assign(
                low=frame["low"].mask(is_open, low), high=frame["high"].mask(is_open, high)
            )
    return made


def without_ranges(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """A table as it was before `with_ranges`: ranges that only say how sure somebody is are empty.

    Examples
    --------
    >>> from strategy_lib.schema.frames import typed_frame
    >>> row = {"assessor_id": "A01", "option_id": "P0", "criterion_id": "access", "best": 9.5}
    >>> scores = typed_frame(schemas()["scores"], [row | {"sure": "fairly"}])
    >>> full = with_ranges({"scores": scores})["scores"]
    >>> without_ranges("scores", full)["low"].isna().tolist()
    [True]
    """
    if not set(schemas()[name].names) >= _NEEDED or frame.empty:
        return frame
    low, high = meant_range(name, frame["best"], frame["sure"])
    is_meant = ((frame["low"] == low) & (frame["high"] == high)).fillna(False).astype(bool)
    return frame.assign(low=frame["low"].mask(is_meant), high=frame["high"].mask(is_meant))


def meant_range(table: str, best: pd.Series, sure: pd.Series) -> tuple[pd.Series, pd.Series]:
    """The lowest and the highest value that "how sure" stands for; empty where it is not said."""
    known = reference("how_sure").set_index("how_sure")["points"]
    points, item = sure.map(known).astype("Float64"), schemas()[table]["best"]
    middle = best.astype("Float64")
    ends = (middle - points, middle + points)
    low, high = (end.clip(lower=item.minimum, upper=item.maximum) for end in ends)
    return low, high
