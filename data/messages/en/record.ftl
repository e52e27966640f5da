# The sealed record of a decision, for people.
record-decided = { $kind }, { $at }, by { $who }.
record-decided-way = { $kind } ({ $way }), { $at }, by { $who }.
record-head-decision = Decision
record-head-words = Exact words
record-head-reasons = Reasons
record-head-refused = Refused, and why
record-head-conditions = Conditions
record-head-harm = Harm to people, as it stood
record-head-accepted = Risks accepted
record-head-heard = Heard
record-head-flags = Does not hold up
record-head-dissent = Dissent
record-head-dissent-by = Dissent ({ $who })
record-ends = Ends on { $day } if it is not carried out.
record-again = Looked at again on { $day }.
record-harm = { $group } ({ $kind }), { $way }: { $harm }; { $people ->
    [0] not rated
    [one] { $over } of 1 person over the line
   *[other] { $over } of { $people } people over the line
}
record-accepted = { $group }, { $who }: { $state }. { $words }
record-heard = { $who }: { $answer }
record-heard-words = { $who }: { $answer }. “{ $words }”
record-unsigned = not signed
record-no-dissent = 0 dissents are on record.
record-chain = { $records ->
    [0] Decisions on cases of speaking out: 0 sealed records.
    [one] Decisions on cases of speaking out: 1 sealed record, head { $hash }. An earlier print never has more records.
   *[other] Decisions on cases of speaking out: { $records } sealed records, head { $hash }. An earlier print never has more records.
}
record-chain-broken = The sealed decision records do not hold together, so they prove nothing until that is mended; `workbook check` says what is wrong.
