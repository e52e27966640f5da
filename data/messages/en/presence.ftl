# The finding: who comes first, and how firmly.
presence-to-begin = To begin, list the options for a presence, and ask people to score them
presence-finding-nobody = Nobody has scored any of the { $options } options yet
presence-finding-too-few = Fewer than { $fewest } people have scored any of the { $options } options
presence-finding-one-left = Only { $option } is left to compare, of { $options } options
presence-finding-none-left = { $options ->
    [one] The 1 option is not compared with any other
   *[other] Fewer than two of { $options } options are left to compare
}
presence-finding-tied = { $count } of { $all } options share first place: { $names }
presence-finding-firm = { $option } comes first { $times } times in 100, and holds in { $tests ->
    [one] the 1 test
   *[other] all { $tests } tests
} of how firm that is
presence-finding-middle = { $option } has a fragile lead: with middle scores and mean weights { $rival } comes first
presence-finding-points = { $option } has a fragile lead: moving { $points }% of the weight would put { $rival } first
presence-finding-half = { $option } has a fragile lead: it comes first only { $times } times in 100
presence-finding-criterion = { $option } has a fragile lead: without { $changes } of { $of } criteria, one at a time, another leads
presence-finding-person = { $option } has a fragile lead: without one of { $people } people, another leads
presence-fragile = Fragile

# What else must be known at once.
presence-one-person = One person's judgement is all there is: it puts { $option } first { $times } times in 100.
presence-one-person-tied = One person's judgement is all there is: each of them comes first { $times } times in 100.
presence-times-tied = Each of them comes first { $times } times in 100.
presence-times-one = { $option } comes first { $times } times in 100, and any other option less than once.
presence-times-two = { $option } comes first { $times } times in 100, and { $second } { $seconds }.
presence-times-three = { $option } comes first { $times } times in 100, { $second } { $seconds }, and { $third } { $thirds }.
presence-price = { $option } costs { $range } over { $years ->
    [one] 1 year
   *[other] { $years } years
}; people’s middle score for freedom to speak lost is { $middle } of 10.
presence-price-money = { $option } costs { $range } over { $years ->
    [one] 1 year
   *[other] { $years } years
}, in 8 cases of 10.
presence-price-freedom = People’s middle score for freedom to speak lost with { $option } is { $middle } of 10.
presence-law-lapsed = Ask counsel again: the route of { $option } was open on { $looked }, and the law has changed since.
presence-law-confirmed = The legal route of { $option } was open when counsel looked on { $looked }; confirm it with counsel.
presence-law-entered = The legal route of { $option } is entered as open, without counsel: ask counsel.
presence-law-not-known = Ask counsel: whether the legal route of { $option } is open is not known.
presence-law-not-listed = Ask counsel: nobody has listed what the law asks of { $option }.
presence-law-changed = Ask counsel: the law has changed, and counsel never confirmed the route of { $option }.

presence-closed = { $count } of { $all } options { $count ->
    [one] is closed by law, as entered, and not compared:
   *[other] are closed by law, as entered, and not compared:
} { $names }. Confirm with counsel.

# The main picture.
presence-left = { $left } of { $all } options { $left ->
    [one] is
   *[other] are
} left to compare
presence-left-row = left to compare
presence-left-sub = Options are compared where somebody scored them, { -red-line-uncrossed } and no legal route is closed.
presence-main = { $option } comes first most often: { $times } times in 100
presence-main-tied = { $count } of { $all } options come first equally often
presence-main-sub = Times in 100 that an option comes first, or among the first three, when { $people ->
    [one] the one person's scores and weights are taken
   *[other] one of { $people } people's scores and weights are taken by chance
}.{ $left ->
    [0] {""}
   *[other] {" "}And { $left } more in the table.
}
presence-first = First
presence-first-three = First three
presence-legend-first = first
presence-legend-three = second or third
presence-nobody = Nobody scored it
presence-too-few = Nobody, or fewer than { $fewest } people, scored it
presence-gap = not scored
presence-whose-nobody = nobody named
presence-out-nobody = Nobody scored it: left out, not ranked last.
presence-out-too-few = Nobody, or fewer than { $fewest } people, scored it: left out, not ranked last.
presence-out-closed = Its legal route is closed, as entered: not compared. Confirm with counsel.
presence-out-closed-many = Their legal routes are closed, as entered, and they are not compared: { $names }.
presence-out-nobody-many = { $fewest ->
    [one] Nobody scored them
   *[other] Nobody, or fewer than { $fewest } people, scored them
}: { $names }. Left out, not ranked last.
presence-out-options = { $count } of { $all } options

# Why.
presence-why = What speaks for each option, and what against?
presence-why-ahead = { $option } is ahead of { $rival } most on { $gains }.
presence-why-behind = It is behind most on { $losses }.
presence-why-not-behind = It is behind on none of { $criteria } criteria.
presence-heat = { $option } scores highest for us on { $ahead } of { $criteria } criteria, { $rival } on { $behind }
presence-heat-alone = { $options ->
    [one] 1 option is scored
   *[other] { $options } options are scored
} on { $criteria ->
    [one] 1 criterion
   *[other] { $criteria } criteria
}
presence-heat-sub = Middle score of { $people ->
    [one] 1 person
   *[other] up to { $people } people
}, 0 to 10; ↓ a low number is better; ↔ people 4 or more points apart; orange edge: { -red-line-beyond }.{ $options ->
    [0] {""}
   *[other] {" "}And { $options } more options in the table.
}{ $criteria ->
    [0] {""}
   *[other] {" "}And { $criteria } more criteria in the table.
}
presence-weight = Weight, of 100
presence-low-better = { $criterion } ↓
presence-worse = worse for us
presence-better = better for us

# How firm.
presence-firm = How firm is that?
presence-firm-without = { $count } of { $all } criteria { $count ->
    [one] decides
   *[other] decide
} who leads: without { $criteria }, { $first } leads instead.
presence-firm-read = A lead that fails one of these tests is called fragile.
presence-tests = { $option } keeps its lead in { $held } of { $tests } tests
presence-tests-sub = Each test changes one thing.
presence-test = Test
presence-test-state = Result
presence-test-found = Found
presence-passed = Held
presence-failed = Failed
presence-test-middle = Leads with middle scores and mean weights
presence-test-points = Leads if { $points } of 100 points of weight move
presence-test-half = First at least 50 times in 100
presence-test-criterion = Leads without any one criterion
presence-test-person = Leads without any one person
presence-found-middle = { $rival } leads
presence-found-points = { $points } are enough
presence-found-half = { $times } of 100
presence-found-criterion = { $held } of { $of }
presence-found-person = { $held } of { $of }
presence-found-lines = { $disputed } of { $of }
presence-found-too-few = fewer than { $fewest } people: no count
presence-flips = { $rival } leads once { $points } of 100 points of weight move
presence-flips-other = With middle scores { $first } leads; { $rival } does once { $points } of 100 points of weight move
presence-flips-head = Points to move
presence-flips-note = dashed line: { $points } of 100
presence-flips-sub = Least weight that must move, in points of 100; orange: { $never ->
    [0] fragile.
   *[other] fragile. { $never } of { $all } others lead under no weights.
}{ $left ->
    [0] {""}
   *[other] {" "}And { $left } more in the table.
}

# What it costs.
presence-cost = What does it cost, in money and in words not said?
presence-cost-budget = { $over } of { $priced } priced options cost more than { $budget } in at least half of all cases
presence-cost-ends = { $low } costs least and { $high } most, of those with an amount
presence-cost-one = { $option } is the only option with an amount: { $range }
presence-cost-freedom = { $option } takes most freedom to speak: { $middle } of 10
presence-cost-sub = Low to high, dot: the middle; amounts over { $years ->
    [one] 1 year
   *[other] { $years } years
} in 8 cases of 10, all scores. { $options } of { $all } options have either.{ $left ->
    [0] {""}
   *[other] {" "}And { $left } more in the table.
}
presence-cost-over = { $option } costs more than the budget { $times } times in 100.
presence-cost-no-budget = No budget is entered to hold the amounts against.
presence-cost-no-amounts = No amount is entered for any of { $options ->
    [one] 1 option.
   *[other] { $options } options.
}
presence-freedom-apart = Freedom to speak has no price and is not in the money.
presence-freedom-weight = Freedom to speak has no price and is not in the money; in the ranking it weighs { $points } of 100 points.
presence-money-head = Money, { $currency }{ $unit ->
    [million] {" "}million
   *[one] {""}
}
presence-money-budget = dashed: budget, { $budget }
presence-money-no-budget = from low to high
presence-money-missing = { $range }; { $missing } of { $of } items without an amount
presence-freedom-head = Freedom to speak lost
presence-freedom-note = 0: nothing; 10: whole topics avoided
presence-no-amount = no amount entered
presence-from-to = { $low } to { $high }

# Who sees it differently.
presence-differs = Who sees it differently?
presence-camps = { $low } of { $people } people give { $option } a low score on { $criterion }, and { $high } a high one.
presence-firsts = { $people } of { $of } people put { $option } first
presence-firsts-few = { $of } people differ on what comes first, too few for each option to be counted
presence-firsts-head = People
presence-firsts-sub = Of { $people } people, whom each one's own scores and weights put first most often.{ $left ->
    [0] {""}
   *[other] {" "}And { $left } more in the table.
}
presence-firsts-too-few = too few to be counted
presence-apart = People are furthest apart on { $criterion } for { $option }: { $low } to { $high } of 10
presence-apart-sub = Lowest to highest score of up to { $people } people, 0 to 10; dot: the middle.
presence-option = Option
presence-criterion = Criterion
presence-score = Scores
presence-dissent = { $count ->
    [one] 1 view that differs is on record
   *[other] { $count } views that differ are on record
}
presence-dissent-sub = In people's own words, on the decision of { $day }.{ $left ->
    [0] {""}
   *[other] {" "}And { $left } more in the table.
}

# What would change it.
presence-change = What would change the answer?
presence-asking = Ask first about { $criterion }: to know it adds at most { $points } of 100 points of value, to know everything { $everything }.
presence-asking-nothing = Nothing is worth asking first: to know the scores on { $criteria ->
    [one] 1 criterion
   *[other] all { $criteria } criteria
} would not change who leads.
presence-asking-none-sure = Nothing is worth asking first: none of { $criteria } criteria alone adds more than chance; everything at once adds { $everything } points.
presence-law-all = Ask counsel about { $asked } of { $all } options: confirmation lapsed ({ $lapsed }), law not listed ({ $unlisted }), state not known ({ $unknown }).
presence-triggers = { $seen } of { $all ->
    [one] 1 trigger that reopens
   *[other] { $all } triggers that reopen
} the decision { $seen ->
    [one] has
   *[other] have
} been seen{ $unseen ->
    [0] {""}
   *[other] ; nobody has looked at { $unseen }
}
presence-triggers-more = And { $left } more in the table.
presence-no-review = The last decision is of { $decided }, with no day for its review.
presence-review = The last decision is of { $decided }; its review is on { $review }.
presence-review-due = The last decision is of { $decided }; its review was due on { $review }.
presence-exit = Of the terms of a responsible exit, { $ready } of { $all } are in place.
presence-trigger = What would reopen the decision
presence-state = State
presence-last-look = Days since a look
presence-owner = Watched by
presence-seen = Seen
presence-not-seen = Not seen
presence-no-owner = nobody

# The what-if.
presence-what-if = { $changing } of { $sliders } weights, moved alone, would put another option first
presence-what-if-without-options = Left out: { $left } of { $all } options, { $options }. { $fewest ->
    [one] Nobody scored all of it.
   *[other] Nobody, or fewer than { $fewest } people, scored all of it.
}
presence-what-if-without-criteria = Left out: { $left } of { $all } criteria, { $criteria }. { $fewest ->
    [one] Nobody scored all of it.
   *[other] Nobody, or fewer than { $fewest } people, scored all of it.
}
presence-what-if-without-both = Left out, as { $fewest ->
    [one] nobody
   *[other] nobody, or fewer than { $fewest } people,
} scored all of it: { $options }. Criteria left out: { $criteria }.
presence-now-same = { $option } leads, { $points } points ahead of { $second }.
presence-now-other = { $option } now leads, { $points } points ahead of { $second }. With the weights of all it is { $before }.
presence-now-level = { $count } of { $all } options are level at the top, { $option } and { $second } among them.
presence-of-100 = { $points } of 100
presence-set-to = { $points } of 100 points; { $option } leads
presence-point-less = 1 point less for { $name }
presence-point-more = 1 point more for { $name }
presence-leads-from = from { $points } points on { $option }
presence-reset = { $people ->
    [one] Back to the one person's weights
   *[other] Back to the mean of { $people } people
}
presence-alike = { $criteria ->
    [one] Weigh the criterion as the others
   *[other] Weigh { $criteria } criteria alike
}
presence-try = What if you weighed things differently?
presence-try-sub = Points of 100; all others share the rest. Under each slider: who leads at which setting.{ $others ->
    [0] {""}
    [one] {" "}1 lighter criterion has no slider.
   *[other] {" "}{ $others } lighter criteria have no slider.
}
presence-then = Who leads then
presence-then-sub = Value, 0 lowest to 100 highest; lines run from { $low } to { $high }. Tick: weights of all.
presence-rest = From the middle of all scores. Nothing is saved or sent.{ $left ->
    [0] {""}
   *[other] {" "}And { $left } more options below.
}
presence-still = Who leads as one weight moves and all others share the rest; triangle: where it stands

# Who answered, as other pages say it.
presence-answered = { $people ->
    [one] 1 person has answered
   *[other] { $people } people have answered
}, in { $offices ->
    [one] 1 office
   *[other] { $offices } offices
}{ $silent ->
    [0] .
    [one] ; no answer is shown here from 1 more who was asked.
   *[other] ; no answer is shown here from { $silent } more who were asked.
}
presence-answered-nobody = { $asked ->
    [0] Nobody was asked to judge the options: no list of people is entered.
    [one] No answer is shown here from the 1 person who was asked.
   *[other] No answer is shown here from any of { $asked } people who were asked.
}

# How the tables behind the page are made.
presence-note-no-choice = Nothing here says what to choose: it shows what follows from what people said, and what would change it.
presence-note-chance = Shares are counted in { $times } rounds of chance (seed { $seed }); each takes one person’s own scores and weights.
presence-note-fragile = Fragile: first in fewer than half of the rounds, or led by another once a test is made; the tests are listed with the table.
presence-note-certain = { $scores ->
    [one] 1 score was given as one number and taken as certain.
   *[other] { $scores } scores were given as one number and taken as certain.
}
presence-note-alike = { $count ->
    [one] { $criteria } does not tell the options apart: it is scored alike for all.
   *[other] { $criteria } do not tell the options apart: they are scored alike for all.
}
presence-note-unscored = { $pairs ->
    [one] 1 pair of option and criterion { $fewest ->
        [one] nobody
       *[other] fewer than { $fewest } people
    } scored; there every score counts as possible.
   *[other] { $pairs } pairs of option and criterion { $fewest ->
        [one] nobody
       *[other] fewer than { $fewest } people
    } scored; there every score counts as possible.
}
presence-note-people = This edition shows no single person’s judgement: what fewer than { $fewest } people scored counts as not scored.

# Which test of the lead failed: a reason, in the table of tests.
presence-failed-middle = with middle scores and mean weights { $option } leads instead
presence-failed-points = moving { $points } of 100 points of weight is enough for { $rival } to lead
presence-failed-half = it comes first fewer than 50 times in 100
presence-failed-without = { $of ->
    [criterion] { $times ->
        [one] another leads without one of the criteria
       *[other] another leads without any one of { $times } criteria
    }
   *[person] { $times ->
        [one] another leads without one of the people
       *[other] another leads without any one of { $times } people
    }
}

# In the room's panel, from what is entered there.
presence-live-too-few = { $whose }: score at least two options to see how they compare.
presence-live-title = { $whose }: “{ $option }” comes first { $times } times in 100 ({ $people ->
    [one] 1 person
   *[other] { $people } people
}{ $gaps ->
    [0] { "" }
    [one] ; 1 pair not scored by anyone
   *[other] ; { $gaps } pairs not scored by anyone
})
presence-live-moving = Moving { $points } of 100 points of weight would put “{ $rival }” first.
presence-live-how = That is: { $what }.
presence-live-fragile = That is little: this order is fragile.
presence-live-no-weights = With these scores no weights at all would put another option first.
presence-live-closed = “{ $option }” is not compared: the law closes it as it stands.
presence-live-unscored = “{ $option }” is not compared: nobody scored it.
presence-live-along = { $end ->
    [low] With it moved the lowest
    [high] With it moved the highest
   *[both] With it moved the lowest and the highest
}: { $value } now.
presence-live-likely-first = { $end ->
    [low] Say the most likely first, then the lowest.
    [sure] Say the most likely first, then how sure you are.
   *[high] Say the most likely first, then the highest.
}
presence-live-stops = { $end ->
    [low] The lowest
   *[high] The highest
} stops at the most likely, { $value }. Move that one first.
presence-live-done = You have scored { $done } of { $whole } questions.
presence-live-refused = Not entered; the old value stays. { $what }
