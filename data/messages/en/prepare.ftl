# Chapter 00. Levels run from 0 (not begun) to 4 (routine), importance from 0 to 4.

prepare-to-begin = Nobody has said yet how ready we are: to begin, send the form on readiness to people who know their office
prepare-nothing-shown = Answers on how ready we are, if there are any, are not shown in this edition
prepare-finding-first = { $task } comes first by gap and importance, of { $of } recommendations
prepare-finding-tie = { $tied } tasks share first place by gap and importance: { $tasks }
prepare-finding-tie-many = { $tied } tasks share first place by gap and importance, among them { $task }
prepare-finding-too-many = { $tied } of { $of } recommendations tie for the first { $first } places: nothing comes first
prepare-finding-no-gap = { $of ->
    [one] Nobody who answered sees a gap that matters to them, on 1 recommendation
   *[other] Nobody who answered sees a gap that matters to them, on { $of } recommendations
}
prepare-finding-no-order = Too few people say both how far we are and what matters for an order
prepare-answered = { $people ->
    [one] 1 person has answered
   *[other] { $people } people have answered
}, from { $answered } of our { $offices } offices; nobody was asked in { $not_asked }.
prepare-answered-all = { $people ->
    [one] 1 person has answered
   *[other] { $people } people have answered
}, from { $answered } of our { $offices } offices.
prepare-answered-silent = { $people ->
    [one] 1 person has answered
   *[other] { $people } people have answered
}, from { $answered } of our { $offices } offices; { $silent } were asked and are silent, in { $not_asked } nobody was asked.
prepare-answered-people = { $people } people have answered; which offices they are from may not be shown here.
prepare-answered-few = Fewer than { $fewest } people have answered: what they say may not be shown here.
prepare-nobody = Nobody is named for { $nobody } of { $of } recommendations, among them { $tasks }.
prepare-nobody-here = In this edition no role is named for { $nobody } of { $of } recommendations, among them { $tasks }.
prepare-silent-tasks = On { $silent } of { $of } recommendations nobody has answered.
prepare-silent-tasks-here = On { $silent } of { $of } recommendations no answer is shown here.
prepare-one-person = The order rests on one person's answers.
prepare-shaky = Fragile: without some one person, { $shaky } of the { $chosen } first tasks would not be among them.
prepare-shaky-way = { $shaky } of the { $chosen } first tasks would not be among them where each office counts once.
prepare-fragile = Fragile

prepare-main = { $named ->
    [0] Nobody is named for any of the { $shown } tasks that come first
   *[other] A role is named for { $named } of the { $shown } tasks that come first
}
prepare-main-no-roles = The { $shown } tasks that come first, by gap and importance
prepare-main-sub = By each person’s gap (levels short of routine, 0 to 4) times importance (0 to 4). Shown: the middle answer of { $people } at most, lowest to highest in brackets.
prepare-main-task = Task
prepare-main-gap = Gap to routine
prepare-main-importance = Importance
prepare-main-role = Named for it
prepare-named-nobody = Nobody
prepare-number = { $middle } ({ $range })

prepare-ready = How ready are we, part by part?
prepare-ready-means = In place: agreed in writing, with a role, and used in everyday work; levels are what people say of their own office.
prepare-ready-reads = By the middle answer on each recommendation; of an even number of answers it may lie between two levels.
prepare-ready-title = { $ready } of { $known } recommendations are in place or routine by the middle answer
prepare-ready-sub = Recommendations by the middle level that people give them, 0 not begun to 4 routine.
prepare-ready-part = Part of the guide
prepare-ready-low = Below 2
prepare-ready-begun = 2 to below 3
prepare-ready-in-place = 3 or 4
prepare-ready-none = No answer shown
prepare-ready-note-low = talked about at most
prepare-ready-note-begun = begun
prepare-ready-note-in-place = in place or routine

prepare-firm = How firm is this, and where are people apart?
prepare-firm-means = Offices that nobody asked may be far from what the others say.
prepare-firm-within = Within an office, people are clearly apart in { $pairs ->
    [one] 1 case
   *[other] { $pairs } cases
}; hear both before anybody counts.
prepare-asked-title = Nobody was asked in { $not_asked } of { $offices } offices
prepare-asked-title-all = Somebody was asked in each of { $offices } offices
prepare-asked-sub = Offices that are open, by kind.
prepare-asked-kind = Kind of office
prepare-asked-answered = Answered
prepare-asked-silent = Asked, no answer
prepare-asked-not = Not asked
prepare-few = few
prepare-apart-title = On { $apart } of { $known } recommendations offices are two or more levels apart
prepare-apart-title-none = On each of { $known } recommendations offices are less than two levels apart
prepare-stop = { $sentence }.
prepare-apart-sub = Levels, 0 not begun to 4 routine: line from lowest to highest answer, dot at the middle; furthest apart first.
prepare-apart-level = Level

prepare-cost = What does it take, and what hangs on one person?
prepare-cost-hub = { $posts } full-time posts in all are given to { $given } of { $functions ->
    [one] 1 function
   *[other] { $functions } functions
} of the hub.
prepare-cost-hub-none = No time is told for any of { $functions ->
    [one] 1 function
   *[other] { $functions } functions
} of the hub.
prepare-cost-left = { $left ->
    [one] 1 person who worked on China
   *[other] { $left } people who worked on China
} left in { $year }, say { $offices } offices; { $without } of { $left } handed nothing over.
prepare-cost-stayed = Nobody who worked on China left in { $year }, say { $offices } offices.
prepare-hub-title = { $nobody } of { $functions } functions of the hub { $nobody ->
    [one] has
   *[other] have
} nobody; { $alone } more { $alone ->
    [one] hangs
   *[other] hang
} on one role
prepare-hub-sub = What a coordinator does for all offices; posts in full-time equivalents.
prepare-hub-function = Function
prepare-hub-state = What is missing
prepare-hub-posts = Posts
prepare-hub-nobody = Nobody
prepare-hub-deputy = No deputy
prepare-hub-covered = Covered
prepare-hub-agreed = Not agreed
prepare-hub-no-answer = No answer
prepare-knowledge-title = One person holds { $alone } of { $pieces } pieces of knowledge, nobody any more holds { $lost }
prepare-knowledge-sub = Pieces of knowledge by who holds them; orange: one person or nobody, and not known to be written down.
prepare-knowledge-kind = Kind
prepare-knowledge-unwritten = One or none, unwritten
prepare-knowledge-written = One or none, written
prepare-knowledge-more = Several people
prepare-knowledge-unknown = Not known

prepare-values = Where do our values and theirs meet, and who differs?
prepare-values-means = A matter that all who spoke refuse is about what we do, not about who others are.
prepare-values-reads = Numbers are views; a row with more than one filled column is one on which our own offices differ.
prepare-values-title = All who spoke refuse { $refused } of { $matters } matters; offices differ on { $differ }
prepare-values-title-plain = How views fall on { $matters } matters between us and Chinese actors
prepare-values-sub = Views by matter: ours refuse it, see conflict, or see gain for both; Chinese actors are many, and each view is about one kind.
prepare-values-matter = Matter
prepare-values-refuse = We refuse
prepare-values-conflict = In conflict
prepare-values-gain = Both gain
prepare-values-open = Not judged
prepare-values-state = Together
prepare-values-differ = Views differ
prepare-values-nobody = Nobody judged
prepare-values-alike = Alike
prepare-values-one = One view

prepare-change = What would change this?
prepare-change-flows = { $open } of { $flows } information flows show no rule; a rule that all offices hold, and keep, would change that.
prepare-change-met = { $met } of { $needs } requests for a colleague can be met, { $perhaps } perhaps.
prepare-flows-title = { $found ->
    [0] No rule for { $flows } information flows contradicts another
    [one] Rules for information contradict each other or lack something in 1 place
   *[other] Rules for information contradict each other or lack something in { $found } places
}
prepare-flows-sub = Flows of information to mainland China: sent, opened or kept there. No legal advice: confirm with counsel.
prepare-flows-what = What was found
prepare-flows-count = Places
prepare-flows-open = no rule is shown
prepare-flows-about = About
prepare-needs-title = { $left } of { $needs } requests for a colleague find no match
prepare-needs-sub = Requests and offers of secondments that are left, and why.
prepare-needs-office = Office
prepare-needs-skill = Skill
prepare-needs-why = Why
prepare-need = Asks
prepare-offer = Offers
prepare-more = { $more ->
    [one] { $sub } 1 more stands in the table.
   *[other] { $sub } { $more } more stand in the table.
}

# How the tables behind the page are made.
prepare-readers = { $pieces ->
    [one] Somebody who reads Chinese holds { $held } of 1 piece of knowledge, { $wide } at the international office or a desk; for { $told } it is said.
   *[other] Somebody who reads Chinese holds { $held } of { $pieces } pieces of knowledge, { $wide } at the international office or a desk; for { $told } it is said.
}
prepare-note-levels = Levels are what people say of their own office, unchecked.
prepare-note-people = This edition shows no single person’s answer: what fewer than { $fewest } people said is left out, and small offices are taken together.
prepare-note-groups = This edition counts no group of fewer than { $smallest }, and shows no single person, office, flow, function or piece of knowledge.
prepare-note-unknown = Left out: answers to numbers that the guide does not have ({ $numbers }).
prepare-note-past = { $secondments ->
    [one] 1 secondment is left out because its last day has passed.
   *[other] { $secondments } secondments are left out because the last day has passed.
}

# In the tables, and in the panel.
prepare-flow-done = { $what }, and done today
prepare-match-missing = { $languages ->
    [one] { $what } is missing
   *[other] { $what } are missing
}
prepare-match-none = { $kind ->
    [offer] no offer with this skill from another office
   *[need] no need with this skill from another office
}
prepare-match-taken = { $what } is matched with another
prepare-match-weeks = { $weeks } of { $of } weeks
prepare-live-shown = Recommendations { $low } to { $high } of { $whole }.
prepare-live-done = You have given a level to { $done } of { $whole }.
