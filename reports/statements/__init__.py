"""The statements of a quarter, as pure functions `(Fund, quarter) -> frozen dataclass`; every figure is a `Decimal`.

Amounts are in the fund's unit of account unless a field says otherwise. Pledges and receipts are never added together.
"""
