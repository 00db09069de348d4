"""Write bank statements for tests: the same payments as camt.053 or as MT940. Every figure is an example."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from xml.sax.saxutils import escape


@dataclass(frozen=True)
class Paid:
    """One line of a statement; a debit is negative."""

    day: date
    number: Decimal
    payer: str = ""
    text: str = ""
    reference: str = ""
    iban: str = ""
    instructed: tuple[Decimal, str] | None = None
    code: str = "RCDT"


def camt053(
    account: str,
    currency: str,
    opening: Decimal,
    lines: Sequence[Paid],
    *,
    sequence: int,
    begin: date,
    end: date,
    kind: str = "053",
) -> bytes:
    """Return a camt.053.001.08 statement (or, as `052`, a report without balances)."""
    closing = opening + sum((line.number for line in lines), Decimal(0))
    root, inner = ("BkToCstmrStmt", "Stmt") if kind == "053" else ("BkToCstmrAcctRpt", "Rpt")
    balances = (
        _balance("OPBD", opening, currency, begin) + _balance("CLBD", closing, currency, end) if kind == "053" else ""
    )
    entries = "".join(_entry(line, currency) for line in lines)
    text = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.{kind}.001.08"><{root}>\n'
        f"<GrpHdr><MsgId>EXAMPLE-{sequence}</MsgId><CreDtTm>{end}T20:00:00</CreDtTm></GrpHdr>\n"
        f"<{inner}><Id>{account}-{end.year}-{sequence}</Id><ElctrncSeqNb>{sequence}</ElctrncSeqNb><CreDtTm>{end}T20:00:00</CreDtTm>\n"
        f"<Acct><Id><IBAN>{account}</IBAN></Id><Ccy>{currency}</Ccy></Acct>\n{balances}{entries}</{inner}></{root}></Document>\n"
    )
    return text.encode()


def _balance(code: str, number: Decimal, currency: str, day: date) -> str:
    side = "CRDT" if number >= 0 else "DBIT"
    return (
        f'<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy="{currency}">{abs(number)}</Amt><CdtDbtInd>{side}</CdtDbtInd>'
        f"<Dt><Dt>{day}</Dt></Dt></Bal>\n"
    )


def _entry(line: Paid, currency: str) -> str:
    side = "CRDT" if line.number >= 0 else "DBIT"
    party = "Dbtr" if line.number >= 0 else "Cdtr"
    ordered = (
        f'<AmtDtls><InstdAmt><Amt Ccy="{line.instructed[1]}">{line.instructed[0]}</Amt></InstdAmt></AmtDtls>'
        if line.instructed
        else ""
    )
    name = f"<{party}><Pty><Nm>{escape(line.payer)}</Nm></Pty></{party}>" if line.payer else ""
    iban = f"<{party}Acct><Id><IBAN>{line.iban}</IBAN></Id></{party}Acct>" if line.iban else ""
    reference = f"<AcctSvcrRef>{line.reference}</AcctSvcrRef>" if line.reference else ""
    return (
        f'<Ntry><Amt Ccy="{currency}">{abs(line.number)}</Amt><CdtDbtInd>{side}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{line.day}</Dt></BookgDt>'
        f"{reference}<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>{line.code}</Cd><SubFmlyCd>XBCT</SubFmlyCd></Fmly></Domn></BkTxCd>"
        f"<NtryDtls><TxDtls>{ordered}<RltdPties>{name}{iban}</RltdPties><RmtInf><Ustrd>{escape(line.text)}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>\n"
    )


def mt940(
    account: str, currency: str, opening: Decimal, lines: Sequence[Paid], *, sequence: int, begin: date, end: date
) -> bytes:
    """Return an MT940 message with structured details."""
    closing = opening + sum((line.number for line in lines), Decimal(0))

    def balance(tag: str, number: Decimal, day: date) -> str:
        return f":{tag}:{'C' if number >= 0 else 'D'}{day:%y%m%d}{currency}{_swift(number)}"

    body = [":20:EXAMPLE", f":25:{account}", f":28C:{sequence:05d}/001", balance("60F", opening, begin)]
    for line in lines:
        body.append(
            f":61:{line.day:%y%m%d}{line.day:%m%d}{'C' if line.number >= 0 else 'D'}{_swift(line.number)}NTRFNONREF//{line.reference or 'NONREF'}"
        )
        details = f"?20{line.text[:27]}?21{line.text[27:54]}?31{line.iban}?32{line.payer[:27]}?33{line.payer[27:54]}"
        body.append(f":86:166?00TRANSFER{details}")
    body += [balance("62F", closing, end), "-"]
    return ("\r\n".join(body) + "\r\n").encode()


def _swift(number: Decimal) -> str:
    return f"{abs(number):.2f}".replace(".", ",")


IBAN = "US64SVBKUS6S3300958879"
JUNE = {"sequence": 6, "begin": date(2026, 6, 1), "end": date(2026, 6, 30)}
PAYMENTS = [
    Paid(date(2026, 6, 28), Decimal("150000.00"), "República Argentina", "Contribución PL-2026-001/1", "FT-1", "DE89370400440532013000"),
    Paid(date(2026, 6, 29), Decimal("49990.00"), "TESORERIA GENERAL DE LA ARGENTNA", "PL-2026-001/2", "FT-2", "DE02120300000000202051"),
    Paid(date(2026, 6, 29), Decimal("-20.00"), "", "Fees", "FT-3", code="CHRG"),
    Paid(date(2026, 6, 30), Decimal("77.00"), "Somebody", "A gift", "FT-4"),
    Paid(date(2026, 6, 30), Decimal("-300.00"), "Hotel (example)", "Invoice 9", "FT-5"),
    Paid(date(2026, 6, 30), Decimal("12.00"), "", "Interest", "FT-6", code="INTR"),
]  # fmt: skip


def statement(folder: Path, name: str = "june.xml", opening: str = "0.00", lines: list[Paid] | None = None) -> Path:
    """Write the statement of June into a folder, as camt.053, or as MT940 where the name ends in `.sta`."""
    path = folder / name
    write = mt940 if name.endswith("sta") else camt053
    path.write_bytes(write(IBAN, "USD", Decimal(opening), PAYMENTS if lines is None else lines, **JUNE))  # type: ignore[arg-type]
    return path
