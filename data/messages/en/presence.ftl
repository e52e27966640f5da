presence-finding-nobody = Nobody has scored an option yet
presence-finding-lead = { $option } comes first most often, { $times } times in 100
presence-often = How often each option comes first
presence-often-sub = Times in 100 that an option comes first, when one person's scores and weights are drawn.
presence-often-first = First
