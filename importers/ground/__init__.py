"""What every format stands on.

The file itself, the declarations of `import.toml`, the record of a statement, refusals, cells and grids.

May import `ledger`.
"""
