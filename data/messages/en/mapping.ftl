# Chapter 01, internal mapping.

mapping-begin = To begin, list our offices and send each of them the form of this chapter
mapping-nothing-shown = This edition shows no activity of our offices yet
mapping-finding-nobody = { $offices ->
    [one] Our 1 office has not answered yet
   *[other] Of our { $offices } offices, 0 have answered yet
}
mapping-finding-gaps = { $exposed ->
    [one] The country most exposed to Chinese finance shows no activity of ours{ $sees ->
        [all] { "" }
       *[part] { " " }in this edition
    }
   *[other] { $gaps } of the { $exposed } countries most exposed to Chinese finance { $gaps ->
        [one] shows
       *[other] show
    } no activity of ours{ $sees ->
        [all] { "" }
       *[part] { " " }in this edition
    }
}
mapping-finding-no-gap = { $exposed ->
    [one] The country most exposed to Chinese finance shows activities of ours
   *[other] All { $exposed } countries most exposed to Chinese finance show activities of ours
}
mapping-finding-no-facts = Our offices report { $activities ->
    [one] 1 activity
   *[other] { $activities } activities
} on China in { $countries ->
    [one] 1 country
   *[other] { $countries } countries
}
mapping-offices-all = { $offices ->
    [one] Our 1 office answered{ $nothing ->
        [0] .
       *[other] , and has nothing to report.
    }
   *[other] All { $offices } offices answered{ $nothing ->
        [0] .
       *[other] , { $nothing } of them with nothing to report.
    }
}
mapping-offices-counted = { $answered } of { $offices } offices answered{ $nothing ->
    [0] .
   *[other] , { $nothing } of them with nothing to report.
}
mapping-offices-some = { $answered } of { $offices } offices answered{ $nothing ->
    [0] .
   *[other] , { $nothing } of them with nothing to report.
} { $sees ->
    [all] Still silent: { $silent }.
   *[part] In this edition no answer is shown from { $silent }.
}
mapping-unknown = The international office did not know of { $unknown } of { $told ->
    [one] 1 activity
   *[other] { $told } activities
}{ $tenths ->
    [0] .
   *[other] : about { $tenths } in 10.
}{ $open ->
    [0] { "" }
    [one] { " " }Of 1 more nobody said.
   *[other] { " " }Of { $open } more nobody said.
}
mapping-unknown-not-said = { $open ->
    [one] Of the 1 activity nobody said whether the international office knew of it.
   *[other] Of the { $open } activities nobody said whether the international office knew of them.
}
mapping-bounds = { $why ->
    [silent] The unknown share may be { $low } to { $high } in 100 with the { $silent ->
        [one] silent office, if it does
       *[other] { $silent } silent offices, if they do
    } as much as the others.
    [away] The unknown share may be { $low } to { $high } in 100, as some of what was sent is set aside.
   *[both] The unknown share may be { $low } to { $high } in 100 with what is set aside, and { $silent ->
        [one] the silent office
       *[other] { $silent } silent offices
    } as active as the others.
}

mapping-map-gaps = { $gaps } of the { $top } most exposed countries { $gaps ->
    [one] shows
   *[other] show
} no activity: { $names }
mapping-map-no-gap = { $top ->
    [one] The most exposed country shows activities of ours
   *[other] Each of the { $top } most exposed countries shows activities of ours
}
mapping-map-no-facts = Activities are reported in { $countries ->
    [one] 1 country
   *[other] { $countries } countries
}
mapping-map-sub = Each tile is one country, about where it lies. Shade: Chinese development finance 2000 to 2021, in billions of US dollars of 2021. Number: activities that our offices reported.
mapping-map-note = { $drawn ->
    [all] Drawn: the { $exposed } highly exposed countries, and every other of which something is entered; { $shown } in all.
   *[part] Drawn: the { $exposed } highly exposed countries, then those with most activities; { $shown } of { $all }, the others stand in the table.
} Highly exposed: the top { $share } in 100 of countries with a known amount. Names are as the organisation sets them; tiles say nothing about borders or status.
mapping-tile-reported = { $activities }{ $size ->
    [long] { " " }reported
   *[short] { "" }
}
mapping-tile-few = too few to show
mapping-tile-nothing = { $why ->
    [no-office] no office
    [no-answer] no answer
    [not-in-full] not in full
    [nothing] 0 reported
   *[hidden] none shown
}
mapping-shade = { $step ->
    [0] no known amount
    [1] under 5
    [2] 5 to 20
    [3] 20 to 50
   *[other] over 50
}
mapping-edge = { $edge ->
    [limit] highly exposed, no office, or nothing reported ({ $count })
    [limit-hidden] highly exposed, none shown ({ $count })
    [both] highly exposed, no office answered ({ $count })
   *[unknown] no office answered ({ $count })
}
mapping-more = And { $more } more in the table.
mapping-region-unknown = Country not said

mapping-where-label = Gaps
mapping-where = Where are the gaps, and how large is each?
mapping-where-sum = { $gaps ->
    [one] The country without an activity received
   *[other] The { $gaps } countries without an activity received
} USD { $gap } billion from China, of the { $all } billion that the { $exposed } received.
mapping-where-read = The longer a bar, the more Chinese finance and no activity of ours{ $silent ->
    [0] .
   *[other] ; striped where our own office has not answered.
}
mapping-gaps = { $gaps ->
    [one] { $names } is the only gap: USD { $most } billion
   *[other] { $names } received most of the { $gaps }: USD { $most } billion
}
mapping-gaps-sub = Chinese development finance 2000 to 2021, in billions of US dollars of 2021: known amounts only.
mapping-gaps-amount = USD billion
mapping-gaps-office = Our office
mapping-gap-why = { $why ->
    [no-office] none there
    [no-answer] has not answered
    [not-in-full] not known in full
    [nothing] reports nothing there
   *[hidden] not shown
}
mapping-regions = { $each ->
    [one] { $names } has the most gaps: { $most }
   *[other] { $names } have the most gaps: { $most } each
}
mapping-regions-sub = Highly exposed countries by region; in the dark part no activity of ours is shown.
mapping-regions-head = No activity, of all highly exposed
mapping-of = { $part } of { $all }

mapping-firm = Who has answered, and what could the silent offices change?
mapping-firm-known = How much of this did the international office know?
mapping-firm-silent = { $exposed ->
    [0] { $silent ->
        [one] The silent office is in none of the highly exposed countries, and silence says nothing about what it does.
       *[other] The { $silent } silent offices are in other than the highly exposed countries; silence says nothing about what they do.
    }
   *[other] { $exposed } of { $silent } silent offices { $exposed ->
        [one] is in a highly exposed country
       *[other] are in highly exposed countries
    }; silence says nothing about what they do.
}
mapping-firm-read = { $shows ->
    [answers] Light parts are offices without an answer.
    [share] The longer a bar, the more of them the international office had not heard of.
   *[both] Left, light parts are offices without an answer; right, the line runs from the lowest to the highest share that is possible.
}
mapping-answers-all = All { $offices } offices answered
mapping-answers = { $each ->
    [one] { $names } has the most silent offices: { $most }
   *[other] { $names } have the most silent offices: { $most } each
}
mapping-answers-sub = Offices that were asked, by region; one that has nothing to report has answered.
mapping-answers-head = Answered
mapping-answered = answered
mapping-not-answered = no answer
mapping-share = { $unknown } of { $told } activities were not known to the international office
mapping-share-sub = Activities that the international office had not heard of before, of those of which it is said; from 0 to 100 in 100.
mapping-share-head = Not known
mapping-share-told = All that is told
mapping-share-bounds = With silent offices
mapping-share-themes = By theme, most unknown first
mapping-low-high = { $low } to { $high } in 100

mapping-cost-label = Single colleagues
mapping-cost = What would we lose if one colleague left?
mapping-cost-means = A contact that one colleague carries ends when that colleague leaves.
mapping-cost-read = Dark: one colleague carries it; light: two or more do{ $open ->
    [0] .
   *[other] , or nobody said (of { $open }).
}
mapping-contacts = { $single } of { $contacts ->
    [one] 1 current contact rests
   *[other] { $contacts } current contacts { $single ->
        [one] rests
       *[other] rest
    }
} on a single colleague
mapping-contacts-sub = Current activities that name a counterpart, by the strength of the contact.
mapping-contacts-head = One colleague, of all
mapping-strength = { $strength ->
    [3] Regular and trusted
    [2] In touch now and then
    [1] Met once
    [0] No contact yet
   *[unknown] Strength not said
}
mapping-strong = { $strong ->
    [one] 1 of them is regular and trusted
   *[other] { $strong } of them are regular and trusted
}
mapping-strong-sub = Contacts of strength 3 of 3 that one colleague carries, with offices that look at the same counterpart critically.
mapping-strong-counterpart = Counterpart
mapping-strong-office = Office
mapping-strong-critical = Seen critically by

mapping-differs = Which counterparts do our offices see differently?
mapping-differs-means = One office works with { $counterparts ->
    [one] a counterpart that another looks at critically
   *[other] counterparts that others look at critically
}; each may be right, and may not know of the other.
mapping-differs-read = Each row names who works with the counterpart, and who looks at it critically.
mapping-differs-title = { $apart } of { $counterparts } counterparts { $apart ->
    [one] is
   *[other] are
} worked with by one office and criticised by another
mapping-differs-sub = Counterparts of current activities, with their kind; offices as they describe their own activities.
mapping-differs-works = Works with it
mapping-differs-critical = Looks at it critically

mapping-change = What would change this picture?
mapping-strategies-title = { $without } of { $due } country strategies due within { $months } months { $without ->
    [one] has
   *[other] have
} no drafted China section
mapping-strategies-sub = Most exposed country first; rank 1 received most Chinese development finance.
mapping-strategies-country = Country
mapping-strategies-due = Due
mapping-strategies-section = China section
mapping-strategies-rank = Rank
mapping-strategies-overdue = { $day }, overdue
mapping-change-strategies = A country strategy that falls due can say what China means there, once somebody has drafted it.
mapping-change-open = Answers still to come can close a gap, open one, or make two counterparts one.
mapping-open = { $points ->
    [one] 1 point is open that could change this picture
   *[other] { $points } points are open that could change this picture
}
mapping-open-sub = What is not known yet, and whom or what it concerns.
mapping-open-head = Not known yet
mapping-open-count = How many
mapping-open-what = What it could change
mapping-open-silent = Silent offices in highly exposed countries
mapping-open-silent-what = Gaps in their countries: { $names }
mapping-open-names = Pairs of names that look alike
mapping-open-names-what = { $case ->
    [same] Joined, it would still be { $now } that are seen differently
   *[other] Joined, { $joined } would be seen differently, not { $now }
}
mapping-open-known = Activities of which nobody said whether we knew
mapping-open-known-what = The share that the international office did not know
mapping-open-people = Contacts of which nobody said who carries them
mapping-open-people-what = How many rest on a single colleague
mapping-open-full = Offices whose answer is not known in full
mapping-open-full-what = Their countries and activities

# How the tables behind the page are made.
mapping-note-groups = This edition counts no group of fewer than { $smallest } records, and lists no single office, counterpart or activity.
mapping-note-counterparts = Names of counterparts are not shown in this edition.
mapping-note-exposure = Exposure: the rank by known amounts of Chinese development finance, 2000 to 2021, in US dollars of 2021. A country without a known amount has no rank; that does not mean none.
mapping-note-votes = UN votes alike: percent of recorded General Assembly votes cast as China did, in the last year with { $fewest } or more ({ $source }, { $as_of }). Equal votes have many reasons, and show no pressure.

# In the figure of counterparts, and in the panel.
mapping-figure-critical = { $name } (seen critically by { $offices })
mapping-live-no-pair = No pair of names waits to be decided.{ $later ->
    [0] { "" }
    [one] { " " }1 was left for later.
   *[other] { " " }{ $later } were left for later.
}
mapping-live-same = Are these the same organisation? ({ $pairs ->
    [one] 1 pair
   *[other] { $pairs } pairs
} to go)
mapping-live-alike = They are alike by { $points } of 100: { $what }. Nothing is joined until you say so.
mapping-live-waiting = { $waiting } of { $activities ->
    [one] 1 activity waits for an answer.
   *[other] { $activities } activities wait for an answer.
}
