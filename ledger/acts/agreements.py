"""How words of a command must agree: each function yields how they do not, by the name of both (see `ledger.acts.relations`)."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

from beancount.core.amount import Amount

from ledger.acts.relations import Given, Relation, agrees, listed
from ledger.acts.takes import ComposeError, find_donor, find_unclaimed
from ledger.acts.values import parse_part
from ledger.ground.money import ZERO, show
from ledger.ground.values import parse_amount, parse_date, parse_number
from ledger.language.accounts import PAYABLE
from ledger.model.fund import Fund
from ledger.model.pledges import Pledge


def one_donor(*words: str, donor: str) -> Relation:
    """Declare that the words mean one donor: the word for the `donor` itself, a pledge, instalments."""

    def judge(fund: Fund, given: Given) -> Iterator[str]:
        meant = [
            (word, account, said)
            for word in words
            if word in given
            for account, said in _donors(fund, word, given, donor)
        ]
        for (one, account, said), (_, second, also) in pairwise(meant):
            if account != second:
                whose = "" if one == donor else f", which is of {_name(fund, account)},"
                yield f"{said}{whose} contradicts {also}, which is of {_name(fund, second)}: leave one out"

    return agrees(words, f"{listed(words)} must be of one donor", judge)


def one_pledge(word: str, settles: str) -> Relation:
    """Declare that what is settled is of the pledge (or is the instalment) that is named."""

    def judge(_: Fund, given: Given) -> Iterator[str]:
        named = _label(given[word])
        for text in given[settles]:
            label = _label(text)
            if label.partition("/")[0] != named.partition("/")[0] or ("/" in named and "/" in label and label != named):
                yield f"{named} contradicts {settles} {text}, which is not of {named}: leave one out"

    return agrees((word, settles), f"{word} and {settles} must be of one pledge", judge)


def one_sum(total: str, several: str) -> Relation:
    """Declare that a total is the sum of the instalments."""

    def judge(_: Fund, given: Given) -> Iterator[str]:
        promised, parts_of = _amount(given[total]), _parts(given[several])
        if promised is None or not parts_of:
            return
        sums = {part.currency: ZERO for part in parts_of}
        for part in parts_of:
            sums[part.currency] += part.number
        if sums != {promised.currency: promised.number}:
            said = " and ".join(show(Amount(value, currency)) for currency, value in sums.items())
            yield f"{total} {show(promised)} contradicts {several}, in all {said}: correct one, or leave {total} out"

    return agrees((total, several), f"{several} must be {total} in all", judge)


def other_currency(rate: str, *amounts: str) -> Relation:
    """Declare that a rate is for an amount that is not in the unit of account."""

    def judge(fund: Fund, given: Given) -> Iterator[str]:
        for word in amounts:
            found = given.get(word, ())
            read = _parts(found) if isinstance(found, tuple) else [_amount(found)]
            known = [amount for amount in read if amount is not None]
            if rate in given and known and all(amount.currency == fund.unit for amount in known):
                yield f"{rate} {given[rate]} contradicts {word} in {fund.unit}, the unit of account: leave {rate} out"

    return agrees((rate, *amounts), f"{rate} needs an amount in another currency than the unit of account", judge)


def rate_of_the_announcement(pledge: str, rate: str, *amounts: str) -> Relation:
    """Declare that what was announced keeps its rate when it is committed."""

    def judge(fund: Fund, given: Given) -> Iterator[str]:
        known = fund.pledges.get(_label(given.get(pledge, "")))
        if known is None or rate not in given:
            return
        read = [*_parts(given.get(amounts[-1], ())), *([_amount(given[amounts[0]])] if amounts[0] in given else [])]
        wanted = {amount.currency for amount in read if amount is not None}
        announced = _announced(known)
        if announced and wanted <= announced:
            yield f"{rate} {given[rate]} contradicts {known.id}, which keeps the rate of its announcement: leave {rate} out"

    return agrees((pledge, rate), f"{rate} is not for what {pledge} announced: it keeps its rate", judge)


def part_of_the_credit(unpledged: str, amount: str, charges: str, *settled: str) -> Relation:
    """Declare that what is beyond a pledge is less than what came in, where something is settled."""

    def judge(_: Fund, given: Given) -> Iterator[str]:
        named = [word for word in settled if word in given]
        came, beyond = _amount(given.get(amount, "")), _number(given.get(unpledged, ""))
        if came is None or beyond is None or not named:
            return
        fee = _number(given.get(charges, "0")) or ZERO
        if beyond >= came.number + fee:
            what = _as_said(named[0], given)
            yield (
                f"{unpledged} {beyond} contradicts {what}: of {show(Amount(came.number + fee, came.currency))} nothing is left for it; "
                f"lower {unpledged}, or leave {what} and {unpledged} out"
            )

    return agrees((unpledged, amount, *settled), f"{unpledged} must be less than {amount} with {charges}", judge)


def left_of_unclaimed(link: str, amount: str) -> Relation:
    """Declare that an amount is no more than is left of an unclaimed receipt, in its currency."""

    def judge(fund: Fund, given: Given) -> Iterator[str]:
        try:
            left = find_unclaimed(fund, given[link]).left()
        except ComposeError:
            return
        wanted = _amount(given[amount])
        if wanted is not None and wanted.currency != left.currency:
            yield f"{amount} {show(wanted)} contradicts {_label(given[link])}, which came in as {left.currency}: correct one"
        elif wanted is not None and wanted.number > left.number:
            yield f"{amount} {show(wanted)} contradicts {_label(given[link])}, of which {show(left)} is left: correct one"

    return agrees((link, amount), f"{amount} must be no more than is left of {link}, in its currency", judge)


def in_its_currency(pledge: str, amount: str) -> Relation:
    """Declare that an amount is in the currency of the pledge."""

    def judge(fund: Fund, given: Given) -> Iterator[str]:
        known, wanted = fund.pledges.get(_label(given[pledge]).partition("/")[0]), _amount(given[amount])
        if known is not None and wanted is not None and wanted.currency not in known.currencies:
            currencies = " and ".join(known.currencies)
            yield f"{amount} {show(wanted)} contradicts {known.id}, which is in {currencies}: correct one"

    return agrees((pledge, amount), f"{amount} must be in the currency of {pledge}", judge)


def where_costs_are_paid(bank: str) -> Relation:
    """Declare that a bank account can pay indirect costs only where the book does not owe them first."""

    def judge(fund: Fund, given: Given) -> Iterator[str]:
        if PAYABLE in fund.contents.opens:
            yield f"{bank} {given[bank]} says nothing: this book owes indirect costs in {PAYABLE} until a bank pays; leave {bank} out"

    return agrees((bank,), f"{bank} needs a book without {PAYABLE}", judge)


def in_order(first: str, last: str) -> Relation:
    """Declare that a day is not before another."""

    def judge(_: Fund, given: Given) -> Iterator[str]:
        begin, end = _day(given[first]), _day(given[last])
        if begin is not None and end is not None and end < begin:
            yield f"{last} {end} contradicts {first} {begin}, which is later: correct one"

    return agrees((first, last), f"{last} must not be before {first}", judge)


def _donors(fund: Fund, word: str, given: Given, donor: str) -> Iterator[tuple[str, str]]:
    """Yield the account of each donor that a word means, with the word as it was said."""
    texts: Sequence[str] = given[word] if isinstance(given[word], tuple) else (given[word],)
    for text in texts:
        if word == donor:
            try:
                yield find_donor(fund, text).account, f"{word} {text}"
            except ComposeError:
                continue  # an unknown donor is refused where it is read
        elif (pledge := fund.pledges.get(_label(text).partition("/")[0])) is not None:
            yield pledge.donor, f"{word} {text}" if word.startswith("--") else text


def _as_said(word: str, given: Given) -> str:
    """Return a word with its value, as it stands on the line."""
    value = given[word][0] if isinstance(given[word], tuple) else given[word]
    return f"{word} {value}" if word.startswith("--") else str(value)


def _name(fund: Fund, account: str) -> str:
    donor = fund.registry.by_account.get(account)
    return donor.name_en if donor else account


def _announced(pledge: Pledge) -> set[str]:
    return {i.currency for i in pledge.instalments if i.stage == "announced" and i.outstanding()}


def _label(text: str) -> str:
    return text.partition("=")[0].strip().upper()


def _parts(texts: Sequence[str]) -> list[Amount]:
    """Return the amounts of instalments; none where one of them cannot be read, which is refused where it is read."""
    try:
        return [part.amount for part in map(parse_part, texts)]
    except ValueError:
        return []


def _amount(text: str) -> Amount | None:
    try:
        return parse_amount(text)
    except ValueError:
        return None


def _number(text: str) -> Decimal | None:
    try:
        return parse_number(text)
    except ValueError:
        return None


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None
