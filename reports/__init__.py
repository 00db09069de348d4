"""Statements (pure, frozen dataclasses over the fund) and their faces (the workbook).

No face computes a figure of its own.
"""
