"""What an import did, as a person reads it on the terminal and as a program reads it."""

from collections import Counter
from collections.abc import Iterable, Sequence

import click

from app import findings
from app.language import say, translate
from app.listing import Columns, listing, show_list
from importers.plans.plan import Outcome, OutcomeKind
from importers.session import ImportedFile, RefusedFile
from ledger.ground.money import show_number
from ledger.ground.phrases import N_
from ledger.ground.render import render
from reports.table import Cell, ColumnType

_SHOWN = 40
_COLUMNS: Columns = {
    N_("Date"): ColumnType.DAY,
    N_("Payer or text"): ColumnType.TEXT,
    N_("What"): ColumnType.TEXT,
    N_("Taken for"): ColumnType.TEXT,
    N_("Currency"): ColumnType.TEXT,
    N_("Amount"): ColumnType.AMOUNT,
}


def counts(imported: Sequence[ImportedFile]) -> Counter[str]:
    """Count what became of the lines of all files."""
    counts: Counter[str] = Counter()
    for item in imported:
        for what, number in item.plan.counted:
            counts[what] += number
    return +counts


def show(imported: Sequence[ImportedFile]) -> None:
    """Show every line that is new, with what it was taken for and why."""
    for item in imported:
        click.echo(click.style(f"{item.file.path.name}  ({item.file.format.name})", bold=True))
        shown = [outcome for outcome in item.plan.outcomes if outcome.kind is not OutcomeKind.KNOWN]
        if shown:
            show_list(listing(_COLUMNS, map(_row, shown[:_SHOWN])))
            remarks = [o for o in shown[:_SHOWN] if o.remark]
            for outcome in remarks:
                click.echo(f"  {outcome.line.day} {show_number(outcome.line.number)}: {translate(outcome.remark)}")
            if len(shown) > _SHOWN:
                click.echo("  " + say("… and {number} more lines (--json has them all)", number=len(shown) - _SHOWN))
        click.echo(f"  {describe_counts(item.plan.counted) or say('nothing new')}")
        for note in item.plan.notes:
            click.echo(f"  {translate(note)}")


def describe_counts(counted: Iterable[tuple[str, int]]) -> str:
    """Return what became of the lines: `3 linked, 1 unclaimed`."""
    return ", ".join(f"{number} {translate(what)}" for what, number in counted if number)


def _row(outcome: Outcome) -> tuple[Cell, ...]:
    line = outcome.line
    payer = (line.party.name or line.text)[:40]
    return line.day, payer, translate(outcome.kind.value), _describe_outcome(outcome), line.currency, line.number


def _describe_outcome(outcome: Outcome) -> str:
    """Return what a line was taken for, with its score (`vfund match --list` has the reasons)."""
    match = outcome.match
    if match is None:
        return say("see below") if outcome.remark else ""
    labels = ", ".join(take.instalment.label for take in match.takes) or match.donor
    points = say("{labels} ({number} points)", labels=labels, number=match.score)
    return points + ", " + say("see below") if outcome.remark else points


def diff(item: ImportedFile) -> None:
    """Show the lines that the book would gain."""
    if item.appended is None:
        return
    source = say("from {file}", file=item.file.path.name)
    click.echo(f"+++ {findings.relative(str(item.appended.target))}  ({source})")
    for line in render(item.plan.entries).splitlines():
        click.secho(f"+{line}", fg="green")


def refusals(refused: Sequence[RefusedFile]) -> None:
    """Say of every file that was refused why."""
    for item in refused:
        click.echo(click.style(say("refused"), fg="red", bold=True) + f" {item.path}", err=True)
        for mistake in item.mistakes:
            click.echo(f"  {mistake}", err=True)
        findings.show(item.findings, err=True)


def facts(imported: Sequence[ImportedFile], refused: Sequence[RefusedFile], *, dry_run: bool) -> dict[str, object]:
    """Return it all as plain values."""
    return {
        "imported": not dry_run,
        "files": [
            {
                "file": str(item.file.path),
                "format": item.file.format.name,
                "sha256": item.file.sha256,
                "counts": dict(item.plan.counted),
                "commit": item.appended.commit if item.appended else "",
                "lines": [_line(outcome) for outcome in item.plan.outcomes],
                "notes": list(item.plan.notes),
            }
            for item in imported
        ],
        "refused": [
            {
                "file": str(file.path),
                "mistakes": [mistake._asdict() for mistake in file.mistakes],
                "findings": [findings.as_data(finding) for finding in file.findings],
            }
            for file in refused
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
        "what": outcome.kind.value,
        "donor": match.donor if match else "",
        "settles": [take.instalment.label for take in match.takes] if match else [],
        "score": match.score if match else 0,
        "reasons": list(match.reasons) if match else [],
        "remark": outcome.remark,
    }
