"""The book and its meaning: its language, its donors, pledges and receipts, its periods, and how it is read and written.

Nothing in this package knows of rules, importers, reports or the command line (a test holds that).
"""
