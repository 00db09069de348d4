"""What becomes of a file: of the lines of a statement, the rows of a register, an extract of expenditure, a table of rates.

May import `importers.matching`, `importers.formats` and `ledger`.
"""
