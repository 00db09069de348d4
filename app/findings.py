"""Findings as a person reads them, and as a program does."""

from collections.abc import Sequence
from linecache import getline
from pathlib import Path
from typing import Any

import click

from app.language import translate
from ledger.ground.findings import Finding
from ledger.ground.phrases import Text, join_with_and, phrase


def relative(name: str) -> str:
    """Return a path from where the officer stands, when it is below."""
    try:
        return str(Path(name).relative_to(Path.cwd()))
    except ValueError:
        return name


def show(findings: Sequence[Finding], *, err: bool = False) -> None:
    """Print findings: place, the line itself, what is wrong, how to mend it."""
    for finding in findings:
        source = finding.source
        name, line = str(source.get("filename", "")), finding.line
        color = "red" if finding.severity == "error" else "yellow"
        click.echo(
            f"{click.style(translate(finding.standing), fg=color, bold=True)} {click.style(finding.code, bold=True)}",
            err=err,
            nl=False,
        )
        click.echo(f"  {relative(name)}:{line}" if name else "", err=err)
        text = getline(name, line).rstrip() if line else ""
        if text:
            click.echo(click.style(f"  | {text}", dim=True), err=err)
        click.echo(f"  {translate(finding.what)}", err=err)
        if finding.mend:
            click.echo("  " + translate(phrase("To mend: {mend}", mend=finding.mend)), err=err)
        if finding.citation:
            click.echo("  " + translate(phrase("Source: {citation}", citation=finding.citation)), err=err)
        click.echo(err=err)


def as_data(finding: Finding) -> dict[str, Any]:
    """Return a finding as plain values."""
    return {
        "severity": finding.severity,
        "rule": finding.rule,
        "code": finding.code,
        "file": str(finding.source.get("filename", "")),
        "line": finding.line,
        "message": finding.message,
        "what": str(finding.what),
        "mend": str(finding.mend),
        "citation": finding.citation,
        "open": finding.standing == "open point",
    }


def count_in_words(wrong: Sequence[Finding]) -> Text:
    """Count errors and open points in words; nothing where there is none."""
    waiting = sum(finding.open for finding in wrong)
    errors = len(wrong) - waiting
    parts = [
        (errors, phrase("{count} error", count=errors) if errors == 1 else phrase("{count} errors", count=errors)),
        (
            waiting,
            phrase("{count} open point", count=waiting)
            if waiting == 1
            else phrase("{count} open points", count=waiting),
        ),
    ]
    return join_with_and([text for count, text in parts if count])
