"""The other faces of a document: JSON, CSV, IATI, a printable page.

Each shows what the document holds and computes nothing.
"""
