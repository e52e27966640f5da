# The minutes of workshops: what was entered, by code and time.
minutes-not-shown = This edition does not show what single people said, so it has no minutes.
minutes-nothing = Nothing was entered in a workshop.
minutes-entered = { $entries ->
    [one] 1 entry
   *[other] { $entries } entries
} by { $codes ->
    [one] 1 code
   *[other] { $codes } codes
}, from { $begun } to { $ended }; { $changed ->
    [one] 1 value was changed.
   *[other] { $changed } values were changed.
}
minutes-closed = Round { $round } of “{ $table }” was closed at { $when }.
minutes-apart = Furthest apart: “{ $matter }”, from { $lowest } ({ $lowest_by }) to { $highest } ({ $highest_by }).
minutes-no-reason = { $disputes ->
    [one] For { $silent } of 1 dispute no reason was recorded.
   *[other] For { $silent } of { $disputes } disputes no reason was recorded.
}
minutes-settled = { $settled ->
    [one] 1 row was settled by the room.
   *[other] { $settled } rows were settled by the room.
}
minutes-late = { $late ->
    [one] 1 entry came after a round was closed.
   *[other] { $late } entries came after a round was closed.
}
minutes-hidden = { $hidden ->
    [one] 1 judgement is not shown: the round is still open.
   *[other] { $hidden } judgements are not shown: the round is still open.
}
minutes-receipts = { $receipts ->
    [one] 1 receipt of “{ $tables }”, round { $round }; the hash over their list is { $hash }.
   *[other] { $receipts } receipts of “{ $tables }”, round { $round }; the hash over their list is { $hash }.
}
minutes-without-phone = { $people ->
    [one] 1 person answered it without a phone, and so without a receipt.
   *[other] { $people } people answered it without a phone, and so without a receipt.
}

minutes-too-late = { $what }, too late to count
