"""What an officer does: the entries and directives of each act, and what must be found in the book for it.

May import every other room of `ledger`.
"""
