# The institutional memory: every decision, why, and what became of it; for the coordinator.

# The page's first screen.
history-finding = { $decisions ->
    [one] { $overdue } of 1 decision on record is past the day of its review
   *[other] { $overdue } of { $decisions } decisions on record are past the day of their review
}
history-nothing-entered = No decision is entered in any cycle that was read, and no sealed record is there
history-actions = { $actions ->
    [one] { $late } of 1 action that followed is late.
   *[other] { $late } of { $actions } actions that followed are late.
}
history-reasons = { $decisions ->
    [one] Reasons are on record for { $reasons } of 1 decision, what was refused for { $refused }.
   *[other] Reasons are on record for { $reasons } of { $decisions } decisions, what was refused for { $refused }.
}
history-seals = { $records ->
    [one] { $broken } of 1 sealed record does not hold together.
   *[other] { $broken } of { $records } sealed records do not hold together.
}
history-picture = { $decisions ->
    [one] 1 decision, and what became of it
   *[other] { $decisions } decisions, the newest first, and what became of them
}
history-picture-sub = Review: by the day that was set. Late: of the actions that name a decision, or began in its chapter after it.
history-head-decision = Decision
history-head-review = Review
history-head-late = Actions late
history-head-again = Decide the same again
history-head-dissent = Dissent on record
history-head-record = Sealed record
history-by = { $day }, by { $who }
history-late-of = { $late } of { $actions }
history-no-actions = none named
history-voices = { $voices ->
    [0] no
    [one] 1 voice
   *[other] { $voices } voices
}
history-rows-more = and { $rows } more below

# What the page tells about itself.
history-restricted = This page holds restricted records: pass on what somebody needs, not the page.
history-how = Decisions stand as entered. “Not on record” means that nobody entered it, not that there was none.
history-found-for = Found for { $asked }
history-asked = { $what } “{ $name }”
history-nothing-found-page = Nothing was found. All decisions follow, and the names by which they are found.
history-no-words = The wording is not on record.
history-no-day = no day
history-no-cycles = no cycle
history-no-cycle = in no cycle that could be read

# For the terminal.
history-head = { $decisions ->
    [one] { $organisation }: 1 decision on record; cycles read: { $years }; as of { $day }. Restricted: for the coordinator.
   *[other] { $organisation }: { $decisions } decisions on record; cycles read: { $years }; as of { $day }. Restricted: for the coordinator.
}
history-no-years = none
history-found = Found for { $asked }: { $found }
history-nothing-found = Nothing was found for { $asked }. What there is to find:
history-no-names = nobody is named

# What could not be read.
history-unread = { $year } could not be read: { $why }
history-left-out = { $rows ->
    [one] 1 row is left out of { $year }: workbook check --cycle { $year }
   *[other] { $rows } rows are left out of { $year }: workbook check --cycle { $year }
}
history-protocol = The protocol could not be read, so roles have their first names: { $why }

# What is on record of a decision.
history-not-recorded = not on record
history-no-dissent = none is recorded
history-handling-mainland = { $label } and not to be opened in mainland China
history-not-chosen = On the list and not chosen: { $options }. Why each was not taken is not on record by option; the reasons are all there is.
history-dissent-by = { $words } ({ $who })
history-dissent-said = { $who }: “{ $words }”
history-not-signed = not signed
history-exercise = { $title } (exercise)
history-changed = { $field }: { $was } in { $before }, { $now } in { $year }.
history-quoted = “{ $words }”
history-empty = empty
history-not-listed = No longer listed in { $years }.
history-alone = It stands in no cycle that could be read; this is what the record says.
history-unsure = The seal is broken: these may not be the words that were decided.

# What became of it.
history-review-done = Decided again on { $day }: { $code }
history-review-no-day = Nobody said when it is looked at again.
history-review-overdue = { $days ->
    [one] It was due { $day } (1 day ago).
   *[other] It was due { $day } ({ $days } days ago).
}
history-review-today = It was due { $day } (today).
history-review-in = { $days ->
    [one] On { $day }, in 1 day.
   *[other] On { $day }, in { $days } days.
}
history-action-late = { $days ->
    [one] late by 1 day
   *[other] late by { $days } days
}
history-action-unlisted = no longer listed after { $year }
history-action = { $action } ({ $owner }; due { $day })
history-action-no-day = { $action } ({ $owner }; no day is set)
history-nobody-named = nobody is named
history-again-in = asked in { $year }
history-again-nobody = Nobody has been asked in any cycle read.
history-again = { $yes } yes, { $no } no, { $unsure } unsure, { $silent } no answer
history-again-reason = { $who }, { $answer }: { $reason }
history-no-answer = no answer
history-conditions-hold = all listed hold ({ $year })
history-conditions-open = not all are known to hold ({ $year })
history-conditions = { $listed ->
    [one] { $open } of 1 listed condition does not hold, or nobody has said.
   *[other] { $open } of { $listed } listed conditions do not hold, or nobody has said.
}
history-condition = { $condition } (now: { $now }; { $checked })
history-condition-before = { $condition } (before: { $then }; now: { $now }; { $checked })
history-checked = last checked { $day }
history-not-checked = no check is on record
history-condition-own = The condition in its own words has no check of its own: “{ $words }”
history-case-conditions = Whether they still hold is not entered.
history-ended = It ended on { $day } without being carried out.
history-not-carried-out = No day is entered.
history-not-carried-out-until = No day is entered; it ends on { $day }.
history-aftercare = { $what } ({ $role })
history-record-apart = { $part } in the record: “{ $told }”; in the tables: “{ $now }”
history-no-record = The decision has no sealed record.
