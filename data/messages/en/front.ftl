# The front page: what leaders see first, from what the chapters saved.

# Who is asked for what, by when.
front-asked = { $purpose }: { $whom }, by { $day }
front-asked-no-day = { $purpose }: { $whom }, no day set
front-purpose = Asked
front-nobody-named = Nobody named yet
front-somebody = somebody not named

# How firm the lead is.
front-not-compared = { $options ->
    [one] 1 option, not yet compared
   *[other] { $options } options, not yet compared
}
front-fragile = { $tests ->
    [one] A fragile lead: 1 test of 1 failed
   *[other] A fragile lead: { $failed } of { $tests } tests failed
}
front-held = { $tests ->
    [one] The lead held in 1 test of 1
   *[other] The lead held in { $tests } of { $tests } tests
}
front-points = { $option } leads if { $points }% of the weight moves
front-middle = By middle scores { $option } leads
front-half = First in only { $times } of 100
front-person = Without one person another leads
front-people = Without one of { $people } of { $of } people another leads
front-lines = { $lines ->
    [one] 1 red line is disputed
   *[other] { $lines } red lines are disputed
}
front-left-out = { $option } leads without “{ $criterion }”
front-left-out-more = { $more } more change it too

# Why an option is not compared.
front-outs = Not compared: { $options }.
front-out-option = { $option } ({ $why })
front-out = not compared
front-out-too-few = too few scores
front-out-law = the law, as entered, closes it
front-out-line = red line on { $criterion }
front-out-line-votes = red line on { $criterion }: { $beyond } of { $scored } people
front-ask-counsel = ask counsel
front-led-before = led last time
front-in-recommendation = recommended
front-in-decision = decision of { $year }
front-in-last-decision = last decision
front-range = { $middle }, from { $low } to { $high }
front-range-of-ten = { $middle } of 10, from { $low } to { $high }
front-unit = { $unit ->
    [million] { $currency } million
   *[thousand] { $currency } thousand
}
front-years = { $years ->
    [one] over 1 year
   *[other] over { $years } years
}

# How near the leading option is to a red line that others cross.
front-danger = { $criterion }: the leading option has { $middle } of 10, red line { $allowed }.

# How an option stands in the futures.
front-futures = { $futures ->
    [one] In 1 future
   *[other] In { $futures } futures
}
front-future = { $option }: { $short ->
    [0] good enough in each
   *[other] falls short in { $short }, as in { $worst }
}
front-untried = { $option }: untried

# Who puts what first.
front-put-first = { $people } of { $of } people put { $option } first.

# What is due.
front-due-decision = Decision
front-due-review = Review of { $year } decision
front-due-review-last = Review of last decision
front-due-nobody = nobody yet
front-late = { $actions ->
    [one] { $late } of 1 action late
   *[other] { $late } of { $actions } actions late
}

# What the numbers cannot tell.
front-unknown-law = { $routes ->
    [one] What the law allows on { $open } of 1 legal route
   *[other] What the law allows on { $open } of { $routes } legal routes
}
front-unknown-freedom = What freedom to speak is worth
front-unknown-silent = What { $silent } of { $offices } offices do

# One line a chapter.
front-line-prepare = { $answered } of { $offices } offices said how ready they are.
front-line-mapping = { $told ->
    [one] { $unknown } of 1 activity was unknown centrally.
   *[other] { $unknown } of { $told } activities were unknown centrally.
}
front-line-annual = { $option } led last time.
front-line-presence = { $listed ->
    [one] { $compared } of 1 option compared.
   *[other] { $compared } of { $listed } options compared.
}
front-line-scenarios = { $tried ->
    [one] 1 option tried.
   *[other] { $tried } options tried.
}
front-line-safe = { $good } of { $tried } strategic options { $good ->
    [one] is
   *[other] are
} good enough in { $share } of 100 futures.
front-line-unsafe = { $tried ->
    [one] 1 option tried: good enough in
   *[other] { $tried } options tried: one is good enough in
} { $share } of 100 plausible futures.
front-line-partners = { $listed ->
    [one] { $agreed } of 1 partnership agreed.
   *[other] { $agreed } of { $listed } partnerships agreed.
}
front-line-companies = { $projects ->
    [one] 1 project of companies described.
   *[other] { $projects } projects of companies described.
}
front-line-watching = { $signals ->
    [one] 1 signal came in.
   *[other] { $signals } signals came in.
}
front-line-brief = { $actions ->
    [one] 1 action planned.
   *[other] { $actions } actions planned.
}

# What an edition leaves out.
front-rows-missing = { $rows ->
    [one] 1 row is missing here until mended.
   *[other] { $rows } rows are missing here until mended.
}
front-rows-missing-offices = { $rows ->
    [one] 1 row is missing here until mended: { $offices }.
   *[other] { $rows } rows are missing here until mended: { $offices }.
}
front-rows-of = { $office } ({ $rows })
front-rows-of-others = others ({ $rows })
front-withheld-none-seen = This edition shows all records that could be used; none was withheld.
front-withheld-not-said = Some records may have been withheld from this edition; it does not say how many.
front-withheld = { $records ->
    [0] No record was withheld from this edition.
    [one] 1 record was withheld from this edition before anything was counted.
   *[other] { $records } records were withheld from this edition before anything was counted.
}
front-wider = This edition was set to show more than it usually does: { $more }.
