"""`vfund match`: settle, one by one, what an import was not certain of."""

import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import click

from app.acts import Terminal, composer, refuse, sure_option, word_in
from app.books import book_option, json_option, read, read_to_show
from app.command import Command
from app.language import confirm, say, translate
from app.listing import Columns, csv_option, listing, show_list, write_csv
from app.officers import by_option, officer
from app.recording import Options, record
from importers.ground.records import Nature
from importers.matching.matcher import Match
from importers.plans.proposals import Proposal, is_new_name, propose
from ledger.acts import directives
from ledger.acts.act import Act, Field, Texts
from ledger.acts.dates import doubt_of, parse_past_date
from ledger.acts.lookup import find_unclaimed
from ledger.acts.receipt import Identify
from ledger.acts.relations import needs, only
from ledger.acts.values import NONE
from ledger.book.append import Entries
from ledger.book.loading import Book
from ledger.ground.errors import InvalidEntryError
from ledger.ground.money import ZERO, show, show_number
from ledger.ground.periods import today
from ledger.ground.phrases import N_, Text, phrase, text_of
from ledger.model.fund import Fund
from reports.table import Cell, ColumnType, Table


@click.command(
    cls=Command,
    relations=(
        only("--list", "LINK", "--date", "--date-is-right", "--json", "--csv"),
        only("--json", "LINK", "--date", "--date-is-right", "--list"),
        only("--csv", "LINK", "--date", "--date-is-right", "--list"),
        needs("--accept", "LINK"),
        only("--all-certain", "--date", "--date-is-right", "--dry-run"),
        needs("--remember", "--accept"),
        needs("--no-remember", "--accept"),
        needs("--purpose", "--accept"),
        needs("--agreement", "--accept"),
        needs("--evidence", "--accept"),
        needs("--dry-run", "--accept", "--all-certain"),
    ),
    epilog="Examples: vfund match · vfund match --list · vfund match UR-2026-001 --accept --remember · vfund match --all-certain",
)
@click.argument("link", required=False)
@click.option("--list", "listed", is_flag=True, help="List the proposals, and ask nothing.")
@click.option("--accept", is_flag=True, help="Accept the proposal for LINK without asking.")
@click.option("--all-certain", "certain", is_flag=True, help="Accept every proposal that is certain, and ask nothing.")
@click.option("--remember/--no-remember", default=None, help="With --accept: note that this payer pays for this donor.")
@click.option("--date", "when", metavar="DATE", help="Date of the identification (default: today).")
@click.option(
    "--purpose", metavar="PURPOSE", help="With --accept: purpose that the donor states, where the pledge states none."
)
@click.option("--agreement", metavar="TEXT", help="With --accept: agreement or letter, where nothing was pledged.")
@click.option(
    "--evidence", multiple=True, metavar="FILE", help="With --accept: a document to file with it (repeat it)."
)
@click.option("--dry-run", is_flag=True, help="With --accept or --all-certain: show the entry, write nothing.")
@sure_option
@by_option
@json_option
@csv_option
@book_option
def command(
    link: str | None,
    when: str | None,
    purpose: str | None,
    agreement: str | None,
    evidence: tuple[str, ...],
    by: str | None,
    book: str | None,
    *,
    listed: bool,
    accept: bool,
    certain: bool,
    remember: bool | None,
    sure: bool,
    dry_run: bool,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Go through the unclaimed receipts: each is shown with what it may be, the reasons and a score; you accept, skip, or stop.

    An accepted one moves to its donor (as `vfund identify` does), settles what it pays, and is charged for indirect
    costs. When you say so, the payer's name is remembered, and the next import knows it.
    """
    shown = not (accept or certain) and (listed or as_json or as_csv or not sys.stdin.isatty())
    loaded = read_to_show(book) if shown else read(book)
    on = _day(loaded.fund, when, sure=sure)
    acting = officer(loaded.fund, by)
    if certain:
        _accept_certain(loaded, on, acting, dry_run=dry_run)
        return
    if link is not None:
        try:
            link = find_unclaimed(loaded.fund, link).link
        except InvalidEntryError as error:
            raise click.ClickException(translate(text_of(error))) from error
    result = [item for item in propose(loaded.fund, on) if link in {None, item.item.link}]
    if accept:
        if not result:
            raise click.ClickException(say("{link} had not come in by {day}", link=str(link), day=on))
        given = {"day": when, "purpose": purpose, "agreement": agreement}
        stated = {name: [text] for name, text in given.items() if text} | {"evidence": evidence}
        options = Options(acting, dry_run=dry_run, yes=True, as_json=False, text=False)
        _accept(loaded, result[0], stated, options, remember=bool(remember))
    elif as_json:
        click.echo(json.dumps({"as-of": str(on), "proposals": [_facts(item) for item in result]}, ensure_ascii=False))
    elif as_csv:
        write_csv(_table(result))
    elif shown:
        _list(result, on)
    else:
        _walk(loaded, result, on, acting)


def _day(fund: Fund, text: str | None, *, sure: bool) -> date:
    """Return the day of the identification; refuse one that cannot be, or is unlikely."""
    if text is None:
        return today()
    try:
        day = parse_past_date(text)
    except ValueError as error:
        raise click.UsageError(say("{word}: {problem}", word="--date", problem=text_of(error))) from error
    doubt = None if sure else doubt_of(fund, day)
    if doubt:
        raise click.UsageError(say("--date: {doubt}; correct it, or say --date-is-right", doubt=doubt))
    return day


def _list(found: Sequence[Proposal], on: date) -> None:
    if not found:
        click.echo(say("Nothing is unclaimed on {day}.", day=on))
        return
    show_list(_table(found), phrase("Unclaimed receipts on {day}, and what they may be", day=on))
    likely = sum(1 for item in found if item.match)
    click.echo(
        say(
            "{number} unclaimed on {day}, {likely} with a proposal. Accept one with `vfund match LINK --accept`, or move it by hand with `vfund identify`.",
            number=len(found),
            day=on,
            likely=likely,
        )
    )
    for item in found:
        if item.looks_like_interest:
            click.echo(translate(_interest(item)))


def _interest(item: Proposal) -> Text:
    """Return how a credit is recorded that looks like interest."""
    text = N_("{link} of {amount} looks like interest: `vfund interest {link}`")
    return phrase(text, link=item.item.link, amount=item.outstanding)


_COLUMNS: Columns = {
    N_("Link"): ColumnType.TEXT,
    N_("Date"): ColumnType.DAY,
    N_("Payer or text"): ColumnType.TEXT,
    N_("May be"): ColumnType.TEXT,
    N_("Reasons"): ColumnType.TEXT,
    N_("Score"): ColumnType.COUNT,
    N_("Currency"): ColumnType.TEXT,
    N_("Left"): ColumnType.AMOUNT,
}


def _table(found: Sequence[Proposal]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for item in found:
        match = item.match
        nothing = Nature.INTEREST.value if item.looks_like_interest else "–"
        labels = (", ".join(take.instalment.label for take in match.takes) or match.donor) if match else nothing
        reasons = "; ".join([*match.reasons, *([f"BUT {match.against}"] if match.against else [])]) if match else ""
        txn = item.item.opened.txn
        payer = (txn.payee or txn.narration)[:40]
        score = Decimal(match.score) if match else None
        left = item.outstanding
        rows.append((item.item.link, txn.date, payer, labels, reasons, score, left.currency, left.number))
    return listing(_COLUMNS, rows)


def _walk(book: Book, found: Sequence[Proposal], on: date, acting: str | None) -> None:
    """Ask about one proposal after the other; each that is accepted changes what the others may be."""
    options = Options(acting, dry_run=False, yes=False, as_json=False, text=False)
    settled = 0
    seen: set[str] = set()
    while True:
        item = next((p for p in found if p.match and p.item.link not in seen), None)
        if item is None or item.match is None:
            break
        seen.add(item.item.link)
        _describe(book.fund, item, item.match)
        answer = click.prompt(
            say("[a]ccept, [s]kip or [q]uit"), type=click.Choice(["a", "s", "q"]), default="s", show_choices=False
        )
        if answer == "q":
            break
        if answer == "s":
            continue
        txn = item.item.opened.txn
        learn = is_new_name(book.fund, txn.payee or "", item.match.donor, str(txn.meta.get("payer-account", "")))
        remember = learn and confirm(
            phrase("Remember that {payer!r} pays for {donor}?", payer=txn.payee or "", donor=item.match.donor),
            default=False,
        )
        try:
            book = _accept(book, item, {"day": [str(on)]}, options, remember=remember)
            settled += 1
        except (click.ClickException, click.Abort, SystemExit) as error:
            reason = error.format_message() if isinstance(error, click.ClickException) else ""
            stays = translate("It stays unclaimed.")
            click.echo(f"{reason}\n{stays}".strip())
        found = propose(book.fund, on)
    for item in found if not seen else ():
        alone = phrase(
            "{link} of {amount} is like nothing that is outstanding.", link=item.item.link, amount=item.outstanding
        )
        click.echo(translate(_interest(item) if item.looks_like_interest else alone))
    left = len(propose(book.fund, on))
    if left:
        conclusion = phrase(
            "{settled} settled, {left} still unclaimed. The rest is for `vfund identify`, or for the next import.",
            settled=settled,
            left=left,
        )
    else:
        conclusion = phrase("{settled} settled, {left} still unclaimed.", settled=settled, left=left)
    click.echo(translate(conclusion))


def _accept_certain(book: Book, on: date, acting: str | None, *, dry_run: bool) -> None:
    """Accept every proposal that is certain; each that is accepted changes what the others may be."""
    options = Options(acting, dry_run=dry_run, yes=True, as_json=False, text=False)
    settled, seen = 0, set[str]()
    while True:
        proposals = propose(book.fund, on)
        certain = (p for p in proposals if p.match and p.match.certain and p.item.link not in seen)
        proposal = next(certain, None)
        if proposal is None:
            break
        seen.add(proposal.item.link)
        try:
            book = _accept(book, proposal, {"day": [str(on)]}, options, remember=False)
            settled += 1
        except (click.ClickException, SystemExit) as error:
            if isinstance(error, click.ClickException):
                click.echo(error.format_message(), err=True)
    left = len(proposals) - (settled if dry_run else 0)
    click.echo(say("{settled} settled, {left} still unclaimed.", settled=settled, left=left))


def _describe(fund: Fund, item: Proposal, match: Match) -> None:
    txn = item.item.opened.txn
    click.echo()
    click.secho(f"{item.item.link}  {txn.date}  {show(item.outstanding)}", bold=True)
    payer, account = txn.payee or N_("a payer without a name"), str(txn.meta.get("payer-account", ""))
    click.echo(("  " + translate(phrase("from {payer} {account}", payer=payer, account=account))).rstrip())
    click.echo("  " + translate(phrase("text {narration}", narration=txn.narration or "")))
    donor = fund.registry.donors.get(match.donor)
    name = donor.name_en if donor else match.donor
    likely = phrase("may be {donor}, score {score}", donor=name, score=str(match.score))
    click.secho(f"  {translate(likely)}", fg="green")
    for take in match.takes:
        settles = phrase("settles {amount} of {label}", amount=take.amount, label=take.instalment.label)
        click.echo(f"    {translate(settles)}")
    for reason in match.reasons:
        click.echo(f"    · {reason}")
    if match.against:
        click.secho(f"    but {match.against}", fg="yellow")


def _accept(
    book: Book,
    item: Proposal,
    stated: Texts,
    options: Options,
    *,
    remember: bool,
) -> Book:
    """Move an unclaimed receipt to the donor of its proposal; return the book after it."""
    match = item.match
    if match is None:
        raise click.ClickException(
            translate(
                _interest(item)
                if item.looks_like_interest
                else phrase(
                    "{link} is like nothing that is outstanding; move it with `vfund identify`", link=item.item.link
                )
            )
        )
    if match.announced:
        raise click.ClickException(
            translate(
                phrase(
                    "{label} is only announced: record its agreement first (`vfund agreement {pledge}`), and match again; or record the money as a "
                    "gift beyond the pledge with `vfund identify {link}`",
                    label=match.announced,
                    pledge=match.announced.partition("/")[0],
                    link=item.item.link,
                )
            )
        )
    txn = item.item.opened.txn
    account, bic = (str(txn.meta.get(key, "")) for key in ("payer-account", "payer-bic"))
    new = remember and is_new_name(book.fund, txn.payee or "", match.donor, account)
    if remember and not new:
        click.echo(
            say(
                "Note: there is nothing to remember; {payer} is known, or tells nothing.",
                payer=txn.payee or N_("a payer without a name"),
            ),
            err=True,
        )
    draft = Identify(book.fund, word_in(Identify), officer=options.officer, sure=True)
    act = draft.fill({**_texts(item, match), **stated}, _Missing(confirms=False) if sys.stdin.isatty() else None)
    refuse(act)
    compose = composer(act)

    def with_payer(fund: Fund) -> Entries:
        entries = compose(fund)
        if not new:
            return entries
        line = directives.payer(match.donor, act.day, txn.payee or "", account=account, bic=bic, by=options.officer)
        return replace(entries, directives=[*entries.directives, line])

    outcome = record(book, with_payer, options)
    return outcome.book if outcome is not None and not options.dry_run else book


class _Missing(Terminal):
    """Asks only for what a proposal leaves open.

    The purpose, where what it settles states none, and the letter of a gift.
    """

    def ask(self, act: Act, item: Field[Any], suggestion: Sequence[str], problem: Text) -> Sequence[str]:
        """Ask for a field."""
        return super().ask(act, item, suggestion, problem) if item.name in {"purpose", "agreement"} or problem else ()


def _texts(item: Proposal, match: Match) -> Texts:
    """Return what a proposal says of the identification."""
    txn = item.item.opened.txn
    beyond = item.outstanding.number + match.charges - sum((take.amount.number for take in match.takes), ZERO)
    same = all(take.amount.currency == item.outstanding.currency for take in match.takes)
    proof = [f"{key}={txn.meta[key]}" for key in ("statement-sha256",) if key in txn.meta]
    return {
        "link": [item.item.link],
        "donor": [match.donor],
        "amount": [show(item.outstanding)],
        "charges": [show_number(match.charges)],
        "unpledged": [show_number(beyond)] if match.takes and same and beyond > ZERO else [],
        "settles": [f"{take.instalment.label}={show(take.amount)}" for take in match.takes] or [NONE],
        "narration": [txn.narration],
        "meta": proof,
    }


def _facts(item: Proposal) -> dict[str, object]:
    match, txn = item.match, item.item.opened.txn
    return {
        "link": item.item.link,
        "date": str(txn.date),
        "payer": txn.payee or "",
        "text": txn.narration,
        "left": f"{item.outstanding.number} {item.outstanding.currency}",
        "donor": match.donor if match else "",
        "settles": [
            {"instalment": take.instalment.label, "amount": str(take.amount.number), "currency": take.amount.currency}
            for take in match.takes
        ]
        if match
        else [],
        "looks-like": Nature.INTEREST.value if item.looks_like_interest else "",
        "score": match.score if match else 0,
        "certain": bool(match and match.certain),
        "reasons": list(match.reasons) if match else [],
        "against": match.against if match else "",
    }
