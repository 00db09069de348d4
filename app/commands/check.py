"""`vfund check`: judge the book."""

import json
import sys
from collections import Counter

import click

from app import findings
from app.books import book_option, json_option, read


@click.command(epilog="Example: vfund check --book ledger/example/main.beancount")
@book_option
@json_option
def command(book: str | None, *, as_json: bool) -> None:
    """Judge the whole book: Beancount's own checks and every rule of the fund.

    Exits with 1 when there is an error; warnings only show.
    """
    loaded = read(book)
    if as_json:
        facts = {
            "book": str(loaded.path),
            "entries": len(loaded.entries),
            "errors": [findings.as_data(f) for f in loaded.errors],
            "warnings": [findings.as_data(f) for f in loaded.warnings],
        }
        click.echo(json.dumps(facts, ensure_ascii=False))
    else:
        findings.show(loaded.findings)
        by_rule = Counter(finding.rule for finding in loaded.findings)
        if by_rule:
            click.echo("By rule: " + ", ".join(f"{rule} {count}" for rule, count in sorted(by_rule.items())))
        fund = loaded.fund
        click.echo(
            f"{findings.relative(str(loaded.path))}: {_count(len(fund.entries), 'transaction')}, {_count(len(fund.pledges), 'pledge')}, "
            f"{_count(sum(not r.reversal for r in fund.receipts), 'receipt')}: {_count(len(loaded.errors), 'error')}, {_count(len(loaded.warnings), 'warning')}."
        )
    sys.exit(1 if loaded.errors else 0)


def _count(number: int, word: str) -> str:
    return f"{number or 'no'} {word}{'' if number == 1 else 's'}"
