"""Learn how a bank lays out its tables: `words` that headings have, `columns` and what stands in them, `layouts`.

What is learnt is a declaration (`importers.ground.bank_table`) under which the file reads and adds up. May import
`importers.ground` and `importers.formats`.
"""
