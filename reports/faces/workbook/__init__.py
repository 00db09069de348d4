"""The workbook to the Permanent Council.

The statements as an Excel file, with typed numbers, live formulas and right cached values.
"""
