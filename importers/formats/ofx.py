"""Read OFX 1 (SGML) and OFX 2 (XML): bank and credit card statements.

OFX 1 leaves the end tags of values out, so XML and SGML are read by one small reader of tags (the libraries for OFX are
unmaintained or under another licence, docs/decisions.md). OFX states no opening balance: it is the ledger balance less
the lines, and the book must agree with it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from html import unescape

from importers.ground.configuration import Configuration
from importers.ground.files import Source, decode, read_head
from importers.ground.format import Format
from importers.ground.records import BankStatements, Coverage, Line, Nature, Party, StatedBalance, Statement
from importers.ground.refusal import Mistake, RefusedFileError, refuse
from importers.ground.values import join_words, parse_day, parse_number
from ledger.ground.money import ZERO

_TOKEN = re.compile(r"<(/?)([A-Z0-9][A-Z0-9._]*)\s*(/?)>([^<]*)", re.IGNORECASE)
_NATURES = {"INT": Nature.INTEREST, "FEE": Nature.CHARGES, "SRVCHG": Nature.CHARGES}
_MEND = "fetch the file again from the bank."
_DEEPEST = 40


@dataclass(slots=True)
class _Node:
    """A tag with its value, or with the tags inside it."""

    name: str
    line: int
    value: str = ""
    inside: list["_Node"] = field(default_factory=list)

    def all(self, name: str) -> Iterator["_Node"]:
        """Return every tag of a name below this one."""
        for node in self.inside:
            if node.name == name:
                yield node
            yield from node.all(name)

    def one(self, name: str) -> "_Node | None":
        """Return the tag of a name directly inside."""
        return next((node for node in self.inside if node.name == name), None)

    def text(self, *path: str) -> str:
        """Return the value at the end of a path; empty where it ends before."""
        node: _Node | None = self
        for name in path:
            node = node.one(name) if node else None
        return node.value if node else ""


def open_ofx(source: Source, _configuration: Configuration) -> BankStatements | None:
    """Return the statements of OFX, told by its header or its root; None for any other file."""
    head = read_head(source).upper()
    return BankStatements(tuple(read(source))) if b"OFXHEADER" in head or b"<OFX>" in head else None


FORMAT = Format("OFX", "OFX", BankStatements, open_ofx)


def read(source: Source) -> list[Statement]:
    """Read every bank and card statement.

    Raises:
        RefusedFileError: when the file is cut off, reports a failure, or holds no such statement.

    """
    head = source.content[:400].upper()
    if source.encoding is None and b"CHARSET:1252" in head:
        source = Source(source.name, source.content, "cp1252")
    root = _build_tree(decode(source))
    _check_failures(root)
    result = [node for name in ("STMTRS", "CCSTMTRS") for node in root.all(name)]
    if not result:
        other = next(root.all("INVSTMTRS"), None) is not None
        what = (
            "the file is an investment statement; only bank and card accounts are read."
            if other
            else "the file holds no statement."
        )
        raise refuse("", what, "ask the bank for the statement of the account.")
    statements: list[Statement] = []
    mistakes: list[Mistake] = []
    for node in result:
        try:
            statements.append(_read_statement(node))
        except RefusedFileError as error:
            mistakes += error.mistakes
    if mistakes:
        raise RefusedFileError(mistakes)
    return statements


def _build_tree(text: str) -> _Node:
    """Build the tree of tags.

    One with a value needs no end tag; one without is open until its end tag, or until its parent ends (an empty value).
    """
    begin = text.upper().find("<OFX>")
    if begin < 0:
        raise refuse("", "there is no <OFX> in the file.", _MEND)
    if "<!DOCTYPE" in text.upper() or "<!ENTITY" in text.upper():
        raise refuse(
            "line 1", "the file declares a DTD or entities; a bank's file has none.", "do not trust this file."
        )
    path, line, at = [_Node("", 1)], 1 + text.count("\n", 0, begin), begin
    root = path[0]
    for token in _TOKEN.finditer(text, begin):
        line += text.count("\n", at, token.start())
        at = token.start()
        if token[1]:
            _close_tag(path, token[2].upper(), line)
        else:
            _open_tag(path, _Node(token[2].upper(), line, unescape(token[4]).strip()), alone=bool(token[3]))
    if len(path) > 1:
        raise refuse(f"line {line}", f"<{path[-1].name}> is never ended: the file was cut off.", _MEND)
    return root


def _open_tag(path: list[_Node], node: _Node, *, alone: bool) -> None:
    """Hang a tag into the tree; one without a value stays open."""
    path[-1].inside.append(node)
    if not node.value and not alone:
        path.append(node)
        if len(path) > _DEEPEST:
            raise refuse(f"line {node.line}", "the tags lie too deep within each other.", _MEND)


def _close_tag(path: list[_Node], name: str, line: int) -> None:
    """End a tag: that of the value just read, or an open one with all that is open in it."""
    if name in {node.name for node in path}:
        while path.pop().name != name:
            pass
    elif not _is_end_of_value(path[-1], name):
        raise refuse(f"line {line}", f"</{name}> ends nothing.", _MEND)


def _is_end_of_value(parent: _Node, name: str) -> bool:
    """Return whether an end tag is that of the value just read."""
    return bool(parent.inside) and parent.inside[-1].name == name


def _check_failures(root: _Node) -> None:
    """Refuse a file in which the bank reports a failure."""
    mistakes = [
        Mistake(
            f"line {node.line}",
            f"the bank reports an error: {node.text('CODE')} {node.text('MESSAGE')}".strip() + ".",
            _MEND,
        )
        for node in root.all("STATUS")
        if node.text("SEVERITY").upper() == "ERROR"
    ]
    if mistakes:
        raise RefusedFileError(mistakes)


def _read_statement(node: _Node) -> Statement:
    place = f"line {node.line}"
    account = node.one("BANKACCTFROM") or node.one("CCACCTFROM")
    number = account.text("ACCTID") if account else ""
    currency = node.text("CURDEF").upper()
    if not number or not re.fullmatch("[A-Z]{3}", currency):
        raise refuse(place, "the statement names no account, or no currency.", _MEND)
    bank = account.text("BANKID") if account else ""
    mistakes: list[Mistake] = []
    lines: list[Line] = []
    for item in node.all("STMTTRN"):
        try:
            lines.append(_read_line(item, currency))
        except RefusedFileError as error:
            mistakes += error.mistakes
    if mistakes:
        raise RefusedFileError(mistakes)
    opening = closing = None
    balance = node.one("LEDGERBAL")
    if balance is not None:
        here = f"line {balance.line}"
        stated, day = (
            _read_amount(balance.text("BALAMT"), here, "the ledger balance"),
            _read_day(balance.text("DTASOF"), here, "its date"),
        )
        closing = StatedBalance(stated, currency, day)
        first = min((line.day for line in lines), default=day)
        opening = StatedBalance(stated - sum((line.number for line in lines), ZERO), currency, first)
    period = node.text("BANKTRANLIST", "DTSTART")[:8], node.text("BANKTRANLIST", "DTEND")[:8]
    return Statement(
        place=place,
        numbers=tuple(
            dict.fromkeys(way for way in (number, f"{bank}/{number}" if bank else "", number.replace(" ", "")) if way)
        ),
        currency=currency,
        coverage=Coverage.COMPLETE if closing else Coverage.PART,
        identity=join_words(number, *period),
        sequence=None,
        opening=opening,
        closing=closing,
        lines=tuple(lines),
        ends=False,  # the balance of the moment of the download
    )


def _read_line(node: _Node, currency: str) -> Line:
    place = f"line {node.line}"
    kind = node.text("TRNTYPE").upper()
    account = node.one("BANKACCTFROM") or node.one("BANKACCTTO")
    own = node.text("CURRENCY", "CURSYM").upper()
    if own and own != currency:
        raise refuse(
            place, f"the line is in {own}, its account in {currency}.", "ask the bank for a statement in one currency."
        )
    return Line(
        place=place,
        number=_read_amount(node.text("TRNAMT"), place, "TRNAMT"),
        currency=currency,
        day=_read_day(node.text("DTPOSTED"), place, "DTPOSTED"),
        reference=node.text("FITID"),
        text=join_words(node.text("MEMO"), node.text("REFNUM")) or join_words(node.text("NAME")),
        party=Party(
            join_words(node.text("NAME") or node.text("PAYEE", "NAME")), account.text("ACCTID") if account else ""
        ),
        nature=_NATURES.get(kind, Nature.PAYMENT),
    )


def _read_amount(text: str, place: str, what: str) -> Decimal:
    return parse_number(re.sub(r",(?=\d{1,2}$)", ".", text.strip()), place, what)


def _read_day(text: str, place: str, what: str) -> date:
    """Read `20160331120000.000[-5:EST]`: the calendar day where the bank is."""
    try:
        return parse_day(datetime.strptime(text.strip()[:8], "%Y%m%d").date().isoformat(), place, what)  # noqa: DTZ007 - a calendar day
    except ValueError as error:
        raise refuse(place, f"{what} is {text[:30]!r}.", "a date such as 20160331 is expected.") from error
