"""Importers: what comes from outside is read (`formats`), matched (`matching`) and planned (`plans`).

How a bank lays out a table is learnt (`learning`). `session` brings files into a book, `importer` is what Fava's import
page uses. May import `ledger` and `plugins`; never `reports`.
"""
