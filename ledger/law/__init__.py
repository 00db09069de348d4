"""How the book is judged: severities and waivers, approvals, evidence, what is published and sealed.

May import `ledger.model` and what is below it. The rules themselves are in `plugins.rules`.
"""
