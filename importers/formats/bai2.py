"""Read BAI2 (Cash Management Balance Reporting Specifications, version 2; Bank Administration Institute, 1987).

A file has groups, a group has accounts, an account has a summary (record 03) and transactions (16). Record 88 goes on
with the fields of whatever stands before it, broken between any two of them. Amounts count the smallest unit of the
currency. The trailers (49, 98, 99) hold control totals and counts; what they state is proven.

Banks leave off the slash behind a text, wrap a text without 88, and use codes of their own (920-959 are credits,
960-999 debits): all of that is read. Type 010 is the opening ledger balance and 015 the closing one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from re import compile as compile_pattern

from importers.ground.configuration import Configuration
from importers.ground.files import Source, decode, read_head
from importers.ground.format import Format
from importers.ground.records import BankStatements, Coverage, Line, Nature, StatedBalance, Statement
from importers.ground.refusal import Mistake, RefusedFileError, refuse
from importers.ground.values import join_words
from importers.ground.wire_labels import find_party
from ledger.ground.money import quantum

_NATURES = {
    **dict.fromkeys(("346", "354", "359", "654", "659"), Nature.INTEREST),
    **dict.fromkeys(("564", "567", "661", "698"), Nature.CHARGES),
    **dict.fromkeys(("252", "255", "257", "258", "266", "552", "555", "557", "558", "566"), Nature.RETURN),
}
"""Type codes of the BAI2 specification, appendix A. A bank's own code says nothing of what a line is."""
_CREDITS = (range(100, 400), range(706, 760), range(920, 960))
_DEBITS = (range(400, 700), range(760, 800), range(960, 1000))
_TEXT_ONLY = "890"
_OPENING, _CLOSING = "010", "015"
_INTERIM = {"1", "3"}
"""As-of-date modifiers of a report that a final one follows: of the day before, and of the same day."""
_STATUS = {"2": "deletes what was sent before", "4": "is a test"}
_DEFAULT_CURRENCY = "USD"
"""Where neither the account nor its group names one (specification, record 02)."""
_RECORD = compile_pattern(r"(01|02|03|16|49|88|98|99)(?:,|/|$)")
_NUMBER = compile_pattern(r"[+-]?\d{1,18}")
_MEND = "fetch the whole file again from the bank."


def open_bai2(source: Source, _configuration: Configuration) -> BankStatements | None:
    """Return the statements of BAI2, told by its first record; None for any other file."""
    return BankStatements(tuple(read(source))) if read_head(source).startswith(b"01,") else None


FORMAT = Format("BAI2", "BAI2", BankStatements, open_bai2)


@dataclass(slots=True)
class _Record:
    """A record with the records 88 that go on with it: what is left of each of its lines, slashes off.

    `take` reads field by field, from line to line; `rest` is the text that stands last.
    """

    code: str
    place: str
    lines: list[str] = field(default_factory=list)
    at: int = 0
    count: int = 1
    """How many records it is in the count of a trailer: itself, and each 88."""

    @property
    def more(self) -> bool:
        """Whether a field is left."""
        return self.at < len(self.lines)

    def take(self) -> str:
        """Return the next field; empty where there is none."""
        if not self.more:
            return ""
        value, comma, left = self.lines[self.at].partition(",")
        if comma:
            self.lines[self.at] = left
        else:
            self.at += 1
        return value.strip()

    def number(self, what: str) -> int | None:
        """Return the next field as a whole number; None where it is empty.

        Raises:
            RefusedFileError: when it is anything else.

        """
        text = self.take()
        if text and not _NUMBER.fullmatch(text):
            raise refuse(self.place, f"{what} is {text[:40]!r}; a whole number is expected.", _MEND)
        return int(text) if text else None

    def day(self, what: str) -> date | None:
        """Return the next field as a date (YYMMDD); None where it is empty.

        Raises:
            RefusedFileError: when it is anything else.

        """
        text = self.take()
        try:
            return datetime.strptime(text, "%y%m%d").date() if text else None  # noqa: DTZ007 - a calendar day
        except ValueError as error:
            raise refuse(self.place, f"{what} is {text[:40]!r}; YYMMDD is expected.", _MEND) from error

    def value_day(self) -> date | None:
        """Read past the type of funds and what belongs to it; return the value date where one is stated (type V).

        Raises:
            RefusedFileError: when there is no such type.

        """
        kind = self.take().upper()
        if kind == "V":
            day = self.day("the value date")
            self.take()
            return day
        if kind == "S":
            for when in ("at once", "after one day", "after two days or more"):
                self.number(f"the amount available {when}")
        elif kind == "D":
            for _ in range(2 * (self.number("the count of availabilities") or 0)):
                self.number("an availability")
        elif kind not in {"", "0", "1", "2", "Z"}:
            raise refuse(
                self.place, f"the type of funds is {kind[:40]!r}; one of 0, 1, 2, S, V, D, Z is expected.", _MEND
            )
        return None

    def rest(self) -> str:
        """Return the text behind the fields."""
        text = " ".join(self.lines[self.at :])
        self.at = len(self.lines)
        return text


@dataclass(slots=True)
class _Totals:
    """What a trailer is proven by: the sum of the amounts above it, how many parts it closes, and how many records."""

    amount: int = 0
    parts: int = 0
    records: int = 1

    def close(self, trailer: _Record, parts: str | None) -> Iterator[Mistake]:
        """Take a trailer in; yield what it states and is not so. `parts` is what it counts."""
        self.records += trailer.count
        stated = [("the control total", trailer.number("the control total"), self.amount)]
        if parts:
            stated.append((f"the count of {parts}", trailer.number(f"the count of {parts}"), self.parts))
        stated.append(("the count of records", trailer.number("the count of records"), self.records))
        for what, number, counted in stated:
            if number is not None and number != counted:
                yield Mistake(trailer.place, f"{what} is {number}, but the file has {counted}.", _MEND)

    def add(self, part: "_Totals") -> None:
        """Count a part that its own trailer has closed."""
        self.amount += part.amount
        self.records += part.records
        self.parts += 1


def read(source: Source) -> list[Statement]:
    """Read every account of every group.

    Raises:
        RefusedFileError: when a count or a control total is wrong, or a record cannot be read.

    """
    records = list(_records(decode(source)))
    reader = _Reader(records)
    reader.read()
    if reader.mistakes:
        raise RefusedFileError(reader.mistakes)
    return reader.statements


def _records(text: str) -> Iterator[_Record]:
    """Join lines to records. A line that begins like no record goes on with a text that was wrapped."""
    record: _Record | None = None
    for number, line in enumerate(text.splitlines(), 1):
        content = line.strip()
        if not content:
            continue
        begins = _RECORD.match(content)
        if begins and begins[1] != "88":
            if record:
                yield record
            record = _Record(begins[1], f"line {number}", [content[begins.end() :].removesuffix("/")])
        elif record is None or (not begins and record.code != "16"):
            raise refuse(f"line {number}", f"{content[:40]!r} is no record of BAI2.", _MEND)
        else:
            record.lines.append(content[begins.end() if begins else 0 :].removesuffix("/"))
            record.count += bool(begins)
    if record:
        yield record


class _Reader:
    """Goes through the records of a file once. Each level is in its own method, and ends with its trailer."""

    def __init__(self, records: Sequence[_Record]) -> None:
        self.records = iter(records)
        self.statements: list[Statement] = []
        self.mistakes: list[Mistake] = []

    def _next(self, inside: str, *expected: str) -> _Record:
        record = next(self.records, None)
        if record is None:
            what = f"the file ends within {inside}: it was cut off, its trailer (record {expected[-1]}) is missing."
            raise refuse("", what, _MEND)
        if record.code not in expected:
            what = f"record {record.code} stands within {inside}, where {' or '.join(expected)} is expected."
            raise refuse(record.place, what, _MEND)
        return record

    def read(self) -> None:
        """Read the file."""
        self._next("nothing", "01")
        totals = _Totals()
        while (record := self._next("the file", "02", "99")).code == "02":
            totals.add(self._read_group(record))
        self.mistakes += totals.close(record, "groups")
        surplus = next(self.records, None)
        if surplus is not None:
            raise refuse(surplus.place, "a record stands below the trailer of the file (99).", _MEND)

    def _read_group(self, header: _Record) -> _Totals:
        header.take()
        header.take()
        status = header.take()
        if status in _STATUS:
            raise refuse(
                header.place,
                f"the group {_STATUS[status]} (status {status}).",
                "ask the bank for the statement itself.",
            )
        day = header.day("the day of the group")
        header.take()
        currency, modifier = header.take(), header.take()
        if day is None:
            raise refuse(header.place, "the group has no day.", _MEND)
        totals = _Totals(records=header.count)
        while (record := self._next("a group", "03", "98")).code == "03":
            totals.add(self._read_account(record, currency or _DEFAULT_CURRENCY, day, interim=modifier in _INTERIM))
        self.mistakes += totals.close(record, "accounts")
        return totals

    def _read_account(self, header: _Record, currency: str, day: date, *, interim: bool) -> _Totals:
        number = join_words(header.take())
        account = _Account(f"account {number} of {day}", header.take() or currency, day)
        totals = _Totals(records=header.count)
        balances: dict[str, StatedBalance] = {}
        while header.more:
            code = header.take()
            if not code:
                continue  # some banks write a comma more before the slash
            amount = header.number(f"the amount of type {code}")
            header.number("the count of items")
            header.value_day()
            if amount is not None:
                totals.amount += amount
                balances[code] = StatedBalance(account.money(amount), account.currency, day)
        lines: list[Line] = []
        position = 0
        while (record := self._next(account.place, "16", "49")).code == "16":
            totals.records += record.count
            position += 1
            kind = record.take()
            amount = record.number("the amount") or 0
            totals.amount += amount
            if amount or kind != _TEXT_ONLY:
                lines.append(account.line(record, kind, amount, position))
        self.mistakes += totals.close(record, None)
        opening, closing = balances.get(_OPENING), balances.get(_CLOSING)
        whole = opening is not None and closing is not None and not interim
        self.statements.append(
            Statement(
                place=account.place,
                numbers=tuple(dict.fromkeys((number, number.replace(" ", "")))),
                currency=account.currency,
                coverage=Coverage.COMPLETE if whole else Coverage.PART,
                identity=f"{number} {day}",
                sequence=None,
                opening=opening if whole else None,
                closing=closing if whole else None,
                lines=tuple(lines),
            )
        )
        return totals


@dataclass(frozen=True, slots=True)
class _Account:
    """An account within a group: how its lines are dated, and what its amounts are."""

    place: str
    currency: str
    day: date

    def money(self, units: int) -> Decimal:
        """Return an amount of the smallest unit in the currency."""
        return units * quantum(self.currency)

    def line(self, record: _Record, kind: str, amount: int, position: int) -> Line:
        """Read what stands behind type and amount.

        Raises:
            RefusedFileError: when the type is neither a credit nor a debit.

        """
        credit = any(int(kind) in codes for codes in _CREDITS) if kind.isdecimal() else False
        if not credit and not (kind.isdecimal() and any(int(kind) in codes for codes in _DEBITS)):
            raise refuse(record.place, f"type {kind!r} is neither a credit nor a debit.", _MEND)
        value_day = record.value_day()
        bank_reference, customer_reference = record.take(), record.take()
        text = join_words(record.rest())
        return Line(
            place=f"{self.place}, transaction {position}",
            number=self.money(amount if credit else -amount),
            currency=self.currency,
            day=self.day,
            value_day=value_day,
            reference=join_words(bank_reference),
            text=join_words(text, customer_reference),
            party=find_party(text, credit=credit),
            nature=_NATURES.get(kind, Nature.PAYMENT),
        )
