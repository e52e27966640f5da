"""Who is asked what: questions and what they are worth, lists for each person, the plan."""
