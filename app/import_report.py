"""What an import did, as a person reads it on the terminal and as a program reads it."""

from collections import Counter
from collections.abc import Sequence

import click

from app import findings
from app.listing import listing, show_list
from importers.plans.planning import Outcome, What
from importers.session import Prepared, Refused
from ledger.book.append import Appended
from ledger.ground.money import show_number
from ledger.ground.render import render
from reports.table import Cell, ColumnType

_SHOWN = 40
_COLUMNS = {
    "Date": ColumnType.DAY,
    "Payer or text": ColumnType.TEXT,
    "What": ColumnType.TEXT,
    "Taken for": ColumnType.TEXT,
    "Currency": ColumnType.TEXT,
    "Amount": ColumnType.AMOUNT,
}


def counts(done: Sequence[tuple[Prepared, Appended | None]]) -> Counter[str]:
    """Count what became of the lines of all files."""
    counts: Counter[str] = Counter()
    for prepared, _ in done:
        for what, number in prepared.counted:
            counts[what] += number
    return +counts


def show(done: Sequence[tuple[Prepared, Appended | None]]) -> None:
    """Show every line that is new, with what it was taken for and why."""
    for prepared, _ in done:
        click.echo(click.style(f"{prepared.opened.path.name}  ({prepared.opened.format.value})", bold=True))
        shown = [outcome for outcome in prepared.outcomes if outcome.what is not What.KNOWN]
        if shown:
            show_list(listing(_COLUMNS, map(_row, shown[:_SHOWN])))
            remarks = [o for o in shown[:_SHOWN] if o.remark]
            for outcome in remarks:
                click.echo(f"  {outcome.line.day} {show_number(outcome.line.number)}: {outcome.remark}")
            if len(shown) > _SHOWN:
                click.echo(f"  … and {len(shown) - _SHOWN} more lines (--json has them all)")
        counted = ", ".join(f"{number} {what}" for what, number in prepared.counted if number)
        click.echo(f"  {counted or 'nothing new'}")
        for note in prepared.notes:
            click.echo(f"  {note}")


def _row(outcome: Outcome) -> tuple[Cell, ...]:
    line = outcome.line
    payer = (line.party.name or line.text)[:40]
    return line.day, payer, outcome.what.value, _taken(outcome), line.currency, line.number


def _taken(outcome: Outcome) -> str:
    """Say what a line was taken for, with its score (`vfund match --list` has the reasons)."""
    match = outcome.match
    if match is None:
        return "see below" if outcome.remark else ""
    labels = ", ".join(take.instalment.label for take in match.takes) or match.donor
    return f"{labels} ({match.score} points)" + ", see below" * bool(outcome.remark)


def diff(prepared: Prepared, appended: Appended) -> None:
    """Show the lines that the book would gain."""
    click.echo(f"+++ {findings.relative(str(appended.target))}  (from {prepared.opened.path.name})")
    for line in render(prepared.entries).splitlines():
        click.secho(f"+{line}", fg="green")


def refusals(refused: Sequence[Refused]) -> None:
    """Say of every file that was refused why."""
    for item in refused:
        click.echo(f"{click.style('refused', fg='red', bold=True)} {item.path}", err=True)
        for mistake in item.mistakes:
            click.echo(f"  {mistake}", err=True)
        findings.show(item.findings, err=True)


def facts(
    done: Sequence[tuple[Prepared, Appended | None]], refused: Sequence[Refused], *, dry_run: bool
) -> dict[str, object]:
    """Give it all as plain values."""
    return {
        "imported": not dry_run,
        "files": [
            {
                "file": str(prepared.opened.path),
                "format": prepared.opened.format.value,
                "sha256": prepared.opened.source.sha256,
                "counts": dict(prepared.counted),
                "commit": appended.commit if appended else "",
                "lines": [_line(outcome) for outcome in prepared.outcomes],
            }
            for prepared, appended in done
        ],
        "refused": [
            {
                "file": str(item.path),
                "mistakes": [mistake._asdict() for mistake in item.mistakes],
                "findings": [findings.as_data(finding) for finding in item.findings],
            }
            for item in refused
        ],
    }


def _line(outcome: Outcome) -> dict[str, object]:
    line, match = outcome.line, outcome.match
    return {
        "place": line.place,
        "date": str(line.day),
        "amount": str(line.number),
        "currency": line.currency,
        "payer": line.party.name,
        "text": line.text,
        "reference": line.reference,
        "account": outcome.bank,
        "what": outcome.what.value,
        "donor": match.donor if match else "",
        "settles": [take.instalment.label for take in match.takes] if match else [],
        "score": match.score if match else 0,
        "reasons": list(match.reasons) if match else [],
        "remark": outcome.remark,
    }
