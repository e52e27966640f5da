# Chapter 05, partners and money.

partners-to-begin = Partners and money: to begin, enter a partnership, a contact or a way to money in the forms of this chapter.
partners-finding-none-agreed = { $listed ->
    [0] No partnership is entered; contacts and ways to money are
    [one] Of 1 partnership none is agreed or running
   *[other] Of { $listed } partnerships none is agreed or running
}
partners-finding = { $whole ->
    [0] None of { $agreed } agreed partnerships has been looked at on all five indicators; { $checked } had a reading checked
    [one] 1 of { $agreed } agreed partnerships has been looked at on all five indicators; { $checked } had a reading checked
   *[other] { $whole } of { $agreed } agreed partnerships have been looked at on all five indicators; { $checked } had a reading checked
}
partners-harm-not-said = { $silent } of { $agreed } agreed partnerships say nothing about possible harm to the partner.
partners-contacts = { $joint } of { $tried } avenues of contact led to a joint step; { $past } of { $tried } are past their stop date.
partners-funding = { $pursued ->
    [one] 1 way to money is pursued; for { $unclear } of it the law is unclear or counsel has not confirmed it.
   *[other] { $pursued } ways to money are pursued; for { $unclear } of them the law is unclear or counsel has not confirmed it.
}

partners-indicators = Somebody has looked at { $known } of { $cells } indicators of the organisations we work with
partners-indicators-sub = { $left ->
    [0] Five indicators of the guide of 2019; no total is made. ● looked at, ▲ two readings differ. Least looked at first.
   *[other] Five indicators of the guide of 2019; no total is made. ● looked at, ▲ two readings differ. Least looked at first; { $left } more in the table.
}
partners-apart = { $readings ->
    [one] the check reads it differently
   *[other] { $readings } readings apart
}
partners-part = { $reading }, in part
partners-read = { $checked ->
    [yes] { $reading }, checked
   *[no] { $reading }
}

partners-why = With whom do we work, and for what?
partners-why-mean = A purpose says more than a kind: the same organisation may open a door for one and close it for another.
partners-purposes = { $total ->
    [one] 1 partnership goes on or is talked about
   *[other] { $total } partnerships go on or are talked about, by kind and purpose
}
partners-purposes-sub = Number of partnerships; an empty place: no partnership is entered. Ended and declined ones are left out.

partners-firm = What is not known, and who finds out?
partners-firm-mean = These are questions that follow from what is entered; they are no conclusions about a partner.
partners-questions = { $open ->
    [one] 1 question is open; { $nobodys } of 1 is nobody’s
   *[other] { $open } questions are open; { $nobodys } of { $open } { $nobodys ->
        [one] is
       *[other] are
    } nobody’s
}
partners-questions-sub = Number of rows behind each question; nobody's: no role is named that decided.
partners-questions-rows = Rows
partners-questions-about = About
partners-questions-no-owner = Nobody's

partners-cost = Whose money, under which law, with which limits on our words?
partners-income = Pursued ways bring { $ends } a year, if all go badly or all go well; { $counted } of { $pursued } have amounts. Nothing is netted.
partners-income-unknown = Nobody has entered what the { $pursued } pursued ways may bring in a year.
partners-money = { $pursued } of { $avenues } ways to money are pursued
partners-money-sub = Income of a year: line from the amount passed in nine years of ten to that passed in one of ten. Dated facts; confirm with counsel.
partners-money-answer = Answer
partners-money-law = The law, as entered
partners-money-freedom = Freedom to speak
partners-money-income = Income of a year
partners-money-law-state = { $confirmed ->
    [yes] { $law }
   *[no] { $law }; not confirmed
}
partners-money-unknown = nobody has said how much
partners-money-no-currency = nobody has said in which currency

partners-differs = Who reads an organisation differently?
partners-differs-mean = Both readings stay, each with its office and grade; no average is made, and the newer one does not win.
partners-differs-title = { $indicators ->
    [one] 1 indicator is read differently
   *[other] { $indicators } indicators are read differently
}
partners-differs-sub = Grade of the evidence: A, official or seen by ourselves, to E, rumour.
partners-differs-indicator = Indicator
partners-differs-office = Read by
partners-differs-reading = Reading
partners-differs-grade = Grade
partners-differs-checked = Check
partners-differs-check = { $by }: { $result }

partners-change = What comes next, and where do we stop?
partners-change-mean = Past its stop date a contact needs an answer: go on, or stop. Conditions of an appearance are read aloud before the day.
partners-contacts-title = { $past } of { $tried } contacts are past their stop date
partners-contacts-sub = Days of work so far, as far as entered, and the furthest that any of them led.
partners-contacts-days = Days
partners-contacts-furthest = Furthest
partners-contacts-stop = Go on or stop?
partners-contacts-past-cell = { $past ->
    [one] 1 past its date
   *[other] { $past } past their dates
}
partners-appearances = { $shown ->
    [one] { $met } of 1 joint appearance meets all six conditions
   *[other] { $met } of { $shown } joint appearances { $met ->
        [one] meets
       *[other] meet
    } all six conditions
}
partners-appearances-sub = Six conditions before: our own words, an independent voice, no slogans, critics admitted, logo agreed, we can withdraw.
partners-appearances-day = Day
partners-appearances-answer = Answer
partners-appearances-before = Conditions met
partners-appearances-after = Kept afterwards
partners-conditions = { $met } of { $of }
partners-kept = { $kept } of { $of }

# In the panel.
partners-live-apart = Of { $read ->
    [one] 1 indicator
   *[other] { $read } indicators
} that somebody read, people read { $apart } differently. Both readings stay.
partners-live-conditions = { $open } of { $conditions ->
    [one] 1 condition is open.
   *[other] { $conditions } conditions are open.
}
