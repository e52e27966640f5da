# Chapter 08: what is decided, who does what by when.

brief-to-begin = To begin, write the question, the resolution and the actions in the forms of the brief

# The finding: who decides what by when, in the words of those who ask.
brief-nobody-named = Somebody who is not named yet
brief-finding-no-question = Nobody has put a question to the readers of this brief yet
brief-finding-asked = { $purpose ->
    [discuss] { $whom } discusses by { $day }: “{ $question }”
    [note] { $whom } takes note by { $day }: “{ $question }”
   *[decide] { $whom } decides by { $day }: “{ $question }”
}
brief-finding-asked-no-day = { $purpose ->
    [discuss] { $whom } discusses, on a day that nobody has set: “{ $question }”
    [note] { $whom } takes note, on a day that nobody has set: “{ $question }”
   *[decide] { $whom } decides, on a day that nobody has set: “{ $question }”
}
brief-finding-long = { $purpose ->
    [discuss] { $whom } discusses the question below by { $day }
    [note] { $whom } takes note of the words below by { $day }
   *[decide] { $whom } decides the question below by { $day }
}
brief-finding-long-no-day = { $purpose ->
    [discuss] { $whom } discusses the question below; nobody has set a day
    [note] { $whom } takes note of the words below; nobody has set a day
   *[decide] { $whom } decides the question below; nobody has set a day
}

# What must be known at once.
brief-lead = { $option } comes first most often of { $compared } options, { $times } times in 100.
brief-lead-fragile = { $option } comes first most often of { $compared } options, { $times } times in 100; that is fragile: { $failed } of { $tests } tests fail.
brief-lead-fragile-untold = { $option } comes first most often of { $compared } options, { $times } times in 100; that is fragile.
brief-lead-tied = { $options } share first place of { $compared } options, each { $times } times in 100.
brief-lead-nobody = { $options ->
    [one] Nobody has compared the 1 option yet.
   *[other] Nobody has compared the { $options } options yet.
}
brief-money = { $priced ->
    [one] The 1 option with a price costs { $range } over { $years } years.
   *[other] { $priced } options have a price, by the middle { $range } over { $years } years.
}
brief-money-budget = { $priced ->
    [one] The 1 option with a price costs { $range } over { $years } years; { $over } of 1 is above the budget of { $budget }.
   *[other] { $priced } options have a price, { $range } over { $years } years; { $over } of them are above the budget of { $budget }.
}
brief-money-nobody = { $options ->
    [one] Nobody has entered an amount for the 1 option, or it may not be shown here.
   *[other] Nobody has entered an amount for any of the { $options } options, or it may not be shown here.
}
brief-late = { $all ->
    [one] { $late } of 1 action is late; { $unowned } of 1 has nobody who does it.
   *[other] { $late } of { $all } actions { $late ->
        [one] is
       *[other] are
    } late; { $unowned } of { $all } { $unowned ->
        [one] has
       *[other] have
    } nobody who does them.
}

# The options in short.
brief-options-title = What is known of the options, side by side
brief-options-title-none = None of { $compared } options comes first most often, costs least and keeps most freedom at once
brief-options-title-one = One option comes first most often, costs least and keeps most freedom to speak
brief-options-sub = First by people’s own scores and weights. Cost over { $years } years. Dot: the middle; line: lowest to highest. In quotes: the answer that an option means.
brief-options-head = Option
brief-options-first = Comes first
brief-options-first-note = times in 100
brief-options-cost = Cost
brief-options-cost-note = { $unit ->
    [million] { $currency } million
   *[thousand] { $currency } thousand
}
brief-options-cost-budget = { $unit ->
    [million] { $currency } million; dashed: budget { $budget }
   *[thousand] { $currency } thousand; dashed: budget { $budget }
}
brief-options-freedom = Freedom to speak lost
brief-options-freedom-note = 10: whole topics avoided
brief-options-law = Law
brief-options-law-note = confirm with counsel
brief-means = “{ $answer }”
brief-named-in = { $where ->
    [recommendation] recommended
   *[decision] in the last decision
}
brief-not-compared = not compared
brief-no-amount = no amount
brief-nobody-scored = no score
brief-law = { $code ->
    [none_needed] none needed
    [not_listed] no route listed
    [not_known] unclear
    [closed] closed
    [open] open so far
    [lapsed] confirmation lapsed
    [law_changed] law changed
   *[other] not entered
}
brief-futures-title = How { $options ->
    [one] 1 option stands
   *[other] { $options } options stand
} in { $futures ->
    [one] 1 future
   *[other] { $futures } futures
} by their middle scores
brief-future-share = holds in { $share } of 100
brief-good-in = Good enough in
brief-good-in-note = of 100 plausible futures
brief-futures-sub-read = Middle score of an option in that future, 0 to 10; darker is better.
brief-futures-sub = Middle score of an option in that future, 0 to 10; darker is better.

# 1. Why: what is asked, word for word.
brief-why = What is asked, and who sees it differently?
brief-why-label = What is asked
brief-asked-title = The question and the resolution
brief-asked-title-no-resolution = The question; nobody has entered the wording of a resolution
brief-quote-question = { $all ->
    [one] Question
   *[other] Question 1 of { $all }
}
brief-quote-resolution = Resolution, exact wording
brief-minority-title = A minority sees it differently
brief-quote-minority = Minority view, in its own words

# 2. How firm.
brief-firm = How firm is what this rests on?
brief-near = Moving { $points } of 100 points of weight is enough for { $option } to come first most often.
brief-facts = { $all ->
    [one] The 1 fact with a source is older than 5 years.
   *[other] { $old } of { $all } facts with a source { $old ->
        [one] is
       *[other] are
    } older than 5 years.
}
brief-facts-undated = { $old } of { $all } facts with a source { $old ->
    [one] is
   *[other] are
} older than 5 years; { $undated } of { $all } { $undated ->
    [one] has
   *[other] have
} no day.
brief-chapters = { $all ->
    [one] What the chapter behind this brief found first
   *[other] What the { $all } chapters behind this brief found first
}
brief-chapters-lacking = { $lacking } of { $all } chapters behind this brief { $lacking ->
    [one] holds
   *[other] hold
} nothing to rest on: { $names }
brief-chapters-sub = Each chapter’s own first sentence. What is missing here may still be known.
brief-chapters-head = Chapter
brief-chapters-answered = Who answered
brief-chapters-found = What it found first
brief-chapter-gone = not in this edition
brief-chapter-empty = nobody has entered anything, or it may not be shown

# 3. What it costs.
brief-cost = What does it cost, and who carries the risk?
brief-cost-freedom = Freedom to speak has no price and is one of the criteria behind who comes first.
brief-money-title = What each option costs in money and in freedom to speak
brief-money-title-over = { $priced ->
    [one] { $over } of 1 option with an amount goes over the budget of { $budget } more often than not
   *[other] { $over } of { $priced } options with an amount go over the budget of { $budget } more often than not
}
brief-money-sub = Cost over { $years } years, from to in 8 cases of 10. Freedom lost: lowest to highest score of 10, less is better.
brief-money-over = Over budget
brief-money-freedom-note = 0 to 10
brief-from-to = { $low } to { $high }
brief-risks-own = The authors name risks in their own words; the chapters found { $found } more
brief-risks-found = The chapters found { $found ->
    [one] 1 risk
   *[other] { $found } risks
}; the authors have entered none of their own
brief-risks-nobody = No risk is entered or found; that does not mean that there is none.
brief-risks-sub = The authors’ own words first.
brief-risks-head = What could go wrong
brief-risks-by-authors = Its authors say
brief-risks-by-chapter = From { $chapter }

# What chapters found, a risk a sentence.
brief-risk-seen = { $seen ->
    [one] 1 of { $all } signs that reopen the decision is seen: { $names }.
   *[other] { $seen } of { $all } signs that reopen the decision are seen: { $names }.
}
brief-risk-unchecked = Nobody has checked { $unchecked } of { $all } signs that would reopen the decision.
brief-risk-exit = { $missing ->
    [one] 1 of { $all } terms of a responsible exit is not in place.
   *[other] { $missing } of { $all } terms of a responsible exit are not in place.
}
brief-risk-harm = Case { $case }: harm to people is beyond what is permitted, as it stands: { $ways }.
brief-risk-acceptance = Case { $case }: { $lacking } of { $all } risks { $lacking ->
    [one] has
   *[other] have
} no named role’s written acceptance.
brief-risk-silent = Case { $case }: asked, and has not answered: { $who }.
brief-risk-crossed = { $crossed ->
    [one] 1 of { $all } signposts is crossed: { $names }.
   *[other] { $crossed } of { $all } signposts are crossed: { $names }.
}
brief-risk-breaks = { $names } { $count ->
    [one] fails
   *[other] fail
} mostly where { $where }: { $fails } times in 100.
brief-risk-bets = { $bets ->
    [one] 1 of { $all } strategic options fails in some future: { $names }.
   *[other] { $bets } of { $all } strategic options fail in some future: { $names }.
}
brief-risk-flows = { $kinds ->
    [one] 1 kind of information is sent to, or opened in, mainland China although it may not be.
   *[other] { $kinds } kinds of information are sent to, or opened in, mainland China although they may not be.
}
brief-risk-nobody = { $nobody ->
    [one] No role is named for 1 of the 48 recommendations of the guide.
   *[other] No role is named for { $nobody } of the 48 recommendations of the guide.
}
brief-risk-alone = { $contacts ->
    [one] 1 contact rests on a single colleague.
   *[other] { $contacts } contacts each rest on a single colleague.
}

# 4. Who sees it differently.
brief-differs = Who recommends what, and who disagreed before?
brief-recommended = { $by }: what they recommend, in their own words
brief-recommended-unnamed = A recommendation is entered; nobody is named as its author
brief-nobody-named-small = nobody is named
brief-open-choice = The choice is open: nobody has entered a recommendation.
brief-dissent-title = { $views ->
    [one] 1 view against an earlier decision or another question is on record
   *[other] { $views } views against earlier decisions or other questions are on record
}
brief-no-view = Nobody has written down a view that differs; that does not mean that all agree.
brief-view-here = this brief
brief-view-decision = on the decision of { $day }
brief-view-decision-no-day = on a decision without a day
brief-view-counted = counted in the chapter on presence
brief-counted-part = { $option } ({ $people })
brief-counted-all = { $people ->
    [one] The 1 person who scored puts { $option } first.
   *[other] All { $people } people who scored put { $option } first.
}
brief-counted = By their own scores and weights, { $all } people put first: { $parts }.
brief-counted-few = People put first most often: { $parts }. { $others ->
    [one] 1 more option was put first by too few people to be counted here.
   *[other] { $others } more options were each put first by too few people to be counted here.
}

# 5. What comes next.
brief-change = What comes next, and what would change it?
brief-change-label = What comes next
brief-next-title = { $all ->
    [one] { $late } of 1 action is late, and { $nobodys } of 1 is nobody’s job
   *[other] { $late } of { $all } actions { $late ->
        [one] is
       *[other] are
    } late, and { $nobodys } of { $all } { $nobodys ->
        [one] is
       *[other] are
    } nobody’s job
}
brief-next-title-review = When decisions on record are looked at again
brief-next-sub = A sign that is seen, or a condition that fails, reopens a decision earlier.
brief-next-head = What
brief-next-owner = Who
brief-next-day = Day
brief-next-state = State
brief-incomes = Incomes a year, never netted
brief-income = { $avenue }
brief-questions-open = { $all ->
    [0] No question is open.
    [one] 1 question is open; { $nobodys } of 1 is nobody’s.
   *[other] { $all } questions open; { $nobodys } nobody’s.
}
brief-group-late = Late
brief-group-nobodys = Nobody’s job yet
brief-group-next = Next
brief-group-review = Decisions to look at again
brief-owner-nobody = nobody yet
brief-days-late = { $days ->
    [one] 1 day late
   *[other] { $days } days late
}
brief-no-day = no day set
brief-decided-on = decided on { $day }
brief-review-due = review due
brief-review-later = stands
brief-review-no-day = nobody has set a review
brief-idle = { $idle ->
    [one] 1 of { $all } tasks to do first has no action in the plan: { $names }.
   *[other] { $idle } of { $all } tasks to do first have no action in the plan: { $names }.
}
brief-unsaid = Nobody has said what becomes of { $unsaid } of { $all } of the guide's recommendations.

# About this edition.
brief-note-words = The workbook recommends nothing. A recommendation here is what the authors named beside it wrote; without one, the choice is open.
brief-note-numbers = Numbers come from the saved results of the chapters of this edition.
brief-note-other-day = Saved for another day than this brief: chapter { $chapters }. Run the workbook to make all of one day.
brief-note-not-in-guide = Not in the guide, and counted nowhere: recommendation { $numbers }.
brief-note-withheld = { $records ->
    [one] 1 record was withheld before anything was computed.
   *[other] { $records } records were withheld before anything was computed.
}

# In the calendar, the tables and the panel.
brief-event-decided = Decided on { $day }: { $what }
brief-event-confirmed = Confirmed with counsel on { $day }
brief-event-not-confirmed = Not confirmed with counsel
brief-drawn = Drawn are the first { $most } of { $all } { $what }; the table has all.
brief-not-taken = Not taken up, because: { $what }
brief-not-taken-but = Not taken up, because: { $what }; but also: { $where }
brief-not-taken-part = not taken up: { $what }
brief-in-plan = { $actions ->
    [one] 1 action in the plan
   *[other] { $actions } actions in the plan
}
brief-live-actions = { $actions ->
    [one] 1 action, { $open } of it open.
   *[other] { $actions } actions, { $open } of them open.
}
brief-live-asked = Asked of and by: { $what }.
brief-live-not-asked = Nobody is asked yet, and no day is set.
brief-live-recommended = Recommended by { $who }: { $what }
brief-live-nobody = nobody named
brief-live-open = The choice is open.
brief-live-answers = Of { $whole ->
    [one] 1 recommendation
   *[other] { $whole } recommendations
} { $taken } taken up somewhere, { $refused } not, with a reason; { $left } without an answer yet.
brief-live-without = { $nobody ->
    [one] 1 has
   *[other] { $nobody } have
} nobody who is responsible.
