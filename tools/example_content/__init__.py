"""What the bundled example says, and the many ways in which its offices send it.

The federation, its offices and all that they do are invented; organisations, countries and
contexts are those of the source documents. The CSV files beside this module are the content: a
cell `old>new` in a row of both cycles is what the row said in 2025 and says in 2026.
"""
