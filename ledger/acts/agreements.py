"""How words of a command must agree.

Each function yields how they do not, by the name of both (see `ledger.acts.relations`).
"""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

from beancount.core.amount import Amount

from ledger.acts.lookup import find_donor, find_unclaimed
from ledger.acts.relations import Given, Relation, agrees
from ledger.acts.values import parse_part
from ledger.ground.errors import InvalidEntryError
from ledger.ground.money import ZERO
from ledger.ground.phrases import Text, join_with_and, money, phrase
from ledger.ground.values import parse_amount, parse_date, parse_number
from ledger.language.accounts import PAYABLE
from ledger.model.fund import Fund
from ledger.model.pledges import Pledge


def one_donor(*words: str, donor: str) -> Relation:
    """Declare that the words mean one donor: the word for the `donor` itself, a pledge, instalments."""

    def judge(fund: Fund, given: Given) -> Iterator[Text]:
        candidates = [
            (word, account, said)
            for word in words
            if word in given
            for account, said in _donors(fund, word, given, donor)
        ]
        for (one, account, said), (_, second, also) in pairwise(candidates):
            if account != second:
                facts = {"one": said, "other": also, "its": _name(fund, second)}
                if one == donor:
                    yield phrase("{one} contradicts {other}, which is of {its}: leave one out", **facts)
                else:
                    yield phrase(
                        "{one}, which is of {whose}, contradicts {other}, which is of {its}: leave one out",
                        whose=_name(fund, account),
                        **facts,
                    )

    return agrees(words, phrase("{words} must be of one donor", words=join_with_and(words)), judge)


def one_pledge(word: str, settles: str) -> Relation:
    """Declare that what is settled is of the pledge (or is the instalment) that is named."""

    def judge(_: Fund, given: Given) -> Iterator[Text]:
        named = _label(given[word])
        for text in given[settles]:
            label = _label(text)
            if label.partition("/")[0] != named.partition("/")[0] or ("/" in named and "/" in label and label != named):
                yield phrase(
                    "{pledge} contradicts {word} {text}, which is not of {pledge}: leave one out",
                    pledge=named,
                    word=settles,
                    text=text,
                )

    return agrees((word, settles), phrase("{one} and {other} must be of one pledge", one=word, other=settles), judge)


def one_sum(total: str, several: str) -> Relation:
    """Declare that a total is the sum of the instalments."""

    def judge(_: Fund, given: Given) -> Iterator[Text]:
        promised, parts_of = _amount(given[total]), _parts(given[several])
        if promised is None or not parts_of:
            return
        sums = {part.currency: ZERO for part in parts_of}
        for part in parts_of:
            sums[part.currency] += part.number
        if sums != {promised.currency: promised.number}:
            yield phrase(
                "{word} {amount} contradicts {several}, in all {sum}: correct one, or leave {word} out",
                word=total,
                amount=promised,
                several=several,
                sum=join_with_and([money(Amount(value, currency)) for currency, value in sums.items()]),
            )

    return agrees((total, several), phrase("{several} must be {total} in all", several=several, total=total), judge)


def other_currency(rate: str, *amounts: str) -> Relation:
    """Declare that a rate is for an amount that is not in the unit of account."""

    def judge(fund: Fund, given: Given) -> Iterator[Text]:
        for word in amounts:
            result = given.get(word, ())
            read = _parts(result) if isinstance(result, tuple) else [_amount(result)]
            known = [amount for amount in read if amount is not None]
            if rate in given and known and all(amount.currency == fund.unit for amount in known):
                yield phrase(
                    "{rate} {number} contradicts {word} in {unit}, the unit of account: leave {rate} out",
                    rate=rate,
                    number=given[rate],
                    word=word,
                    unit=fund.unit,
                )

    rule = phrase("{rate} needs an amount in another currency than the unit of account", rate=rate)
    return agrees((rate, *amounts), rule, judge)


def rate_of_the_announcement(pledge: str, rate: str, *amounts: str) -> Relation:
    """Declare that what was announced keeps its rate when it is committed."""

    def judge(fund: Fund, given: Given) -> Iterator[Text]:
        known = fund.pledges.get(_label(given.get(pledge, "")))
        if known is None or rate not in given:
            return
        read = [*_parts(given.get(amounts[-1], ())), *([_amount(given[amounts[0]])] if amounts[0] in given else [])]
        currencies = {amount.currency for amount in read if amount is not None}
        announced = _announced(known)
        if announced and currencies <= announced:
            yield phrase(
                "{rate} {number} contradicts {pledge}, which keeps the rate of its announcement: leave {rate} out",
                rate=rate,
                number=given[rate],
                pledge=known.id,
            )

    rule = phrase("{rate} is not for what {pledge} announced: it keeps its rate", rate=rate, pledge=pledge)
    return agrees((pledge, rate), rule, judge)


def part_of_the_credit(unpledged: str, amount: str, charges: str, *settled: str) -> Relation:
    """Declare that what is beyond a pledge is less than what came in, where something is settled."""

    def judge(_: Fund, given: Given) -> Iterator[Text]:
        named = [word for word in settled if word in given]
        came, beyond = _amount(given.get(amount, "")), _number(given.get(unpledged, ""))
        if came is None or beyond is None or not named:
            return
        fee = _number(given.get(charges, "0")) or ZERO
        if beyond >= came.number + fee:
            what = _as_said(named[0], given)
            yield phrase(
                "{word} {number} contradicts {settled}: of {amount} nothing is left for it; lower {word}, or leave {settled} and {word} out",
                word=unpledged,
                number=str(beyond),
                settled=what,
                amount=Amount(came.number + fee, came.currency),
            )

    rule = phrase("{word} must be less than {amount} with {charges}", word=unpledged, amount=amount, charges=charges)
    return agrees((unpledged, amount, *settled), rule, judge)


def within_unclaimed(link: str, amount: str) -> Relation:
    """Declare that an amount is no more than is left of an unclaimed receipt, in its currency."""

    def judge(fund: Fund, given: Given) -> Iterator[Text]:
        try:
            left = find_unclaimed(fund, given[link]).left()
        except InvalidEntryError:
            return
        currencies = _amount(given[amount])
        if currencies is not None and currencies.currency != left.currency:
            yield phrase(
                "{word} {amount} contradicts {link}, which came in as {currency}: correct one",
                word=amount,
                amount=currencies,
                link=_label(given[link]),
                currency=left.currency,
            )
        elif currencies is not None and currencies.number > left.number:
            yield phrase(
                "{word} {amount} contradicts {link}, of which {left} is left: correct one",
                word=amount,
                amount=currencies,
                link=_label(given[link]),
                left=left,
            )

    rule = phrase("{word} must be no more than is left of {link}, in its currency", word=amount, link=link)
    return agrees((link, amount), rule, judge)


def in_its_currency(pledge: str, amount: str) -> Relation:
    """Declare that an amount is in the currency of the pledge."""

    def judge(fund: Fund, given: Given) -> Iterator[Text]:
        known, currencies = fund.pledges.get(_label(given[pledge]).partition("/")[0]), _amount(given[amount])
        if known is not None and currencies is not None and currencies.currency not in known.currencies:
            yield phrase(
                "{word} {amount} contradicts {pledge}, which is in {currencies}: correct one",
                word=amount,
                amount=currencies,
                pledge=known.id,
                currencies=join_with_and(known.currencies),
            )

    rule = phrase("{word} must be in the currency of {pledge}", word=amount, pledge=pledge)
    return agrees((pledge, amount), rule, judge)


def where_costs_are_paid(bank: str) -> Relation:
    """Declare that a bank account can pay indirect costs only where the book does not owe them first."""

    def judge(fund: Fund, given: Given) -> Iterator[Text]:
        if PAYABLE in fund.contents.opens:
            yield phrase(
                "{word} {bank} says nothing: this book owes indirect costs in {payable} until a bank pays; leave {word} out",
                word=bank,
                bank=given[bank],
                payable=PAYABLE,
            )

    return agrees((bank,), phrase("{word} needs a book without {account}", word=bank, account=PAYABLE), judge)


def in_order(first: str, last: str) -> Relation:
    """Declare that a day is not before another."""

    def judge(_: Fund, given: Given) -> Iterator[Text]:
        begin, end = _day(given[first]), _day(given[last])
        if begin is not None and end is not None and end < begin:
            yield phrase(
                "{one} {day} contradicts {other} {later}, which is later: correct one",
                one=last,
                day=end,
                other=first,
                later=begin,
            )

    return agrees((first, last), phrase("{one} must not be before {other}", one=last, other=first), judge)


def _donors(fund: Fund, word: str, given: Given, donor: str) -> Iterator[tuple[str, str]]:
    """Yield the account of each donor that a word means, with the word as it was said."""
    texts: Sequence[str] = given[word] if isinstance(given[word], tuple) else (given[word],)
    for text in texts:
        if word == donor:
            try:
                yield find_donor(fund, text).account, f"{word} {text}"
            except InvalidEntryError:
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
