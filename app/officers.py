"""Who is at the keyboard: an officer of the book, by `--by`, else `VFUND_OFFICER`, else the only finance officer.

A role is claimed, not proven: there is no password here. What a treasurer does is never taken for granted, and asks for
a name.
"""

import os
from datetime import date

import click

from app.language import translate
from ledger.ground.phrases import N_, phrase
from ledger.language.nearest import did_you_mean
from ledger.law.approvals import officers_on, only_finance_officer
from ledger.model.fund import Fund

by_option = click.option("--by", metavar="OFFICER", help="Who acts: an officer of the book (default: VFUND_OFFICER).")


def officer_for(role: str, fund: Fund, given: str | None) -> str | None:
    """Return the officer who acts in a role; None only where the book has no officers.

    Raises:
        click.UsageError: when it is not clear who acts, or the officer is not of that role.

    """
    if role == "treasurer":
        return treasurer(fund, given)
    result = officer(fund, given)
    if result is None and (several := officers_on(fund, date.today(), "finance-officer")):
        names = ", ".join(sorted(several))
        question = phrase("--by: say which officer acts ({names}), or set VFUND_OFFICER", names=names)
        raise click.UsageError(translate(question))
    return result


def officer(fund: Fund, given: str | None) -> str | None:
    """Return the officer who acts, the only finance officer when nobody is named; None when there are several, or none.

    Raises:
        click.UsageError: when the name is not one of the book's officers in office today.

    """
    known = officers_on(fund, date.today())
    name = given or os.environ.get("VFUND_OFFICER")
    if name is not None:
        if known and name not in known:
            hint = did_you_mean(name, known)
            raise click.UsageError(
                translate(phrase("--by {name!r} is no officer of the book; {hint}", name=name, hint=hint))
            )
        return name
    return only_finance_officer(fund, date.today())


def treasurer(fund: Fund, given: str | None) -> str:
    """Return the treasurer who acts.

    Raises:
        click.UsageError: when it is not said who, or the officer is no treasurer.

    """
    treasurers = officers_on(fund, date.today(), "treasurer")
    name = given or os.environ.get("VFUND_OFFICER")
    if name is None or name not in treasurers:
        known = ", ".join(sorted(treasurers)) or N_("none")
        if name is None:
            raise click.UsageError(
                translate(phrase("--by: say which treasurer acts (treasurers today: {known})", known=known))
            )
        hint = did_you_mean(name, treasurers)
        raise click.UsageError(
            translate(
                phrase(
                    "--by: {name!r} is no treasurer; {hint} (treasurers today: {known})",
                    name=name,
                    hint=hint,
                    known=known,
                )
            )
        )
    return name
