"""Finish a saved workbook: put in the cached values, and make the same report give the same bytes on every machine."""

import io
import re
import zipfile
from collections.abc import Mapping
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

from ledger.ground.errors import VfundError

_STAMP = (1980, 1, 1, 0, 0, 0)
_CELL = re.compile(r'<c r="(?P<place>[A-Z]+\d+)"(?P<rest>[^>]*)><f>(?P<formula>.*?)</f><v\s*/?>(?:</v>)?</c>')


class MissingValueError(VfundError, RuntimeError):
    """A formula was written without the value that the ledger gives it: a defect of this program."""


def finish(content: bytes, cache: Mapping[str, Mapping[str, Decimal | str]], alt: Mapping[str, str]) -> bytes:
    """Return the final bytes.

    `cache` holds the value of each formula by the sheet's file name and the cell, `alt` what each drawing shows.

    Raises:
        MissingValueError: when a formula has no value.

    """
    source = zipfile.ZipFile(io.BytesIO(content))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            data = source.read(name)
            if name.startswith("xl/worksheets/sheet"):
                data = _fill(name, data.decode(), cache.get(name, {})).encode()
            elif name in alt:
                data = data.replace(b"<cNvPr ", f"<cNvPr descr={quoteattr(alt[name])} ".encode())
            info = zipfile.ZipInfo(name, _STAMP)
            info.compress_type = zipfile.ZIP_STORED
            info.external_attr = 0o600 << 16
            archive.writestr(info, data)
    return target.getvalue()


def _fill(name: str, xml: str, cache: Mapping[str, Decimal | str]) -> str:
    def cell(match: re.Match[str]) -> str:
        value = cache.get(match["place"])
        if value is None:
            raise MissingValueError(f"{name} {match['place']}: {match['formula']}")
        rest = re.sub(r' t="[^"]*"', "", match["rest"])
        kind = ' t="str"' if isinstance(value, str) else ""
        text = escape(value) if isinstance(value, str) else f"{value:f}"
        return f'<c r="{match["place"]}"{rest}{kind}><f>{match["formula"]}</f><v>{text}</v></c>'

    content = _CELL.sub(cell, xml)
    if "<v></v>" in content or "<v/>" in content or "<v />" in content:
        raise MissingValueError(f"{name}: a formula has no value")
    return content
