### What all pages and panels say of a red line, so that it is worded in one place.

# In sentences of chapter 02 on something else.
-red-line-uncrossed = no red line is crossed
-red-line-beyond = beyond a red line

# Chapter 02: beside the finding, where options are left out, and among what was tried.
red-line-finding = { $option } has a fragile lead: people dispute { $lines } of { $of } red lines drawn for it
red-line-options = { $count } of { $all } options { $count ->
    [one] is
   *[other] are
} beyond a red line and not compared: { $names }.
red-line-out = Out, by a red line of { $whose }: { $beyond } of { $scored } people score { $criterion } { $side ->
    [above] above
   *[below] below
} { $limit } of 10.
red-line-out-most = Out, by a red line of { $whose }: at least half of { $scored } people score { $criterion } { $side ->
    [above] above
   *[below] below
} { $limit } of 10.
red-line-out-many = Beyond a red line, not compared: { $names }.
red-line-test = Disputed on no red line
red-line-failed = a red line is disputed ({ $names })

# The panel of chapter 02.
red-line-panel = Red line at { $value }.
red-line-panel-whose = Red line at { $value } ({ $whose }).
red-line-live = “{ $option }” is not compared: it lies beyond the red line on { $criterion }.

# The front page: in the row of an option, how near the leading one is, and a failed test.
red-line-front = red line: “{ $criterion }”
red-line-front-counted = red line “{ $criterion }”: { $beyond } of { $scored } people
red-line-near = { $criterion }: the leading option has { $middle } of 10, red line { $allowed }.
red-line-front-disputed = { $lines ->
    [one] 1 red line is disputed
   *[other] { $lines } red lines are disputed
}

# The brief: the column of options, and a risk a sentence.
red-line-head = Red lines
red-line-verdict = { $code ->
    [within] within
    [beyond] crossed
    [disputed] disputed
    [not_scored] not scored
    [too_few] too few scored it
   *[other] none drawn
}
red-line-brief = out: red line
red-line-risk = { $option } crosses the red line on { $criterion }.
red-line-risk-counted = { $option } crosses the red line on { $criterion }, say { $beyond } of { $scored } people.
red-line-risk-disputed = { $option } may cross the red line on { $criterion }: people are divided.
red-line-risk-disputed-counted = { $option } crosses the red line on { $criterion }, say { $beyond } of { $scored } people; others do not.
