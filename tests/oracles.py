"""Count what a bank file holds with a few lines of other code.

The standard library's XML, and patterns over the bytes. No reader of ours is used.
"""

import re
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree as ET

Count = tuple[int, dict[str, Decimal]]
"""How many booked lines, and their signed sum by currency (`?` where the line does not say)."""


def count(path: Path) -> Count:
    """Count a sample of any folder."""
    return {"camt": camt, "mt940": mt940, "bai2": bai2, "ofx": ofx}[path.parent.name](path)


def camt(path: Path) -> Count:
    number, sums = 0, defaultdict[str, Decimal](Decimal)
    for entry in ET.parse(path).getroot().iter():  # noqa: S314 - a sample file
        if _local(entry) != "Ntry":
            continue
        inside = {_local(child): child for child in entry}
        status = "".join(inside["Sts"].itertext()).strip() if "Sts" in inside else ""
        if status in {"BOOK", ""}:
            number += 1
            sign = 1 if inside["CdtDbtInd"].text == "CRDT" else -1
            sums[inside["Amt"].get("Ccy", "?")] += sign * Decimal(inside["Amt"].text or "")
    return number, dict(sums)


def _local(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def mt940(path: Path) -> Count:
    text = path.read_bytes().decode("latin-1").replace("\r", "")
    found = re.findall(r"(?m)^:61:\d{6}(?:\d{4})?(R?[DC])[A-Z]?\s*([\d,]+)", text)
    total = Decimal(0)
    for mark, amount in found:
        sign = 1 if mark in {"C", "RD"} else -1
        total += sign * Decimal(amount.replace(",", ".").rstrip(".") or "0")
    return len(found), {"?": total} if found else {}


def bai2(path: Path) -> Count:
    number, sums, currency = 0, defaultdict[str, Decimal](Decimal), "USD"
    group = "USD"
    for line in path.read_text().splitlines():
        cells = line.rstrip("/").split(",")
        if cells[0] == "02":
            group = cells[6] or "USD"
        elif cells[0] == "03":
            currency = cells[2] or group
        elif cells[0] == "16":
            number += 1
            sums[currency] += (1 if int(cells[1]) < 400 else -1) * Decimal(cells[2]) / 100
    return number, dict(sums)


def ofx(path: Path) -> Count:
    text = path.read_text(encoding="latin-1")
    amounts = re.findall(r"<STMTTRN>.*?<TRNAMT>\s*([+-]?[\d.,]+)", text, re.DOTALL | re.IGNORECASE)
    currency = re.search(r"<CURDEF>\s*([A-Z]{3})", text)
    total = sum((Decimal(amount) for amount in amounts), Decimal(0))
    return len(amounts), {currency[1] if currency else "?": total} if amounts else {}
