"""Statements (pure, frozen dataclasses over the fund) and their faces (the workbook); no face computes a figure of its own."""
