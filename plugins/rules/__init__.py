"""The rules of the fund, one module each.

A rule module has `MESSAGES` (its id and every text it can say) and `check(fund)`, a pure function that yields findings. Its docstring
is its specification: the rule, its source, a ledger that breaks it and one that keeps it. May import `ledger`.
"""
