"""Text that XML can hold: a workbook and an IATI file are XML, and what the book says may hold more than that.

Source: Extensible Markup Language (XML) 1.0, production 2, `Char`. openpyxl's own pattern leaves U+FFFE, U+FFFF and
surrogates in, and then no file is written at all.
"""

import re

_NO_CHAR = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def for_xml(text: str) -> str:
    """Return the text with U+FFFD for every character that XML 1.0 cannot hold."""
    return _NO_CHAR.sub("\ufffd", text)
