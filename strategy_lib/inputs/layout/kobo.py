"""What exports of KoboToolbox and ODK add to a table: metadata, group names, links of repeats."""

from __future__ import annotations

import re
from collections.abc import Iterable

# Any of these headings shows that a sheet is such an export.
_MARKS = frozenset(
    (
        *("_id", "_uuid", "_index", "_parent_index", "_parent_table_name", "_submission_time"),
        *("_submission__id", "_submission__uuid", "_xform_id_string", "__version__"),
        *("formhub/uuid", "meta/instanceID", "meta-instanceID", "instanceID"),
        *("KEY", "PARENT_KEY", "SubmissionDate"),
    )
)
_METADATA = _MARKS | frozenset(
    (
        *("start", "end", "today", "deviceid", "subscriberid", "simserial", "simid", "username"),
        *("phonenumber", "devicephonenum", "email", "audit", "caseid", "instanceName"),
        *("background-audio", "SubmitterID", "SubmitterName", "DeviceID", "Edits", "Status"),
        *("AttachmentsPresent", "AttachmentsExpected", "ReviewState", "FormVersion"),
        "isValidated",
    )
)
_NAME_BEHIND_GROUPS = re.compile(r"[\w.:-]*[.:-](\w+)")
# Heading of a repeat's sheet -> heading of the sheet above it that holds the same value.
LINKS = (
    ("_parent_index", "_index"),
    ("PARENT_KEY", "KEY"),
    ("_submission__uuid", "_uuid"),
    ("_submission__id", "_id"),
)
PARENT_SHEET = "_parent_table_name"


def is_export(headings: Iterable[str]) -> bool:
    """Whether headings are those of an export of KoboToolbox, ODK or a relative of theirs.

    Examples
    --------
    >>> is_export(["unit_id", "_uuid", "start"]), is_export(["unit_id", "start"])
    (True, False)
    """
    return not _MARKS.isdisjoint(headings)


def is_metadata(heading: str) -> bool:
    """Whether a heading of an export is no question's; spelling counts: `Start` may be a label.

    Examples
    --------
    >>> is_metadata("start"), is_metadata("Start"), is_metadata("_submission_time")
    (True, False, True)
    """
    return heading in _METADATA or heading.startswith(("_", "meta/", "meta-", "SET-OF-"))


def question_path(heading: str, *, in_export: bool) -> tuple[str, ...]:
    """Groups and question of a heading, in any of the ways that exports join them.

    Examples
    --------
    >>> question_path("mapping/returns/note", in_export=False)
    ('mapping', 'returns', 'note')
    >>> question_path("returns-note", in_export=True), question_path("sub-note", in_export=False)
    (('returns', 'note'), ('sub-note',))
    """
    parts = [part.strip() for part in heading.split("/")]
    if not in_export:
        return tuple(parts)
    split: list[str] = []
    for part in parts:
        behind = _NAME_BEHIND_GROUPS.fullmatch(part)
        split += [part[: -len(behind[1]) - 1], behind[1]] if behind else [part]
    return tuple(split)
