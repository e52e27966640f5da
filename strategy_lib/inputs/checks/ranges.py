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
    known = reference("how_sure").set_index("how_sure")["points"]
    made = dict(frames)
    for name, frame in frames.items():
        if set(schemas()[name].names) >= _NEEDED and len(frame):
            points = frame["sure"].map(known).astype("Float64")
            is_open = frame["low"].isna() & frame["high"].isna() & points.notna()
            best, item = frame["best"].astype("Float64"), schemas()[name]["best"]
            low, high = best - points, best + points
            if item.minimum is not None:
                low = low.clip(lower=item.minimum)
            if item.maximum is not None:
                high = high.clip(upper=item.maximum)
            made[name] = frame.assign(
                low=frame["low"].mask(is_open, low.astype(frame["low"].dtype)),
                high=frame["high"].mask(is_open, high.astype(frame["high"].dtype)),
            )
    return made
