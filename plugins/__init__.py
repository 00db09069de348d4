"""The one plugin that a book names, `plugins.fund`, and the rules that it applies, `plugins.rules`.

May import `ledger`.
"""
