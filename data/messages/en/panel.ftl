# Panels of the workshop: rounds, and what was entered.

panel-elsewhere = { $who } entered something in another session at { $time }. If that was not you, choose your own code: the last entry of a code counts.
panel-up-to-date = Up to date at { $time }.
panel-taken-back = Taken back: what was entered at { $time }. It stays in the history.
panel-needed = Needed: { $what }. No names of people.
panel-no-names = No names of people.
panel-close = Close { $what } and show it to the room
panel-both-closed = Both rounds are closed
panel-open = { $what } open: each enters alone and sees nobody else's answers.
panel-has-entered = Has entered something that the room has not seen (number of answers): { $who }.
panel-late = Came after the round was closed and does not count; enter it again: { $who }.
panel-few-answers = { $what }: below { $fewest } answers only their number is shown.
panel-two-ends = You are at { $what }. Somebody else is at { $where }.
panel-hidden = { $answers ->
    [one] 1 answer stays
   *[other] { $answers } answers stay
} hidden; close the next round to show them.
panel-closed = { $what } closed; the room sees all that was entered.
panel-reopened = { $what } open; its answers are hidden.
panel-both-rounds-nobody = Nobody has answered the same question in both rounds yet.
panel-moved = Of { $pairs ->
    [one] 1 answer
   *[other] { $pairs } answers
} given in both rounds { $moved } changed (stability { $stable }; 1 means that nobody moved).
panel-nearer = On the middle question people are { $nearer ->
    [closer] closer together
    [further] further apart
   *[same] as far apart as before
}: consensus { $before } before, { $now } now (1 means that the middle half agrees).
panel-same-question-few = Fewer than two people have answered the same question.
panel-spread = { $questions ->
    [one] 1 question was
   *[other] { $questions } questions were
} answered by two people or more; on { $apart } the middle half of the answers spans more than half of the scale.
