"""What everything stands on: money, periods, texts, canonical text, findings, safe writing of files.

May import nothing of ours.
"""
