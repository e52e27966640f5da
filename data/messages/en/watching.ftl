# Chapter 07, watching and working with others.

watching-to-begin = Watching and working with others: to begin, enter a signal, a technology or a study in the forms of this chapter.
watching-finding = { $signals ->
    [0] Nobody sent any signal; technologies, studies or roles are entered
    [one] 1 signal came from { $offices } office; { $used } leads to something that somebody follows
   *[other] { $used } of { $signals } signals from { $offices ->
        [one] 1 office
       *[other] { $offices } offices
    } lead to something that somebody follows
}
watching-lessons = { $failed } of { $lessons } lessons tell what did not work.
watching-technologies-said = { $silent } of { $technologies } technologies have rights questions that nobody has answered.
watching-issues = { $both } of { $issues } issues have both an inside and an outside role, as far as may be shown.

watching-signals = { $signals ->
    [one] 1 signal came in
   *[other] { $signals } signals came in, on { $themes ->
        [one] 1 theme
       *[other] { $themes } themes
    }
}
watching-signals-sub = { $left ->
    [0] Signals by theme and quarter, with lessons and those of peers. Used: watched, studied, made a signpost, or put to the hub as a question.
   *[other] Number of signals by theme and quarter, lessons and those of peers included; { $left } more themes stand in the table.
}
watching-signals-of = { $used } of { $signals }
watching-signals-used = Used

watching-why = What do we watch, and what is not known of it?
watching-why-mean = Six rights questions are the same whatever the origin: consent, data, a way out, oversight, price and named harm.
watching-technologies = { $technologies ->
    [one] { $silent } of 1 technology has questions that nobody has answered
   *[other] { $silent } of { $technologies } technologies { $silent ->
        [one] has
       *[other] have
    } questions that nobody has answered
}
watching-technologies-sub = Six rights questions answered yes, no or unknown; no score is made. ▲ rules are made there without our China team.
watching-measures = { $measures ->
    [one] 1 published measure of UN bodies is listed, of { $members } members alike
   *[other] { $measures } published measures of UN bodies are listed, of { $members } members alike
}
watching-measures-sub = Line from the lowest to the highest member; dot: the middle one. Members by the alphabet stand in the table.
watching-measures-about = { $measure }, { $year }
watching-measures-members = Members
watching-measures-values = Lowest to highest
watching-measures-ends = { $low } to { $high }
watching-measures-unit = Counted in
watching-tech-kind = For our work
watching-tech-rights = Rights questions
watching-tech-empty = Not answered
watching-tech-arena = Where rules are made
watching-tech-lever = Leverage
watching-tech-answer = Answer
watching-yes-no = { $yes } yes, { $no } no, { $unknown } unknown
watching-tech-not-said = { $empty } of 6
watching-tech-without-team = { $arena }

watching-firm = What did we learn, and what is not known?
watching-firm-mean = A failure is worth as much as a success. Questions follow from what is entered; they are no conclusions.
watching-lessons-title = { $failed } of { $lessons } lessons tell what did not work
watching-lessons-sub = Those that worked and those that did not take turns. ● worked, ○ did not.
watching-lessons-kind = Lesson
watching-lessons-by = From
watching-cost = What do studies cost, and who pays which part?
watching-cost-mean = A share is the total times one's points, by all points; over a cap the rest is split again among the others.
watching-studies = { $studies ->
    [one] 1 study is paid together
   *[other] { $studies } studies are paid together
}
watching-studies-sub = { $short ->
    [0] Amounts add up to the total of each study. Who has not said its points is left out.
    [one] 1 study is short of its total, because of caps or because points are not said.
   *[other] { $short } studies are short of their total, because of caps or because points are not said.
}
watching-studies-pays = Pays
watching-studies-most = At most
watching-studies-cap = at most { $cap }
watching-studies-not-said = has not said
watching-studies-group = { $question } ({ $currency } { $total })

watching-differs = Who sees the focus areas differently?
watching-differs-mean = Each line runs from the lowest to the highest score; no total is made, so the areas have no order.
watching-focus = { $apart ->
    [0] People are close on each of { $cells } scores of the focus areas
   *[other] People are 4 or more points apart on { $apart } of { $cells } scores of the focus areas
}
watching-focus-sub = Middle score of up to { $people ->
    [one] 1 person
   *[other] { $people } people
} and range, 0 to 10; 10 is most, also for work on rights that would be crowded out.
watching-focus-score = Middle score, and range
watching-focus-cell = { $middle } ({ $low } to { $high })
watching-focus-apart = 4 or more points apart

watching-change = Who plays which part, and which promises are kept?
watching-change-mean = An organisation is listed only where it agreed, and stands beside the other role only where all who are named agreed.
watching-roles = { $issues ->
    [one] 1 issue has somebody inside or outside
   *[other] { $issues } issues have somebody inside or outside
}
watching-roles-sub = Where nobody is listed, somebody may still play the part: nobody here says so.
watching-roles-nobody = nobody here says so
watching-roles-named = { $more ->
    [0] { $names }
   *[other] { $names } and { $more } not listed
}
watching-roles-counted = { $more } not listed
watching-promises = Somebody has looked at { $checked } of { $promises } promises
watching-promises-sub = Access to a body is not change; what was found stands as it was read.
watching-promises-check = Change: what was found
watching-promises-access = Access: what came of asking
watching-promises-voice = A Chinese organisation heard
watching-peers = { $rows ->
    [one] 1 row came from a peer
   *[other] { $rows } rows came from { $peers ->
        [one] 1 peer
       *[other] { $peers } peers
    }
}
watching-peers-sub = Rows by part of their packs, apart from our own; each peer under the name that it chose. They are unchecked.

# Under the tables.
watching-note-roles = An organisation is listed in a role only if it agreed (as of { $year }).
