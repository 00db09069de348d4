"""Tests that an auditor makes of a quarter.

A sample by value, cut-off, duplicates and gaps, round and split amounts, late entries, overrides.
"""
