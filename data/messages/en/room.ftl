# The room: what the facilitator's page tells while minutes are written.

room-note-begun = The room is open; nothing is asked yet, or goes on from where it was.
room-note-opened = Round { $round } opened: { $tables }
room-note-second = { $questions ->
    [one] Round 2 opened on 1 question: { $tables }
   *[other] Round 2 opened on { $questions } questions: { $tables }
}
room-note-closed = Round { $round } closed: { $tables }
room-note-not-closed = The round could not be closed and is open: { $why }
room-note-reopened = Round { $round } opened again: { $tables }
room-note-moved = A panel closed a round, so the room closed the rest: { $tables }
room-note-receipts = { $count ->
    [one] 1 receipt made
   *[other] { $count } receipts made
}
room-note-not-shown = What was answered is kept, but the spread could not be made: { $why }
room-note-left-out = { $questions ->
    [one] 1 question left out; its answers stay
   *[other] { $questions } questions left out; their answers stay
}
room-note-card = { $who } has a new card; a phone that had the old one is cut off
room-note-locked = { $who } is cut off
room-note-walked-in = { $who } walked in; the coordinator’s list says who it is
room-note-paper = { $who }: entered from paper
room-note-reason = A reason was recorded
room-note-undone = The facilitator’s last step was taken back
room-undo-paper = { $who }: entered from paper
room-undo-reason = A reason that was recorded
