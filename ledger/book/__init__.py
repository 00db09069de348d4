"""The files of a book: loading, with Beancount's errors explained, and appending, whole or not at all.

May import `ledger.law` and what is below it.
"""
