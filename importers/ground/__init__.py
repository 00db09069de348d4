"""What every format stands on: files, cells and grids, `import.toml`, the record of a statement, refusals.

May import `ledger`.
"""
