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
    [one] A fragile lead: it fails 1 test of 1
   *[other] A fragile lead: it fails { $failed } of { $tests } tests
}
front-held = { $tests ->
    [one] The lead passes 1 test of 1
   *[other] The lead passes { $tests } of { $tests } tests
}
front-tests = { $failed ->
    [0] Tests
    [one] Test failed
   *[other] Tests failed
}
front-points = If { $points }% of average weight moves: “{ $option }” leads
front-middle = By middle scores: “{ $option }” leads
front-half = First in only { $times } of 100
front-person = Without one person another leads
front-people = Without one of { $people } of { $of } people another leads
front-left-out = Without “{ $criterion }”: “{ $option }” leads
front-left-out-more = { $more } more change it too

# Why an option is not compared.
front-outs = Not compared: { $options }.
front-out-option = “{ $option }” ({ $why })
front-out = not compared
front-out-too-few = too few scores
front-out-law = the law, as entered, closes it
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

# How an option stands in the futures.
front-futures = { $futures ->
    [one] In 1 future
   *[other] In { $futures } futures
}
front-future = “{ $option }”: { $short ->
    [0] good enough in each
   *[other] fails in { $short }, such as “{ $worst }”
}
front-untried = “{ $option }”: not tested; { $tried ->
    [one] 1 other was
   *[other] { $tried } others were
}

# Who puts what first.
front-put-first = { $others ->
    [0] { $people } of { $of } people put “{ $option }” first.
   *[other] { $others } of { $of } people do not put “{ $option }” first.
}

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
front-unknown-silent = What { $silent } of { $offices } offices do: no answer

# One line a chapter.
front-line-prepare = { $answered } of { $offices } offices said how ready they are.
front-line-mapping = { $told ->
    [one] Headquarters did not know { $unknown } of 1 activity.
   *[other] Headquarters did not know { $unknown } of { $told } activities.
}
front-line-annual = Last time “{ $option }” led.
front-line-presence = { $listed ->
    [one] { $compared } of 1 option compared.
   *[other] { $compared } of { $listed } options compared.
}
front-line-scenarios = { $tried ->
    [one] 1 option tried.
   *[other] { $tried } options tried.
}
front-line-safe = { $good } of { $tried } strategies { $good ->
    [one] is
   *[other] are
} good enough in { $share } of 100 simulated futures.
front-line-unsafe = { $tried ->
    [one] 1 option tried: good enough in
   *[other] { $tried } options tried: one is good enough in
} { $share } of 100 simulated futures.
front-line-partners = { $listed ->
    [one] { $agreed } of 1 partnership has an agreement.
   *[other] { $agreed } of { $listed } partnerships have an agreement.
}
front-line-companies = { $projects ->
    [one] 1 project of a Chinese company is described.
   *[other] { $projects } projects of Chinese companies are described.
}
front-line-watching = { $signals ->
    [one] 1 signal of change came in.
   *[other] { $signals } signals of change came in.
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
