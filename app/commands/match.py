"""`vfund match`: settle, one by one, what an import was not certain of."""

import json
import sys
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import click
from beancount.core.data import Directive

from app import findings
from app.acts import word_in
from app.asking import Form, sure_option
from app.books import book_option, json_option, read, read_to_show
from app.command import Command
from app.language import confirm, translate
from app.listing import csv_option, listing, show_list, write_csv
from app.officers import by_option, officer
from app.recording import composed, refusing, say
from importers.matching.matcher import Match
from importers.plans.proposals import Proposal, is_new_name, propose
from ledger.acts import directives
from ledger.acts.dates import parse_past_date
from ledger.acts.receipt import Identify
from ledger.acts.relations import needs, only
from ledger.acts.takes import ComposeError, find_unclaimed
from ledger.acts.values import NONE, find_purpose, lacks_purpose
from ledger.acts.wording import words_of
from ledger.book.append import append
from ledger.book.loading import Book, load
from ledger.ground import phrases
from ledger.ground.money import ZERO, show, show_number
from ledger.ground.periods import today
from ledger.ground.phrases import N_, joined, text_of
from ledger.model.fund import Fund
from reports.table import Cell, ColumnType, Table


@click.command(
    cls=Command,
    relations=(
        only("--list", "LINK", "--date", "--date-is-right", "--json", "--csv"),
        only("--json", "LINK", "--date", "--date-is-right", "--list"),
        only("--csv", "LINK", "--date", "--date-is-right", "--list"),
        needs("--accept", "LINK"),
        needs("--remember", "--accept"),
        needs("--no-remember", "--accept"),
        needs("--purpose", "--accept"),
        needs("--agreement", "--accept"),
        needs("--dry-run", "--accept"),
    ),
    epilog="Examples: vfund match · vfund match --list · vfund match UR-2026-001 --accept --remember",
)
@click.argument("link", required=False)
@click.option("--list", "listed", is_flag=True, help="List the proposals, and ask nothing.")
@click.option("--accept", is_flag=True, help="Accept the proposal for LINK without asking.")
@click.option("--remember/--no-remember", default=None, help="With --accept: note that this payer pays for this donor.")
@click.option("--date", "when", metavar="DATE", help="Date of the identification (default: today).")
@click.option(
    "--purpose", metavar="PURPOSE", help="With --accept: purpose that the donor states, where the pledge states none."
)
@click.option("--agreement", metavar="TEXT", help="With --accept: agreement or letter, where nothing was pledged.")
@click.option("--dry-run", is_flag=True, help="With --accept: show the entry, write nothing.")
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
    by: str | None,
    book: str | None,
    *,
    listed: bool,
    accept: bool,
    remember: bool | None,
    sure: bool,
    dry_run: bool,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Go through the unclaimed receipts: each is shown with what it may be, the reasons and a score; you accept, skip, or stop.

    An accepted one moves to its donor (as `vfund identify` does), settles what it pays, and is charged for indirect costs. When you say so, the payer's name is
    remembered, and the next import knows it.
    """
    shown = not accept and (listed or as_json or as_csv or not sys.stdin.isatty())
    loaded = read_to_show(book) if shown else read(book)
    form = Form(loaded.fund, sure=sure)
    on = form.field("--date", when or str(today()), "", parse_past_date, doubt=form.unlikely)
    form.close()
    acting = officer(loaded.fund, by)
    if link is not None:
        try:
            link = find_unclaimed(loaded.fund, link).link
        except ComposeError as error:
            raise click.ClickException(translate(text_of(error))) from error
    found = [item for item in propose(loaded.fund, on) if link in {None, item.item.link}]
    if accept:
        if not found:
            raise click.ClickException(f"{link} had not come in by {on}")
        _accept(loaded, found[0], on, acting, purpose, agreement, remember=bool(remember), dry_run=dry_run)
    elif as_json:
        click.echo(json.dumps({"as-of": str(on), "proposals": [_facts(item) for item in found]}, ensure_ascii=False))
    elif as_csv:
        write_csv(_table(found))
    elif shown:
        _list(found, on)
    else:
        _walk(loaded, found, on, acting)


def _list(found: Sequence[Proposal], on: date) -> None:
    if not found:
        click.echo(f"Nothing is unclaimed on {on}.")
        return
    show_list(_table(found))
    likely = sum(1 for item in found if item.match)
    click.echo(
        f"{len(found)} unclaimed on {on}, {likely} with a proposal. Accept one with `vfund match LINK --accept`, or move it by hand with `vfund identify`."
    )


_COLUMNS = {
    "Link": ColumnType.TEXT,
    "Date": ColumnType.DAY,
    "Payer or text": ColumnType.TEXT,
    "May be": ColumnType.TEXT,
    "Reasons": ColumnType.TEXT,
    "Score": ColumnType.COUNT,
    "Currency": ColumnType.TEXT,
    "Left": ColumnType.AMOUNT,
}


def _table(found: Sequence[Proposal]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for item in found:
        match = item.match
        labels = (", ".join(take.instalment.label for take in match.takes) or match.donor) if match else "–"
        reasons = "; ".join([*match.reasons, *([f"BUT {match.against}"] if match.against else [])]) if match else ""
        txn = item.item.opened.txn
        payer = (txn.payee or txn.narration)[:40]
        score = Decimal(match.score) if match else None
        left = item.left
        rows.append((item.item.link, txn.date, payer, labels, reasons, score, left.currency, left.number))
    return listing(_COLUMNS, rows)


def _walk(book: Book, found: Sequence[Proposal], on: date, acting: str | None) -> None:
    """Ask about one proposal after the other; after each that is accepted the book is read anew."""
    settled = 0
    seen: set[str] = set()
    while True:
        item = next((p for p in found if p.match and p.item.link not in seen), None)
        if item is None or item.match is None:
            break
        seen.add(item.item.link)
        _describe(book.fund, item, item.match)
        answer = click.prompt(
            "[a]ccept, [s]kip or [q]uit", type=click.Choice(["a", "s", "q"]), default="s", show_choices=False
        )
        if answer == "q":
            break
        if answer == "s":
            continue
        txn = item.item.opened.txn
        learn = is_new_name(book.fund, txn.payee or "", item.match.donor, str(txn.meta.get("payer-account", "")))
        question = phrases.say(
            "Remember that {payer!r} pays for {donor}?", payer=txn.payee or "", donor=item.match.donor
        )
        remember = learn and confirm(question, default=False)
        try:
            _accept(book, item, on, acting, None, None, remember=remember, dry_run=False, asking=True)
            settled += 1
        except (click.ClickException, click.Abort, SystemExit) as error:
            reason = error.format_message() if isinstance(error, click.ClickException) else ""
            stays = translate("It stays unclaimed.")
            click.echo(f"{reason}\n{stays}".strip())
        book = load(book.path)
        found = propose(book.fund, on)
    for item in found if not seen else ():
        alone = phrases.say(
            "{link} of {amount} is like nothing that is outstanding.", link=item.item.link, amount=item.left
        )
        click.echo(translate(alone))
    left = len(propose(book.fund, on))
    if left:
        said = phrases.say(
            "{settled} settled, {left} still unclaimed. The rest is for `vfund identify`, or for the next import.",
            settled=settled,
            left=left,
        )
    else:
        said = phrases.say("{settled} settled, {left} still unclaimed.", settled=settled, left=left)
    click.echo(translate(said))


def _describe(fund: Fund, item: Proposal, match: Match) -> None:
    txn = item.item.opened.txn
    click.echo()
    click.secho(f"{item.item.link}  {txn.date}  {show(item.left)}", bold=True)
    payer, account = txn.payee or N_("a payer without a name"), str(txn.meta.get("payer-account", ""))
    click.echo(("  " + translate(phrases.say("from {payer} {account}", payer=payer, account=account))).rstrip())
    click.echo("  " + translate(phrases.say("text {narration}", narration=txn.narration or "")))
    donor = fund.registry.donors.get(match.donor)
    name = donor.name_en if donor else match.donor
    likely = phrases.say("may be {donor}, score {score}", donor=name, score=str(match.score))
    click.secho(f"  {translate(likely)}", fg="green")
    for take in match.takes:
        settles = phrases.say("settles {amount} of {label}", amount=take.amount, label=take.instalment.label)
        click.echo(f"    {translate(settles)}")
    for reason in match.reasons:
        click.echo(f"    · {reason}")
    if match.against:
        click.secho(f"    but {match.against}", fg="yellow")


def _accept(
    book: Book,
    item: Proposal,
    on: date,
    acting: str | None,
    purpose: str | None,
    agreement: str | None,
    *,
    remember: bool,
    dry_run: bool,
    asking: bool = False,
) -> None:
    """Move an unclaimed receipt to the donor of its proposal."""
    match = item.match
    if match is None:
        raise click.ClickException(
            translate(
                phrases.say(
                    "{link} is like nothing that is outstanding; move it with `vfund identify`", link=item.item.link
                )
            )
        )
    if match.announced:
        raise click.ClickException(
            translate(
                phrases.say(
                    "{label} is only announced: record its agreement first (`vfund agreement {pledge}`), and match again; or record the money as a "
                    "gift beyond the pledge with `vfund identify {link}`",
                    label=match.announced,
                    pledge=match.announced.partition("/")[0],
                    link=item.item.link,
                )
            )
        )
    purpose, agreement = _stated(book.fund, match, purpose, agreement)
    txn, numbers = item.item.opened.txn, [""]
    learnt = []
    if remember and is_new_name(book.fund, txn.payee or "", match.donor, str(txn.meta.get("payer-account", ""))):
        account, bic = (str(txn.meta.get(key, "")) for key in ("payer-account", "payer-bic"))
        learnt = [directives.payer(match.donor, on, txn.payee or "", account=account, bic=bic, by=acting)]
    elif remember:
        click.echo(
            f"Note: there is nothing to remember; {txn.payee or 'a payer without a name'} is known, or tells nothing.",
            err=True,
        )

    def compose(fund: Fund) -> tuple[list[Directive], str]:
        act = _identify(fund, item, match, on, acting, purpose, agreement)
        numbers[0] = act.receipt_number
        return [*act.entries().directives, *learnt], f"{numbers[0]}: {item.item.link} matched"

    with composed():
        entries, subject = compose(book.fund)
    if asking:
        click.echo("\n".join(map(translate, words_of(book.fund, entries))))
        confirm(N_("Record this?"), default=True, abort=True)
    with refusing(), composed():
        done = append(book, entries, subject, again=compose, author=acting or "", dry_run=dry_run)
    fresh = [f for f in findings.fresh(book.findings, done.book.findings) if not f.open and f.severity == "warning"]
    say(
        done,
        f"{item.item.link} is settled as {numbers[0]}." + f" {len(fresh)} warnings: `vfund check`." * bool(fresh),
        dry_run=dry_run,
    )


def _stated(fund: Fund, match: Match, purpose: str | None, agreement: str | None) -> tuple[str | None, str | None]:
    """Return the purpose and the agreement; what the pledge does not state is asked for."""
    instalments, form = [take.instalment for take in match.takes], Form()
    if lacks_purpose(instalments):
        listed = ", ".join(item.slug for item in fund.directives.purposes)
        question = phrases.say("Purpose that the donor states ({known})", known=listed)
        purpose = form.field("--purpose", purpose, question, lambda slug: find_purpose(fund, slug))
    if not match.takes:
        agreement = form.field("--agreement", agreement, "Agreement or letter of the donor")
    form.close()
    return purpose, agreement


def _identify(
    fund: Fund, item: Proposal, match: Match, on: date, acting: str | None, purpose: str | None, agreement: str | None
) -> Identify:
    """Return the identification that a proposal stands for, filled in.

    Raises:
        ComposeError: when the book does not have any more what it settles.

    """
    txn = item.item.opened.txn
    beyond = item.left.number + match.charges - sum((take.amount.number for take in match.takes), ZERO)
    same = all(take.amount.currency == item.left.currency for take in match.takes)
    stated = {
        "day": str(on),
        "link": item.item.link,
        "donor": match.donor,
        "amount": show(item.left),
        "charges": show_number(match.charges),
        "unpledged": show_number(beyond) if match.takes and same and beyond > ZERO else "",
        "purpose": purpose or "",
        "agreement": agreement or "",
        "narration": txn.narration,
    }
    settles = [f"{take.instalment.label}={show(take.amount)}" for take in match.takes] or [NONE]
    proof = [f"{key}={txn.meta[key]}" for key in ("statement-sha256",) if key in txn.meta]
    texts = {name: [text] for name, text in stated.items()} | {"settles": settles, "meta": proof}
    act = Identify(fund, word_in(Identify), officer=acting, sure=True).fill(texts)
    if act.problems:
        raise ComposeError(joined([problem.what for problem in act.problems], "; "))
    return act


def _facts(item: Proposal) -> dict[str, object]:
    match, txn = item.match, item.item.opened.txn
    return {
        "link": item.item.link,
        "date": str(txn.date),
        "payer": txn.payee or "",
        "text": txn.narration,
        "left": f"{item.left.number} {item.left.currency}",
        "donor": match.donor if match else "",
        "settles": [
            {"instalment": take.instalment.label, "amount": str(take.amount.number), "currency": take.amount.currency}
            for take in match.takes
        ]
        if match
        else [],
        "score": match.score if match else 0,
        "certain": bool(match and match.certain),
        "reasons": list(match.reasons) if match else [],
        "against": match.against if match else "",
    }
