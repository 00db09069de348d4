"""Letters to donors.

The statement of account, the acknowledgement of a receipt, the reminder of what is overdue, and the letter that asks to
confirm the account at a year's end.
"""
