"""Importers: what comes from outside is read (`formats`), matched (`matching`) and planned (`plans`); `session` and `run` prepare and write many files.

May import `ledger` and `plugins`; never `reports`.
"""
