# What a case of speaking out lacks, and what does not hold up in a decision.
# Parts of rows: they begin small and end without a full stop.

# To be complete.
protocol-not-written = not written down: { $what }
protocol-no-moment = no moment with its zone: { $what }
protocol-no-exposed = nobody is listed as exposed; list at least the offices concerned
protocol-no-office = no office answers for group { $group }
protocol-no-evidence = no claim has a row of evidence
protocol-no-grade = claim { $claim } has no grade
protocol-consent = claim { $claim }: the consent of its source { $consent ->
    [refused] is refused
    [not_asked] has not been asked for
   *[unknown] is not known
}
protocol-no-holding-back = holding back is not among the ways of responding
protocol-only-silence = no way of responding but silence is listed

# To be heard.
protocol-not-asked = { $who } must be heard and has not been asked
protocol-no-deputy-asked = { $who } has not answered in time, and no deputy has been asked
protocol-deputy-has = { $who } has not answered in time; { $deputy } has until { $until }
protocol-has-until = { $who } has been asked and has until { $until }

# To be ready for a decision.
protocol-harm-not-asked = people have not been asked to rate harm
protocol-harm-not-known = harm to people is not known for { $groups }
protocol-harm-waits = ratings are waited for from { $offices }
protocol-silence-few = the cost of silence has been rated by too few
protocol-no-owner = measure { $measure } is nobody’s job
protocol-stopped = stopped by { $who } until { $until }; only { $aside } may set this aside, in writing
protocol-wording = { $findings ->
    [one] 1 finding of the wording check neither mended nor dismissed
   *[other] { $findings } findings of the wording check neither mended nor dismissed
}
protocol-unsigned = the step { $step } is not signed off: { $why }
protocol-disagrees = { $who } does not agree
protocol-unsigned-not-asked = the step { $step } is not signed off; nobody has asked { $who }
protocol-unsigned-waits = the step { $step } is not signed off; { $who }: { $state }

# To be decided, done and looked after.
protocol-undecided = no decision is recorded
protocol-ended = the decision of { $decided } ended on { $ended } without being carried out; it has to be taken afresh
protocol-not-done = what was decided has not been recorded as done
protocol-check = the check at { $check } { $is_past ->
    [yes] was
   *[no] is
} due on { $due }

# What does not hold up in a decision.
protocol-missing-then = decided while this was missing: { $what }
protocol-sent-back = sent back on { $day }
protocol-decided-by = decision: { $why }
protocol-no-such-way = the decision names no way of responding of this case
protocol-beyond-evidence = the route goes further than the evidence for { $claims }
protocol-not-permitted = the route was not permitted as it stood when it was chosen
protocol-risk = risk to { $group } without a valid acceptance when decided: { $state }

# Why a signature, an acceptance of a risk or a veto does not count.
protocol-not-deputy = { $who } signs for { $whose } without being the deputy
protocol-own-case = { $who } proposed the case and cannot approve it
protocol-asked = asked, no answer yet
protocol-refused = refused
protocol-unread-moment = no moment of the answer that can be read
protocol-unwritten = nothing is in writing
protocol-no-last-day = it has no last day
protocol-too-long = { $days ->
    [one] it runs longer than the 1 day that the protocol allows
   *[other] it runs longer than the { $days } days that the protocol allows
}
protocol-it-ended = it ended on { $day }
protocol-no-right = the protocol gives no right of veto here; it counts as an objection
protocol-no-reason = it gives no reason; it counts as an objection
protocol-set-aside = set aside in writing by { $who }
