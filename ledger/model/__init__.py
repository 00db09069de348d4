"""What the book says: the fund, its entries, pledges, receipts, donors, purposes and rates, without a judgement on them.

May import `ledger.language` and `ledger.ground`.
"""
