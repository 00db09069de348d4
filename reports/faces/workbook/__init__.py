"""The workbook to the Permanent Council: the statements as an Excel file, with typed numbers, live formulas and right cached values."""
