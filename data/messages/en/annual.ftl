# Chapter 09: what changed since last time.

annual-finding-first = This is the first year: there is no earlier one to compare it with
annual-finding-changed = The lead has changed since { $year }: from { $before } to { $now }
annual-finding-same = The lead is the same: { $now } comes first most often, as in { $year }
annual-finding-new = { $now } comes first most often; in { $year } options were not compared
annual-finding-not-compared = Options cannot be compared with { $year }: { $signs ->
    [one] 1 sign is
   *[other] { $signs } signs are
} new, { $late } of { $all } actions { $late ->
    [one] is
   *[other] are
} late

annual-shares = { $now } went from { $was } to { $is } times in 100, { $before } from { $had } to { $has }.
annual-shares-one = { $now } came first { $was } times in 100 then, { $is } times now.
annual-why-pulls = In times of 100, the lead moved { $parts }.
annual-pull = { $way ->
    [up] +{ $points }
   *[down] −{ $points }
} because { $factor ->
    [scores] the same people score differently
    [assessors] other people judge
    [weights] the same people weigh differently
    [options] options came, went or changed route
    [law] the law leaves other routes open
    [criteria] criteria or red lines changed
   *[version] the workbook or its inputs were mended
}
annual-why-nothing = None of the { $all } things that the lead rests on has changed.
annual-why-little = What changed moved the lead by less than 1 of 100.
annual-again = { $yes } of { $all } people would decide the same again, { $no } would not, { $unsure } { $unsure ->
    [one] is
   *[other] are
} unsure and { $unsaid } did not answer.
annual-again-few = { $no ->
    [one] 1 person
   *[other] { $no } people
} would not decide the same again; each other answer is from too few to be counted here.
annual-again-not-asked = Nobody was asked whether they would decide the same again.
annual-again-unsaid = None of { $all } people asked has said whether they would decide the same again.

# The main picture.
annual-option = Option
annual-times = times in 100
annual-change = Change
annual-not-compared = not compared
annual-moved = { $way ->
    [up] +{ $points }
    [down] −{ $points }
   *[same] 0
}
annual-moved-title = { $up } of { $all } options { $up ->
    [one] comes
   *[other] come
} first more often than last time, { $down } less often
annual-moved-sub = Times in 100 that an option comes first, by people’s own scores and weights. { $people ->
    [0] Nobody judged both times.
    [one] 1 person judged both times.
   *[other] { $people } people judged both times.
}
annual-measures-title = { $moved } of { $all } counts are other than last time
annual-measures-sub = Counts of both years as this edition may show them. More may mean only that more offices answered.
annual-measure = Count

# 1. Why it moved.
annual-why = Why did the lead move?
annual-why-way = { $ahead } stood { $then } times in 100 { $was ->
    [behind] behind
   *[ahead] ahead of
} { $behind }, and now stands { $now } { $stands ->
    [behind] behind
   *[ahead] ahead
}.
annual-tests-both = This change is enough, and needed, to put { $option } first: { $factors }.
annual-tests-enough = { $option } leads with one of these changes alone: { $factors }.
annual-tests-needed = { $option } does not lead without these changes: { $factors }.
annual-tests-none = None of { $all } changes alone puts { $option } first; several together do.
annual-tests-other = Another option leads where only this changed: { $factors }.
annual-factor = { $factor ->
    [scores] how the same people score
    [assessors] who judges
    [weights] what the same people find important
    [options] which options there are
    [law] what the law leaves open
    [criteria] criteria and red lines
   *[version] the workbook, or inputs mended since
}
annual-factor-head = { $factor ->
    [scores] How the same people score
    [assessors] Who judges
    [weights] What the same people find important
    [options] Which options there are
    [law] What the law leaves open
    [criteria] Criteria and red lines
   *[version] The workbook, or inputs mended since
}
annual-contributions-title = { $factor ->
    [scores] Changed scores of the same people moved the lead most
    [assessors] A change in who judges moved the lead most
    [weights] Changed weights of the same people moved the lead most
    [options] Options that came, went or changed route moved the lead most
    [law] What the law leaves open moved the lead most
    [criteria] Changed criteria and red lines moved the lead most
   *[version] A mended workbook or input moved the lead most
}
annual-contributions-sub = Times in 100 that each change added to the lead; together they are the whole change. Last column: least and most, in any order of the changes.
annual-what = Change
annual-added = Added to the lead
annual-added-note = times in 100
annual-orders = In any order
annual-points = { $way ->
    [up] +{ $points }
   *[down] −{ $points }
}
annual-from-to = { $low } to { $high }
annual-criterion = Criterion
annual-score-note = 0 to 10
annual-cells-title = { $cells ->
    [one] The same people changed 1 score, of { $option }
   *[other] The same people changed { $cells } pairs of option and criterion, most of them of { $option }
}
annual-cells-sub = Middle score of those who changed theirs, of { $people } who judged both times; on risks and losses a high score is worse.

# 2. How firm.
annual-firm = How firm is the comparison?
annual-judged = { $now } people judged now and { $then } in { $year }; { $both } of them both times.
annual-judged-now = { $now ->
    [one] 1 person judged now; how many did in { $year } is not shown here.
   *[other] { $now } people judged now; how many did in { $year } is not shown here.
}
annual-forecasts-waiting = Nobody has said yet what came of { $come } of { $all } forecast statements whose day has come.
annual-forecasts-title = { $people ->
    [one] 1 person’s
   *[other] { $people } people’s
} { $forecasts ->
    [one] 1 forecast
   *[other] { $forecasts } forecasts
} did { $way ->
    [better] better
   *[no_better] no better
} than a coin: { $score } against { $coin }
annual-forecasts-sub = How likely people said it was, lowest to highest, and whether it came; a triangle: further off than a coin. Score: 0 is perfect, lower is better.
annual-forecasts-pools = Mean of all, over { $statements } { $statements ->
    [one] statement
   *[other] statements
}: { $equal }; weighted by what each added on the others: { $weighted }.
annual-statement = Forecast
annual-said = How likely
annual-came = It came
annual-answered = { $now } of { $all } offices answered; of the same offices { $before } did in { $year }
annual-offices = Then
annual-offices-sub = Offices by their answer then and now. { $silent } of { $all } were silent both times.
annual-office = { $answer ->
    [answered] Answered in { $year }
    [nothing] Answered “nothing” in { $year }
    [silent] Silent in { $year }
   *[not_asked] Not asked in { $year }
}
annual-office-now = { $answer ->
    [answered] answered
    [nothing] “nothing”
   *[silent] silent
} { $year }
annual-nil = –

# 3. What it costs.
annual-cost = What rests on one person?
annual-alone-title = { $alone } of { $all } contacts and pieces of knowledge rest on one person; { $old } did in { $year }
annual-alone-units-title = { $offices ->
    [one] All of it is in 1 office: { $most }
   *[other] It is spread over { $offices } offices; { $most } has most, { $count }
}
annual-alone-sub = Current contacts and knowledge with a single holder, as entered.
annual-already = rested on one person in { $year } too
annual-new = new
annual-kind = Kind
annual-office-head = Office
annual-alone = Rests on one person
annual-of-which = { $old ->
    [0] { $all }, all new
   *[other] { $all }, { $old } before
}
annual-leaving = { $leaving } of { $all } are with somebody whose day of leaving is known.
annual-harm = Of { $all } groups and ways of responding screened both times, harm to people is worse in { $worse } and milder in { $milder }.

# 4. Who sees it differently.
annual-differs = Would we decide the same again?
annual-again-alone = Each person was asked alone; a “no” is a reason to talk, not a vote.
annual-again-title = { $decisions ->
    [one] What people say of the decision that stands
   *[other] What people say of { $decisions } decisions that stand
}
annual-again-sub = A dot is a person. Answers of too few people are not counted in this edition.
annual-decision = Decision
annual-answer = { $answer ->
    [no] Would not
    [unsure] Unsure
    [yes] Would again
   *[no_answer] No answer
}
annual-too-few = too few
annual-somebody = one of those asked
annual-reasons-title = { $all ->
    [one] 1 person gave a reason
   *[other] { $all } reasons are given, in people’s own words
}
annual-reasons-sub = { $shown } of { $all } reasons; who gave them stays with the coordinator.

# 5. What would change it.
annual-change-head = What would change the answer?
annual-signs-title = { $new } of { $watched } signs and conditions watched both times { $new ->
    [one] is
   *[other] are
} newly seen; { $unknown } of { $conditions } conditions nobody knows
annual-signs-sub = A sign that is seen reopens a decision. { $late } of { $all } actions { $late ->
    [one] is
   *[other] are
} late.
annual-sign = What
annual-who = Who
annual-group-review = Reviews
annual-group-sign = Newly seen
annual-group-gone = Held, and no longer holds
annual-group-condition = Conditions of standing decisions
annual-group-late = Late actions
annual-decided = decided on { $day }
annual-review-due = review due
annual-review-no-day = no review set
annual-review-soon = { $days ->
    [one] review in 1 day
   *[other] review in { $days } days
}
annual-late = late
annual-days-late = { $days ->
    [one] 1 day late
   *[other] { $days } days late
}
annual-futures = { $now } futures hold together, { $before } did in { $year }: { $gained } { $gained ->
    [one] is
   *[other] are
} new and { $lost } { $lost ->
    [one] is
   *[other] are
} gone.
annual-future-share = { $future } now holds together in { $now } of 100 plausible matrices, and in { $before } in { $year }; that changed most.
annual-futures-counted = { $now } futures hold together, { $before } did in { $year }; which are the same is not said here.
annual-old-facts = { $past } of { $all } tables hold facts past the age at which they are looked at again.

# Partners, projects, technologies: what stands otherwise.
annual-boards-title = { $all ->
    [one] 1 partnership, project, claim or technology is listed; of those, { $moved } moved and { $answered } were answered
   *[other] { $all } partnerships, projects, claims and technologies are listed; { $moved } moved and { $answered } were answered
}
annual-boards-sub = Answered: open last time. New and gone: listed in one of the two years only.
annual-board = What
annual-boards-now = Now
annual-boards-change = { $change ->
    [moved] Moved
    [answered] Answered
    [new] New
   *[gone] Gone
}
annual-board-moved = { $about }: { $then }, now { $now }
annual-unsaid = nobody has said

# Under the tables.
annual-note-alone = The workspace holds one cycle only; to compare needs the cycle before.
annual-note-compared = { $now } is compared with { $before }, both as this edition may show them.
annual-note-decides = Nothing here says what to decide: it shows what moved, and what is due.
annual-note-split = What moved the ranking is the average of what each change adds, in whichever order they came (Shapley value). The parts add up to the whole ({ $draws } repetitions by chance, seed { $seed }).
annual-note-unmade = What each chapter said first in { $before } is not set beside what it says now: the pages of { $before } are not made.
annual-note-gone = What was shown last year and is not there now is counted and not named: it may have been withheld since.
annual-note-people = This edition shows no single person's judgement, and no number of fewer than { $fewest } people.
annual-note-groups = This edition counts no group of fewer than { $smallest } and lists no single record.
annual-note-unread = What chapter { $chapter } saved in { $year } is not compared: { $what }.
annual-note-unread-ranking = The ranking that chapter 02 saved in { $year } is not compared: { $what }.
annual-note-bad-shares = { $file } holds something else than shares in { $column }
