# Chapter 06, companies and projects.

companies-to-begin = Companies and projects: to begin, enter a project, a claim or a message in the forms of this chapter.
companies-finding = All three steps have findings for { $whole } of { $projects ->
    [one] 1 project
   *[other] { $projects } projects
  }; communities were heard in { $heard }
companies-finding-claims = Nobody has checked { $unchecked } of { $claims } claims of companies
companies-unchecked = Nobody has checked { $unchecked } of { $claims } claims of companies.
companies-kept = { $kept ->
    [one] 1 agreement of working groups is reported as kept; somebody else confirms { $confirmed }.
   *[other] { $kept } agreements of working groups are reported as kept; somebody else confirms { $confirmed } of them.
}
companies-softer = { $silent ->
    [one] 1 of { $softer } messages in softer words does not say what they leave out.
   *[other] { $silent } of { $softer } messages in softer words do not say what they leave out.
}

companies-steps = { $projects ->
    [one] 1 project, by the three steps of the conflict prevention tool
   *[other] { $projects } projects, by the three steps of the conflict prevention tool
}
companies-steps-sub = { $left ->
    [0] A step is done when each of its questions has a finding, or somebody looked and saw none. No likelihood and no total is made.
   *[other] A step is done when each of its questions has a finding, or somebody looked and saw none; { $left } more projects stand in the table.
}
companies-step-1 = 1 Causes, triggers
companies-step-2 = 2 Main actors
companies-step-3 = 3 Effects on tensions
companies-community = Community
companies-heard-kinds = Kinds of voices
companies-step-done = findings
companies-heard = heard
companies-not-asked = not asked
companies-voices = { $voices } of { $of }
companies-project-place = { $country }, { $stage }
companies-of = { $part } of { $whole }

companies-why = What do companies say of themselves, and who checked?
companies-why-mean = Claims are quoted with who says them and when; they count as checked once somebody has looked.
companies-claims = Nobody has checked { $unchecked } of { $claims } claims
companies-claims-sub = Dark: somebody has looked, whatever was found; light: nobody has. Most claims first; no company is ranked by them.
companies-claims-looked = Somebody has looked
companies-claims-confirmed = Confirmed, or in part
companies-claims-impact = Answers its own impact
companies-claims-asked = Asked

companies-firm = Who was asked, and what is not known?
companies-firm-mean = A voice without a finding was not asked. Questions follow from what is entered; they are no conclusions.
companies-voices-title = { $silent ->
    [0] Every kind of voice gave a finding on some step
    [one] 1 kind of voice gave no finding on any step: { $names }
   *[other] { $silent } kinds of voice gave no finding on any step: { $names }
}
companies-voices-sub = Number of findings of all projects; a dash: not asked. Our own additions are no steps of the tool and stand in a table of their own.
companies-cost = What do softer words lose?
companies-cost-mean = The same ask stands in several registers; beside each are the right behind it and what it leaves out.
companies-messages = { $messages ->
    [one] 1 message is ready for 1 ask
   *[other] { $messages } messages are ready for { $asks ->
        [one] 1 ask
       *[other] { $asks } asks
    }
}
companies-messages-sub = Words as they are to be said. Softer registers are company responsibility and a problem to be solved.
companies-messages-words = Words
companies-messages-right = Right behind it
companies-messages-lost = What is lost

companies-differs = Where do voices, and rules, differ?
companies-differs-mean = Findings that contradict each other stand side by side; the host government's duty comes first among rules.
companies-contradictions = { $pairs ->
    [one] 1 finding is contradicted by another
   *[other] { $pairs } findings are contradicted by others
}
companies-contradictions-sub = Voice and grade of the evidence: A, official or seen by ourselves, to E, rumour.
companies-finding-head = Finding
companies-voice-grade = { $voice }, grade { $grade }
companies-rules = { $rules ->
    [one] Rules on 1 topic stand side by side
   *[other] Rules on { $rules } topics stand side by side
}
companies-rules-sub = As entered; dated facts, confirm with counsel.
companies-rules-topic = { $country }: { $topic }
companies-rules-host = Host
companies-rules-chinese = Chinese
companies-rules-international = International

companies-change = What was agreed, and who says that it is kept?
companies-change-mean = An agreement counts as kept once another than who owes it says so.
companies-agreements = { $groups ->
    [one] 1 working group has open issues and agreements
   *[other] { $groups } working groups have open issues and agreements
}
companies-agreements-sub = { $absent ->
    [0] Issues and agreements, by group.
   *[other] Issues and agreements, by group. Never there: { $names }.
}
companies-agreements-kind = Kind
companies-agreements-by = Owed by
companies-agreements-day = Met on
companies-agreements-state = State
companies-agreements-kept = { $confirmed ->
    [yes] kept, others confirm
   *[no] said to be kept
}

# In the panel.
companies-live-findings = { $name }: what is seen, and whose voice says so
