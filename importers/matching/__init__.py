"""Who paid, and what for: every credit of a bank against every instalment that is outstanding."""
