# What several chapters say. One id, one whole sentence.

list-names = { $names }
list-more = { $names } and { $more } more
money = { $unit ->
    [million] { $currency } { $amount } million
   *[one] { $currency } { $amount }
}
money-range = { $unit ->
    [million] { $currency } { $low } to { $high } million
   *[one] { $currency } { $low } to { $high }
}

# The five sections of every chapter, as the links at its top name them.
section-why = Why
section-firm = How firm
section-cost = Costs
section-differs = Who differs
section-change = What would change it

# Unknown is said in one of five ways.
unknown-not-asked = Nobody was asked
unknown-no-answer = Asked, no answer
unknown-nothing = Answered "nothing"
unknown-nobody-looked = Nobody yet
unknown-withheld = { $records ->
    [one] 1 record may not be shown here
   *[other] { $records } records may not be shown here
}
unknown-not-said = nobody has said

# The last row of a picture that does not hold all of its table.
rows-more = and { $rows } more in the table
under-one = under 1

# Under the tables of a chapter.
note-withheld = { $records ->
    [one] 1 record was withheld before anything was computed.
   *[other] { $records } records were withheld before anything was computed.
}
note-shows-all = Whatever is entered is shown in this edition.
note-shows-some = Some of what is entered may be withheld from this edition; everything here is computed from what it shows.
nothing-to-draw = { $title }: nothing to show yet.

# Questions that follow from what is entered, on the pages of 06 and 07.
open-questions = { $open ->
    [one] 1 question is open
   *[other] { $open } questions are open
}
open-questions-sub = Number of rows behind each question.
open-questions-rows = Rows
