"""The fund's rules as Beancount plugins: `plugins.fund` is the one that a book names; every other module is one rule.

A rule module has `MESSAGES` (its id and every text it can say) and `check(fund)`, a pure function that yields findings. Its docstring
is its specification: the rule, its source, a ledger that breaks it and one that keeps it.
"""
