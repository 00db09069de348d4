"""How words of a command must agree.

Each function yields how they do not, by the name of both (see `ledger.acts.relations`).
"""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

from beancount.core.amount import Amount

from ledger.acts.lookup import find_donor, find_unclaimed
from ledger.acts.relations import Relation, Values, agrees
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

    def judge(fund: Fund, values: Values) -> Iterator[Text]:
        candidates = [
            (word, account, wording)
            for word in words
            if word in values
            for account, wording in _donors(fund, word, values, donor)
        ]
        for (one, account, wording), (_, second, other_wording) in pairwise(candidates):
            if account != second:
                facts = {"one": wording, "other": other_wording, "its": _name(fund, second)}
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

    def judge(_: Fund, values: Values) -> Iterator[Text]:
        pledge_label = _label(values[word])
        for text in values[settles]:
            label = _label(text)
            if label.partition("/")[0] != pledge_label.partition("/")[0] or (
                "/" in pledge_label and "/" in label and label != pledge_label
            ):
                yield phrase(
                    "{pledge} contradicts {word} {text}, which is not of {pledge}: leave one out",
                    pledge=pledge_label,
                    word=settles,
                    text=text,
                )

    return agrees((word, settles), phrase("{one} and {other} must be of one pledge", one=word, other=settles), judge)


def one_sum(total: str, several: str) -> Relation:
    """Declare that a total is the sum of the instalments."""

    def judge(_: Fund, values: Values) -> Iterator[Text]:
        whole, parts_of = _amount(values[total]), _parts(values[several])
        if whole is None or not parts_of:
            return
        sums = {part.currency: ZERO for part in parts_of}
        for part in parts_of:
            sums[part.currency] += part.number
        if sums != {whole.currency: whole.number}:
            yield phrase(
                "{word} {amount} contradicts {several}, in all {sum}: correct one, or leave {word} out",
                word=total,
                amount=whole,
                several=several,
                sum=join_with_and([money(Amount(value, currency)) for currency, value in sums.items()]),
            )

    return agrees((total, several), phrase("{several} must be {total} in all", several=several, total=total), judge)


def other_currency(rate: str, *amounts: str) -> Relation:
    """Declare that a rate is for an amount that is not in the unit of account."""

    def judge(fund: Fund, values: Values) -> Iterator[Text]:
        for word in amounts:
            result = values.get(word, ())
            amounts_or_none = _parts(result) if isinstance(result, tuple) else [_amount(result)]
            readable = [amount for amount in amounts_or_none if amount is not None]
            if rate in values and readable and all(amount.currency == fund.unit for amount in readable):
                yield phrase(
                    "{rate} {number} contradicts {word} in {unit}, the unit of account: leave {rate} out",
                    rate=rate,
                    number=values[rate],
                    word=word,
                    unit=fund.unit,
                )

    rule = phrase("{rate} needs an amount in another currency than the unit of account", rate=rate)
    return agrees((rate, *amounts), rule, judge)


def rate_of_the_announcement(pledge: str, rate: str, *amounts: str) -> Relation:
    """Declare that what was announced keeps its rate when it is committed."""

    def judge(fund: Fund, values: Values) -> Iterator[Text]:
        existing = fund.pledges.get(_label(values.get(pledge, "")))
        if existing is None or rate not in values:
            return
        amounts_or_none = [
            *_parts(values.get(amounts[-1], ())),
            *([_amount(values[amounts[0]])] if amounts[0] in values else []),
        ]
        currencies = {amount.currency for amount in amounts_or_none if amount is not None}
        currencies_announced = _announced_currencies(existing)
        if currencies_announced and currencies <= currencies_announced:
            yield phrase(
                "{rate} {number} contradicts {pledge}, which keeps the rate of its announcement: leave {rate} out",
                rate=rate,
                number=values[rate],
                pledge=existing.id,
            )

    rule = phrase("{rate} is not for what {pledge} announced: it keeps its rate", rate=rate, pledge=pledge)
    return agrees((pledge, rate), rule, judge)


def part_of_the_credit(unpledged: str, amount: str, charges: str, *settled: str) -> Relation:
    """Declare that what is beyond a pledge is less than what came in, where something is settled."""

    def judge(_: Fund, values: Values) -> Iterator[Text]:
        settled_words = [word for word in settled if word in values]
        credit, beyond = _amount(values.get(amount, "")), _number(values.get(unpledged, ""))
        if credit is None or beyond is None or not settled_words:
            return
        fee = _number(values.get(charges, "0")) or ZERO
        if beyond >= credit.number + fee:
            what = _word_with_value(settled_words[0], values)
            yield phrase(
                "{word} {number} contradicts {settled}: of {amount} nothing is left for it; lower {word}, or leave {settled} and {word} out",
                word=unpledged,
                number=str(beyond),
                settled=what,
                amount=Amount(credit.number + fee, credit.currency),
            )

    rule = phrase("{word} must be less than {amount} with {charges}", word=unpledged, amount=amount, charges=charges)
    return agrees((unpledged, amount, *settled), rule, judge)


def within_unclaimed(link: str, amount: str) -> Relation:
    """Declare that an amount is no more than is left of an unclaimed receipt, in its currency."""

    def judge(fund: Fund, values: Values) -> Iterator[Text]:
        try:
            outstanding = find_unclaimed(fund, values[link]).outstanding_amount()
        except InvalidEntryError:
            return
        stated_amount = _amount(values[amount])
        if stated_amount is not None and stated_amount.currency != outstanding.currency:
            yield phrase(
                "{word} {amount} contradicts {link}, which came in as {currency}: correct one",
                word=amount,
                amount=stated_amount,
                link=_label(values[link]),
                currency=outstanding.currency,
            )
        elif stated_amount is not None and stated_amount.number > outstanding.number:
            yield phrase(
                "{word} {amount} contradicts {link}, of which {left} is left: correct one",
                word=amount,
                amount=stated_amount,
                link=_label(values[link]),
                left=outstanding,
            )

    rule = phrase("{word} must be no more than is left of {link}, in its currency", word=amount, link=link)
    return agrees((link, amount), rule, judge)


def in_its_currency(pledge: str, amount: str) -> Relation:
    """Declare that an amount is in the currency of the pledge."""

    def judge(fund: Fund, values: Values) -> Iterator[Text]:
        existing, stated_amount = fund.pledges.get(_label(values[pledge]).partition("/")[0]), _amount(values[amount])
        if existing is not None and stated_amount is not None and stated_amount.currency not in existing.currencies:
            yield phrase(
                "{word} {amount} contradicts {pledge}, which is in {currencies}: correct one",
                word=amount,
                amount=stated_amount,
                pledge=existing.id,
                currencies=join_with_and(existing.currencies),
            )

    rule = phrase("{word} must be in the currency of {pledge}", word=amount, pledge=pledge)
    return agrees((pledge, amount), rule, judge)


def where_costs_are_paid(bank: str) -> Relation:
    """Declare that a bank account can pay indirect costs only where the book does not owe them first."""

    def judge(fund: Fund, values: Values) -> Iterator[Text]:
        if PAYABLE in fund.contents.opens:
            yield phrase(
                "{word} {bank} says nothing: this book owes indirect costs in {payable} until a bank pays; leave {word} out",
                word=bank,
                bank=values[bank],
                payable=PAYABLE,
            )

    return agrees((bank,), phrase("{word} needs a book without {account}", word=bank, account=PAYABLE), judge)


def in_order(first: str, last: str) -> Relation:
    """Declare that a day is not before another."""

    def judge(_: Fund, values: Values) -> Iterator[Text]:
        begin, end = _day(values[first]), _day(values[last])
        if begin is not None and end is not None and end < begin:
            yield phrase(
                "{one} {day} contradicts {other} {later}, which is later: correct one",
                one=last,
                day=end,
                other=first,
                later=begin,
            )

    return agrees((first, last), phrase("{one} must not be before {other}", one=last, other=first), judge)


def _donors(fund: Fund, word: str, values: Values, donor: str) -> Iterator[tuple[str, str]]:
    """Yield the account of each donor that a word means, with the word as it was said."""
    texts: Sequence[str] = values[word] if isinstance(values[word], tuple) else (values[word],)
    for text in texts:
        if word == donor:
            try:
                yield find_donor(fund, text).account, f"{word} {text}"
            except InvalidEntryError:
                continue  # an unknown donor is refused where it is read
        elif (pledge := fund.pledges.get(_label(text).partition("/")[0])) is not None:
            yield pledge.donor, f"{word} {text}" if word.startswith("--") else text


def _word_with_value(word: str, values: Values) -> str:
    """Return a word with its value, as it stands on the line."""
    value = values[word][0] if isinstance(values[word], tuple) else values[word]
    return f"{word} {value}" if word.startswith("--") else str(value)


def _name(fund: Fund, account: str) -> str:
    donor = fund.registry.by_account.get(account)
    return donor.name_en if donor else account


def _announced_currencies(pledge: Pledge) -> set[str]:
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
