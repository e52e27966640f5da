# Chapter 03. No sentence says what is to be said or left unsaid.

speaking-to-begin = No case is entered: to begin, record one in the form for speaking out
speaking-nothing-shown = No case on speaking out may be shown in this edition

# Editions that are told totals and see no case.
speaking-totals-open = { $open } cases on speaking out are open
speaking-totals-late = { $open } cases on speaking out are open; { $late } of them are late
speaking-totals-late-few = { $open } cases on speaking out are open; fewer than { $fewest } of them are late
speaking-totals-late-enough = { $open } cases on speaking out are open; { $fewest } or more of them are late
speaking-totals-few = Fewer than { $fewest } cases on speaking out are open
speaking-totals-ready = { $ready } of { $open } open cases wait for nothing but a decision.
speaking-totals-ready-few = Fewer than { $fewest } of { $open } open cases wait for nothing but a decision.
speaking-totals-ready-enough = { $fewest } or more of { $open } open cases wait for nothing but a decision.
speaking-totals-decided = Of { $decided } cases decided in the year, { $held } were held back and { $dropped } dropped.
speaking-totals-few-main = Open, agreed, held back and dropped: fewer than { $fewest } cases each
speaking-totals-few-sub = Number of cases on { $day }; the year is the twelve months before. How many are late or wait for a decision is not told.
speaking-totals-why = Counts below { $fewest } are not told, as they could show which case it is; exercises are not counted.
speaking-totals-only = This edition tells totals of { $fewest } and more, and no case; exercises are not counted.
speaking-totals-main = How many cases are open, and how many lines were agreed in the year
speaking-totals-main-sub = Number of cases on { $day }; the year is the twelve months before. Bars begin at 0.
speaking-totals-number = Cases
speaking-totals-of = Of
speaking-totals-cell-few = Fewer than { $fewest }
speaking-totals-cell-enough = { $fewest } or more
speaking-totals-of-open = open cases
speaking-totals-of-all = all cases, without exercises
speaking-totals-of-agreed = lines agreed in the year
speaking-totals-topics = On what were lines agreed in the year?
speaking-totals-topics-means = A line is agreed where a decision to say something stands, in exact words.
speaking-totals-topics-reads = Topics with fewer than { $fewest } lines are taken together, or left out.
speaking-totals-topics-title-named = { $most } of { $agreed } lines agreed in the year are about { $topic }
speaking-totals-topics-title-other = { $agreed } lines were agreed in the year, on topics of few lines each
speaking-totals-topics-sub = Lines agreed in the twelve months up to { $day }, by topic.
speaking-totals-topics-head = Lines
speaking-totals-other = Other topics
speaking-totals-silence = How often did we say nothing, or too late?
speaking-totals-silence-means = Over-caution harms people, too: these cases ended in silence, or in words that came late.
speaking-totals-silence-reads = A case held back may rightly be so; the number alone cannot tell.
speaking-totals-silence-title = Cases held back, dropped or delayed in the year
speaking-totals-silence-sub = Cases decided in the twelve months up to { $day }; delayed: said after the words were needed.

# What the protocol says, in every edition.
speaking-roles = Who answers for each step, and who stands in?
speaking-roles-means = These roles are named in the organisation's protocol, whatever the case.
speaking-roles-title = { $without ->
    [0] Each of { $steps } steps has a role that answers for it, and a deputy
   *[other] { $without } of { $steps } steps have no deputy
}
speaking-roles-decides = { $who } decides on each case; { $whose } stands in.
speaking-roles-decides-alone = { $who } decides on each case; nobody stands in.
speaking-roles-sub = Steps of the protocol in their order.
speaking-roles-step = Step
speaking-roles-answers = Answers for it
speaking-roles-deputy = Stands in
speaking-roles-nobody = Nobody
speaking-ladder = What follows if pressure comes?
speaking-ladder-means = Pressure is answered step by step, and as one organisation.
speaking-ladder-title = Pressure is met in { $steps } steps
speaking-ladder-sub = Steps of the protocol, the first one at the top.
speaking-ladder-what = What is done
speaking-ladder-who = By whom

# Editions that see cases.
speaking-finding = { $open } of { $cases } cases { $open ->
    [one] is
   *[other] are
} open; { $turn } is next on the most urgent one
speaking-finding-nobody = { $open } of { $cases } cases { $open ->
    [one] is
   *[other] are
} open; nobody is named as next on the most urgent one
speaking-finding-closed = None of { $cases ->
    [one] 1 case
   *[other] { $cases } cases
} is open
speaking-exercises = { $exercises ->
    [one] 1 case is an exercise, and not counted in this.
   *[other] { $exercises } cases are exercises, and not counted in this.
}
speaking-needed = “{ $case }” lacks { $missing ->
    [one] 1 thing
   *[other] { $missing } things
} before it is through; its words are needed by { $day }.
speaking-lacks = “{ $case }” lacks { $missing ->
    [one] 1 thing
   *[other] { $missing } things
} before it is through; no day is named for its words.
speaking-nothing-missing = “{ $case }” lacks nothing.
speaking-silent = { $who } was asked and stayed silent, which is neither consent nor objection.
speaking-silent-many = { $who } were asked and stayed silent, which is neither consent nor objection.
speaking-flags = { $flags ->
    [one] 1 thing does not hold up in the decision: it stands in the board's table.
   *[other] { $flags } things do not hold up in the decision: they stand in the board's table.
}
speaking-board = Where each case stands, and whose turn it is
speaking-board-sub = The most urgent first; of each case its state, what is missing first, and until when. Clocks are read on { $day }.
speaking-board-state = State
speaking-board-missing = Missing first
speaking-board-turn = Whose turn
speaking-board-clock = Next clock ends
speaking-board-needed = Words needed by
speaking-exercise = Exercise
speaking-nobody = Nobody named
speaking-no-day = Not said
speaking-harm = Who carries the risk, on which way?
speaking-harm-means = No benefit makes up for a severe harm to people; a way is in the class of the worst that it may do.
speaking-harm-reads = Dark: within what is tolerated; orange frame: not permitted as it stands; hatched: not known.
speaking-harm-title = { $closed } of { $ways } ways of responding { $closed ->
    [one] is
   *[other] are
} not permitted as { $closed ->
    [one] it stands
   *[other] they stand
}; { $needs } need a written acceptance
speaking-harm-sub = What remains of the harm to each group after measures, as { $people ->
    [one] 1 person
   *[other] { $people } people
} rated it for “{ $case }”.
speaking-harm-group = Who is exposed
speaking-harm-within = within
speaking-harm-acceptance = acceptance
speaking-harm-not-ready = not known
speaking-harm-not-permitted = not permitted
speaking-path = Who has been heard, and who has signed?
speaking-path-means = { $done } of { $needed } answers that the protocol asks for are in.
speaking-path-evidence = { $claims } claims have a row of evidence; { $beyond } of { $ways } ways of responding go further than it reaches.
speaking-path-no-evidence = Nobody has entered evidence for what is claimed.
speaking-path-title = { $waiting ->
    [0] Nobody who was asked is waited for
    [one] 1 of { $needed } is still waited for
   *[other] { $waiting } of { $needed } are still waited for
}
speaking-path-sub = Everybody who must be heard or sign, with the clock of each; days in universal time.
speaking-path-who = Who
speaking-path-state = State
speaking-path-due = Due
speaking-path-answer = Answer
speaking-silence = What would each way bring, and what would silence cost?
speaking-silence-means = Silence has no price and is in no total; over-caution harms people, too.
speaking-silence-reads = Line: lowest to highest rating; dot: the middle one.
speaking-silence-title = Silence costs { $who } { $low } to { $high } of 4, more than others
speaking-silence-alone = Silence costs { $who } { $low } to { $high } of 4
speaking-silence-sub = What silence would mean, 0 none to 4 grave; { $people ->
    [one] 1 person
   *[other] { $people } people
} at most.
speaking-silence-nobody = Nobody has rated what silence would cost
speaking-benefit-title = People rate what “{ $way }” could bring { $low } to { $high } of 4
speaking-benefit-sub = What each way could bring, 0 nothing to 4 much; { $people ->
    [one] 1 person
   *[other] { $people } people
} at most.
speaking-rating = Rating
speaking-who-affected = Who is affected
speaking-way = Way of responding
speaking-not-rated = Nobody rated it
speaking-apart = On what are people apart, and what do they say?
speaking-apart-means = { $apart } of { $rated } ratings of harm fall into different classes, by who gives them.
speaking-apart-agree = People agree on the class of each of { $rated } ratings of harm.
speaking-apart-reads = One person over the line is enough for the class; hear the reasons before anybody counts.
speaking-apart-title = People rate the same harm { $low } to { $high } of 4 where they are furthest apart
speaking-apart-sub = Severity of the harm, 0 none to 4 grave and lasting, after measures where there are any; how many see it over the line.
speaking-apart-harm = Harm and way
speaking-apart-severity = Severity
speaking-apart-over = Over the line
speaking-apart-of = { $over } of { $people }
speaking-said = What those who were asked say, in their own words
speaking-dissent = Dissent on the decision, in its own words
speaking-missing = What would change where it stands?
speaking-missing-means = Each line below keeps “{ $case }” from its next state; whoever is named can change it.
speaking-missing-reads = Other words, firmer evidence or an acceptance that ends change it, too.
speaking-missing-title = { $missing ->
    [one] 1 thing keeps the case from its next states
   *[other] { $missing } things keep the case from its next states
}
speaking-missing-sub = The nearest first, with whose turn it is.
speaking-missing-what = What is missing
speaking-missing-gate = Keeps it from
speaking-more = { $more ->
    [one] { $sub } 1 more stands in the table.
   *[other] { $sub } { $more } more stand in the table.
}

# What stands over the tables of one case, and of the board.
speaking-nobody-named = nobody named
speaking-no-case = No case is entered.
speaking-none-open = None of { $cases ->
    [one] 1 case
   *[other] { $cases } cases
} is open, so that none is shown in detail.
speaking-told-empty = Nothing is entered here yet.
speaking-told-board = { $cases ->
    [one] 1 case is entered
   *[other] { $cases } cases are entered
}{ $exercises ->
    [0] { "" }
    [one] , 1 of them an exercise
   *[other] , { $exercises } of them exercises
}: { $states }.
speaking-told-state = { $name }, “{ $what }”, is at: { $state }.
speaking-told-missing = Next is missing: { $what } (turn of: { $whose }).
speaking-told-missing-more = { $more ->
    [one] 1 thing more is missing.
   *[other] { $more } things more are missing.
}
speaking-told-flags = Does not hold up: { $what }.
speaking-told-silent = { $who } { $people ->
    [one] was
   *[other] were
} asked and did not answer before the clock ran out. That is recorded as silent, neither consent nor objection.
speaking-told-no-group-screened = No group is entered with a way of responding; harm has not been screened.
speaking-told-harm = Ways of responding, by the worst harm for any group.
speaking-told-harm-within = Within what is tolerated: { $options }.
speaking-told-harm-acceptance = Written acceptance needed: { $options }.
speaking-told-harm-not-ready = Harm not known: { $options }.
speaking-told-harm-not-permitted = Not permitted as it stands: { $options }.
speaking-told-no-group-rated = No group is entered with a way of responding; harm has not been rated.
speaking-told-harm-unrated = { $pairs ->
    [one] Nobody has rated harm to people in the 1 pair of group and way yet.
   *[other] Nobody has rated harm to people in any of { $pairs } pairs of group and way yet.
}
speaking-told-line-nobody = { $pairs ->
    [one] Nobody who rated puts the 1 pair of group and way beyond what is tolerated without an acceptance.
   *[other] Nobody who rated puts any of { $pairs } pairs of group and way beyond what is tolerated without an acceptance.
}
speaking-told-line = Furthest over the line: { $share }% of those who rated { $who } for “{ $option }”. One person over a line is enough for the class.
speaking-told-no-rating = No rating of harm is entered.
speaking-told-agree = People agree on the class of { $twice } of { $harms ->
    [one] 1 harm
   *[other] { $harms } harms
} to groups; the others fewer than two rated.
speaking-told-apart = On { $ratings ->
    [one] 1 rating of harm
   *[other] { $ratings } ratings of harm
} people are in different classes; their reasons stand below.
speaking-told-no-way = No way of responding is entered.
speaking-told-ways-open = Not excluded by harm to people: { $options }.
speaking-told-ways-closed = Not permitted as they stand: { $options }.
speaking-told-ways-unknown = Not known: { $options }.
speaking-told-ways-fixed = A benefit does not move them from one to the other.
speaking-told-no-silence = No rating of what silence would cost is entered; it may cost much.
speaking-told-silence-unrated = { $groups ->
    [one] Nobody has rated what silence would cost the 1 group; it may cost much.
   *[other] Nobody has rated what silence would cost any of { $groups } groups; it may cost much.
}
speaking-told-silence = Silence, rated 0 to 4: for { $who } from { $low } to { $high }, middle { $middle }, { $answers ->
    [one] 1 answer
   *[other] { $answers } answers
}.
speaking-told-benefit-unrated = { $ways ->
    [one] Nobody has rated what the 1 way of responding could bring.
   *[other] Nobody has rated what any of { $ways } ways of responding could bring.
}
speaking-told-benefit = People are furthest apart on what “{ $option }” could bring: from { $low } to { $high } of 4.
speaking-told-no-evidence = No row of evidence is entered, whatever is claimed.
speaking-told-evidence = { $claims ->
    [one] 1 claim has a row of evidence.
   *[other] { $claims } claims have a row of evidence.
}
speaking-told-none-beyond = { $ways ->
    [one] The 1 way of responding does not go further than the grades reach.
   *[other] None of { $ways } ways of responding goes further than the grades reach.
}
speaking-told-beyond = Further than the grades reach: { $options }.
speaking-told-no-words = No words are entered yet that could be checked.
speaking-told-wording-none = The wording check points to 0 passages; it sees only what its rules name.
speaking-told-wording = Of { $passages ->
    [one] 1 passage
   *[other] { $passages } passages
} to which the wording check points, { $stops } must be mended or dismissed, { $thought } are for thought, and { $dismissed } dismissed with a reason.
speaking-told-no-path = Nobody was asked yet: the sign-off path is empty.
speaking-told-path = { $done } of { $needed ->
    [one] 1 answer that the protocol asks for is in.
   *[other] { $needed } answers that the protocol asks for are in.
}
speaking-told-path-waiting = Waited for: { $who }.
speaking-told-no-acceptance = None of { $rated ->
    [one] 1 rated pair
   *[other] { $rated } rated pairs
} of group and way needs an acceptance{ $unrated ->
    [0] .
   *[other] ; { $unrated } that nobody rated are not cleared by that.
}
speaking-told-acceptance = { $risks ->
    [one] 1 risk needs
   *[other] { $risks } risks need
} a named role's written acceptance; { $holds ->
    [one] 1 has
   *[other] { $holds } have
} one that holds today.
speaking-told-no-decision = No decision is entered for this case.
speaking-told-decision = { $what } on { $day } by { $who }.
speaking-told-decision-way = { $what } on { $day } by { $who } (“{ $option }”).
speaking-told-dissents = { $dissents ->
    [0] No dissent is entered.
    [one] 1 dissent is on the record.
   *[other] { $dissents } dissents are on the record.
}
speaking-told-no-aftercare = Nothing is entered after a decision yet.
speaking-told-aftercare = { $checks ->
    [one] 1 check is
   *[other] { $checks } checks are
} entered, and { $others ->
    [one] 1 incident, pressure or lesson
   *[other] { $others } incidents, pressures or lessons
}.
speaking-told-no-memory = No decision on any case is entered.
speaking-told-memory = { $decisions ->
    [one] 1 decision is recorded, with words and reasons.
   *[other] { $decisions } decisions are recorded, with words and reasons.
}
speaking-told-no-faults = None of { $entries ->
    [one] 1 entry
   *[other] { $entries } entries
} on cases looks wrong by the checks.
speaking-told-faults = { $faults ->
    [one] 1 entry needs a look.
   *[other] { $faults } entries need a look.
}

# Under the tables.
speaking-note-decides = Nothing here says whether anything is to be said. It shows what people wrote and rated, what is missing, and whose turn it is. A named role decides.
speaking-note-withheld = Cases are shown in full only in an edition that sees everything: a screen of part of the harm would look milder than it is.
speaking-note-own = Own files of the protocol: { $files }.
speaking-note-starting = The protocol is the workbook's starting one; the organisation has not agreed to it yet.
speaking-note-clocks = Clocks are read as of { $day }.
speaking-note-silent = Asked to rate harm and silent, at least in part, after the clock: { $who }.
speaking-note-unmeasured = { $ratings ->
    [one] 1 rating after measures is left out, because no measure is entered there.
   *[other] { $ratings } ratings after measures are left out, because no measure is entered there.
}

# In the panel.
speaking-live-as-of = As of { $day }.
speaking-live-clock = The next clock ends { $day }.
speaking-live-no-clock = No clock runs.
speaking-live-turn = Whose turn: { $whose }.
speaking-live-silent = Asked and silent: { $who }.
speaking-live-more = { $more ->
    [one] and 1 more; it stands in the chapter below
   *[other] and { $more } more; they stand in the chapter below
}
speaking-live-next-card = next card at minute { $minute }
speaking-live-all-cards = all cards are given
speaking-live-about = { $minutes ->
    [one] 1 minute
   *[other] { $minutes } minutes
}, { $cards ->
    [one] 1 card
   *[other] { $cards } cards
}.
