# Chapter 04: options in futures.

scenarios-to-begin = Only the starting list is there: to begin, send the forms on futures to people who judge what drives what
scenarios-finding-to-begin = Fewer than two things that shape the future stand here: enter them, each with two states or more
scenarios-finding-too-many = More futures hold together than can be searched: judge more influences, or tell fewer things apart
scenarios-finding-no-future = 0 of { $combinations } combinations of states hold together by these judgements
scenarios-no-future-next = The table of near misses shows which combinations fail by least: talk about these first.
scenarios-finding-futures = { $futures ->
    [one] 1 of { $combinations } combinations of states holds together as a future
   *[other] { $futures } of { $combinations } combinations of states hold together as futures
}
scenarios-finding-firmest = { $futures } futures are plausible; the firmest, { $future }, holds together in { $share } of 100 plausible matrices
scenarios-finding-read = { $safe ->
    [0] 0 of { $options } options are good enough in each kind of plausible future; one is in { $high } of 100
   *[other] { $safe } of { $options } options { $safe ->
        [one] is
       *[other] are
    } good enough in { $share } of 100 plausible futures{ $others ->
        [0] {""}
        [one] ; the other in { $high }
       *[other] ; the others in { $low } to { $high }
    }
}
scenarios-read = { $futures ->
    [one] 1 future is plausible; it counts with the scored one that it is most like, { $unlike } in 100 with none.
   *[other] { $futures } futures are plausible; each counts with the scored one that it is most like, { $unlike } in 100 with none.
}
scenarios-breaks = { $options } { $count ->
    [one] fails
   *[other] fail
} mostly where { $where }: { $fails } times in 100.
scenarios-finding-options = { $safe ->
    [0] 0 of { $options } options are good enough in { $futures ->
        [one] the one scored future
       *[other] all { $futures } scored futures
    }
   *[other] { $safe } of { $options } options { $safe ->
        [one] is
       *[other] are
    } good enough in { $futures ->
        [one] the one scored future
       *[other] all { $futures } scored futures
    }; { $near ->
        [0] not one is near the best in each
        [one] 1 is near the best in each
       *[other] { $near } are near the best in each
    }
}
scenarios-scored = { $held } of { $scored } scored futures { $held ->
    [one] is
   *[other] are
} among the { $futures } by the middle judgements.
scenarios-scored-not-today = { $held } of { $scored } scored futures { $held ->
    [one] is
   *[other] are
} among the { $futures } by the middle judgements; today’s own, { $own }, is not scored.
scenarios-scored-not-named = { $held } of { $scored } scored futures { $held ->
    [one] is
   *[other] are
} among the { $futures } by the middle judgements; today’s own, { $own }, has no name and no score.
scenarios-scored-today-apart = { $held } of { $scored } scored futures { $held ->
    [one] is
   *[other] are
} among the { $futures } by the middle judgements; today’s states are not.
scenarios-scored-unsaid = { $held } of { $scored } scored futures { $held ->
    [one] is
   *[other] are
} among the { $futures } by the middle judgements; today’s state of { $unsaid } of { $things } things is unsaid.
scenarios-basis = { $share } in 100 links between drivers are the workbook’s starting list, as { $fewest ->
    [one] nobody judged them
   *[other] fewer than { $fewest } people judged
}; one judgement can tip { $tied } of { $shown } futures.
scenarios-basis-tied = The answer is fragile: one judgement can tip { $tied } of { $shown } futures shown.
scenarios-apart = People differ most on { $option } in { $future }: scores run from { $low } to { $high } of 10.
scenarios-many = So many mean that the judgements leave much open: judge more influences, or tell fewer things apart.
scenarios-fragile = Fragile

scenarios-no-option = Nobody has entered a strategic option yet, so nothing is scored in them.
scenarios-no-name = Nobody has named one of the { $futures } futures yet; options can be scored in named ones only.
scenarios-no-score = { $fewest ->
    [one] Nobody has scored one of { $options ->
        [one] 1 option
       *[other] { $options } options
    } in them yet.
   *[other] Fewer than { $fewest } people have scored { $options ->
        [one] 1 option
       *[other] { $options } options
    } in them, so no score stands here.
}

# The main picture.

scenarios-main-failing = { $count } of { $options } options { $count ->
    [one] is
   *[other] are
} not good enough in { $futures }
scenarios-main-failing-like = { $count } of { $options } options { $count ->
    [one] is
   *[other] are
} not good enough in futures like { $futures }, { $share } in 100
scenarios-main-all-good = { $options } of { $options } scored options are good enough in { $futures ->
    [one] the one scored future
   *[other] all { $futures } scored futures
}
scenarios-main-sub = Middle score of { $most ->
    [one] 1 person
   *[other] { $fewest ->
        [one] 1 to { $most } people
       *[other] { $fewest } to { $most } people
    }
}, 0 (harms the mission) to 10 (as well as one could hope). ✓ { $enough } or more: good enough.
scenarios-main-no = { $fewest ->
    [one] “No”: people who score it below { $enough }, if any.
   *[other] “No”: people who score it below { $enough }; fewer than { $fewest } are not told.
}
scenarios-main-order = “Differs”: things that differ from today.
scenarios-more-options = { $left } more options stand in the table.
scenarios-more-futures = { $left } more scored futures stand in the table.
scenarios-more-things = { $left } more things stand in the table.
scenarios-good-in = Good enough in
scenarios-good-in-note = of 100 futures
scenarios-like = { $share } in 100 like it
scenarios-nil = –
scenarios-n-of-m = { $count } of { $of }
scenarios-good = { $score } ✓
scenarios-low = { $score } ✕
scenarios-say-no = { $people } of { $of } no
scenarios-not-scored = not scored
scenarios-not-scored-in-all = not scored in each of them
scenarios-differs-in = { $steps ->
    [0] as today
   *[other] differs in { $steps } of { $of }
}
scenarios-group-no-regret = Good enough in { $futures ->
    [one] the one scored future
   *[other] all { $futures }
} and near the best in each
scenarios-group-hedge = Good enough in { $futures ->
    [one] the one scored future
   *[other] all { $futures }
}, not near the best in each
scenarios-group-bet = Near the best in some futures, not good enough in others
scenarios-group-neither = Not good enough in some, and nowhere near the best
scenarios-group-not-known = Not scored in { $futures ->
    [one] the one future
   *[other] all { $futures }
}: not compared

# What the futures are.

scenarios-states-label = The futures
scenarios-states-question = { $futures ->
    [one] What is the one scored future?
   *[other] What are the { $futures } scored futures?
}
scenarios-states-meaning = A future is a set of states that hold together; it is no forecast, and has no odds.
scenarios-states-reading = Read down a column to enter a future; the more is filled, the farther it lies from today.
scenarios-states-title = { $same ->
    [yes] { $near } differs from today in { $steps } of { $of } things
   *[no] { $near } differs from today in { $steps } of { $of } things, { $away } in { $more }
}
scenarios-states-title-plain = { $futures ->
    [one] One future
   *[other] { $futures } futures
}, side by side
scenarios-states-sub = States of { $things } things that shape our work: not a forecast.
scenarios-states-filled = Filled: differs from today; – as today.
scenarios-today = Today
scenarios-today-own = holds together as { $own }
scenarios-today-not-said = nobody has said
scenarios-differs-row = Differ from today
scenarios-choose = Step into one future
scenarios-choose-options = Options there, highest middle score first
scenarios-choose-changes = What would have to change from today
scenarios-choose-said = In { $future }, { $good } of { $options } options are good enough{ $steps ->
    [-1] .
   *[other] ; { $steps } of { $of } things would have to change from today.
}
scenarios-choose-share = It holds together in { $share } of 100 plausible matrices.
scenarios-change = { $thing }: from { $was } to { $now }

# How firm they are.

scenarios-firm-question = How firm are the futures?
scenarios-firm-meaning = { $flips ->
    [0] 0 of { $judgements } judgements, changed by one step, makes or unmakes a future.
   *[other] { $more ->
        [yes] { $flips } or more
       *[no] { $flips }
    } of { $judgements } judgements, changed by one step, make or unmake a future.
}
scenarios-firm-decisive = { $more ->
    [yes] { $cells } or more
   *[no] { $cells }
} of { $judgements } judgements, on which people differ, decide which futures hold; most hangs on how { $source } acts on { $target }.
scenarios-firm-reading = { $tied } of { $futures } futures hang on a tie, where another state would fit as well.
scenarios-firm-return = { $returning ->
    [0] Perhaps none of the { $firmest } firmest futures would come back with another panel
   *[other] At least { $returning } of the { $firmest } firmest futures would come back with another panel
}
scenarios-firm-floor = “At least”: another panel shares the starting values, so more come back.
scenarios-firm-title-ties = { $tied } of { $futures } futures hang on a tie
scenarios-firm-sub = { $people ->
    [0] Nobody’s judgements stand here: all rests on the workbook’s starting list.
    [one] By the judgements of 1 person.
   *[other] Filled dots: people by whose own judgements it holds, of { $people }.
}
scenarios-share-head = Holds in
scenarios-share-note = of 100 plausible matrices
scenarios-agreed-head = Holds for
scenarios-tied-head = What would fit as well
scenarios-people-hidden = under { $fewest } on one side
scenarios-tied-note = a tie: one judgement tips it
scenarios-behind = Better, by the middle judgements: { $rivals }
scenarios-rival = { $rival } instead of { $state }
scenarios-tied = { $rivals }
scenarios-not-tied = Nothing: each state leads by { $lead } or more
scenarios-name-today = { $future }, as today
scenarios-aside-group = Named, and not counted
scenarios-aside-state = does not hold together
scenarios-aside = { $why }
scenarios-aside-kept = { $scores ->
    [one] { $why }; 1 score is kept
   *[other] { $why }; { $scores } scores are kept
}

# What safety costs.

scenarios-cost-label = What safety costs
scenarios-cost-question = What does it cost to be safe?
scenarios-cost-meaning = An option good enough everywhere is seldom the best; the points it loses are its price.
scenarios-cost-title = { $others ->
    [0] Options good enough everywhere lose up to { $safe } of 10 points against the best
   *[other] Options good enough everywhere lose up to { $safe } points against the best; the others up to { $most }
}
scenarios-cost-title-unsafe = Each option fails somewhere, and loses up to { $most } of 10 points against the best
scenarios-cost-sub = Middle scores in { $futures ->
    [one] 1 future
   *[other] { $futures } futures
}; dot: their average. Blue: good enough in each; orange: not.
scenarios-cost-range = From worst to best future
scenarios-cost-range-note = 0 to 10; dashed: good enough, { $enough }
scenarios-cost-lost = Most points lost
scenarios-cost-lost-note = against the best option of a future; fewer is better
scenarios-from-to = { $low } to { $high }

# Who sees it differently.

scenarios-differs-question = Who sees it differently?
scenarios-differs-title = { $people } of { $of } people see { $option } { $seen ->
    [no-regret] as good everywhere
    [hedge] hold everywhere
    [bet] pay in some futures only
   *[neither] fail in some, lead in none
}; the middle scores say otherwise
scenarios-differs-title-plain = Where people’s scores of each option lie furthest apart
scenarios-differs-sub = Dots: people, by their own scores in { $futures ->
    [one] the one future
   *[other] all { $futures } futures
}.
scenarios-differs-hidden = may not be shown here: fewer than { $fewest } people on one side
scenarios-differs-no-regret = Good everywhere
scenarios-differs-no-regret-note = near the best in each
scenarios-differs-hedge = Holds everywhere
scenarios-differs-hedge-note = at a price
scenarios-differs-bet = Pays in some
scenarios-differs-bet-note = fails in others
scenarios-differs-neither = Neither
scenarios-differs-neither-note = fails in some, near the best in none
scenarios-spread = Furthest apart in
scenarios-spread-note = lowest to highest score, 0 to 10
scenarios-spread-cell = { $low } to { $high }, { $future }
scenarios-spread-sub = Line: in the future where they are furthest apart; dot: the middle.

# Which way the world is moving.

scenarios-moving-label = Signposts
scenarios-moving-question = Which way is the world moving?
scenarios-moving-blind = { $count } of { $shown } futures { $count ->
    [one] is
   *[other] are
} watched by nothing: { $futures }.
scenarios-moving-overdue = { $overdue } of { $signposts } signposts are overdue for a look.
scenarios-undecided = Nobody has recorded a decision about the futures; what a crossed signpost sets off is open.
scenarios-decided-no-review = The last decision about the futures is of { $day }; no day for its review is set.
scenarios-decided = The last decision about the futures is of { $day }; its review { $due ->
    [yes] was due
   *[no] is due
} on { $review }.
scenarios-moving-title = { $crossed } of { $signposts } signposts { $crossed ->
    [one] is
   *[other] are
} crossed and { $near } { $near ->
    [one] is
   *[other] are
} near
scenarios-moving-title-to = { $crossed } of { $signposts } signposts { $crossed ->
    [one] is
   *[other] are
} crossed, { $near } near; most point to { $futures } ({ $count })
scenarios-moving-sub = Observable signs of a state, { $signposts } in all; one may point to several futures. Read across for each future.
scenarios-moving-unrated = Fewer than { $fewest ->
    [one] 1 person
   *[other] { $fewest } people
} have said what a signpost tells, so what is seen moves no future.
scenarios-moving-no-mean = No option is scored in each future, so what is seen puts none first.
scenarios-moved-head = Futures like it
scenarios-moved-note = of 100: before → after
scenarios-moved = { $before } → { $after } ({ $low } to { $high })
scenarios-moved-title = What signposts show so far moves futures like { $future } from { $before } to { $after } in 100
scenarios-moved-sub = By what people say that { $rated } of { $signposts } signposts tell. Line: by the least and the most that they say.
scenarios-flips-none = { $option } has the highest mean score, { $mean }; not one of { $rated } rated signposts, if crossed, would put another first.
scenarios-flips = { $option } has the highest mean score, { $mean }; { $count } of { $rated } rated signposts would change that: if “{ $state }” is crossed, { $other } leads.
scenarios-watched = Signposts
scenarios-crossed = Crossed
scenarios-near = Near
scenarios-unknown = Not known
scenarios-overdue = Overdue for a look
scenarios-nobody-watches = unwatched
scenarios-signposts = { $count }: { $names }

# Under and over the tables.
scenarios-told-answers = { $judged ->
    [one] 1 person has
   *[other] { $judged } people have
} judged influences; { $scored ->
    [one] 1 has
   *[other] { $scored } have
} scored options.
scenarios-told-no-answer = { $asked ->
    [0] Nobody was asked: no name is entered among those who judge.
    [one] No answer is shown here from the 1 person who was asked.
   *[other] No answer is shown here from any of { $asked } people.
} The futures rest on the starting values, which are this workbook's own judgement and wait for yours.
scenarios-note-decides = Nothing here says which future will come, or what to choose: it shows what follows from what people judged, and what would change it.
scenarios-note-value = The room's value of an influence is the middle of what people said; between two whole numbers, the weaker one. An influence without a judgement is not a zero: the starting value stands in, and for a single person's the room's value.
scenarios-note-unjudged = { $fewest ->
    [one] None of { $pairs } influences has been judged.
   *[other] None of { $pairs } influences has been judged by { $fewest } people.
} They rest on the starting values, which are this workbook's own judgement and wait for yours.
scenarios-note-judged = { $fewest ->
    [one] People
   *[other] { $fewest } people or more
} judged { $own } of { $pairs } influences ({ $share }%). The others rest on the starting values, which are this workbook's own judgement and wait for yours.
scenarios-note-kinds = Good enough: { $enough } or more of 10; near the best: at most { $behind } behind. No-regret move: both in every future. Hedge: good enough everywhere, at a price somewhere. Bet: near the best somewhere, not good enough elsewhere.
scenarios-note-plausible = Plausible: { $times } sets of judgements that other people could have given (by chance, seed { $seed }). They spread as far as people lie apart; where nobody judged, one or two around the starting value. Each is solved exactly. How many would come back is a floor: in simulations more did, as other people share the starting values.
scenarios-note-starting = No drivers have been entered: those of the workbook's starting list are used.
scenarios-note-few-states = Left out for fewer than two states: { $names }.
scenarios-note-uncovered = Left out for influences that nobody has judged: { $names }.
scenarios-note-beyond = { $beyond ->
    [one] 1 judgement lies
   *[other] { $beyond } judgements lie
} outside -3 to 3; used as given, but perhaps a typing error.
scenarios-note-people = This edition shows no single person's judgement; an influence counts if { $fewest } people judged it.
scenarios-note-records = This edition lists no single record.

# In the tables, and in the panel.
scenarios-card-tie = { $name } could as well be { $what }
scenarios-card-near = { $name } would be { $what } if judgements moved by { $points }
scenarios-named-two-states = two states of { $name }
scenarios-named-no-state = no state of { $names }
scenarios-named-completed = completed in the one way that holds together: { $names }
scenarios-named-would-be = { $name } would be { $what } (by { $points })
scenarios-today-apart = { $drivers ->
    [one] one apart (1 driver differs from { $name })
   *[other] one apart ({ $drivers } drivers differ from { $name })
}
scenarios-today-like = one like { $name }, but { $names }
scenarios-live-hold = { $after ->
    [one] 1 future holds
   *[other] { $after } futures hold
} together with these judgements; { $before } before your changes.
scenarios-live-more = { $what }: and { $more } more.
scenarios-live-first = { $futures ->
    [one] The 1 future that holds together now
   *[other] The first { $futures } futures that hold together now
}
scenarios-live-outside = { $value } (outside -3 to +3)
