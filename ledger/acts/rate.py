"""Record a rate of exchange."""

from datetime import date
from decimal import Decimal

from beancount.core.amount import Amount
from beancount.core.data import Price, new_metadata

from ledger.acts import values
from ledger.acts.act import Act, Field, FieldType
from ledger.acts.entry import day_of_entry
from ledger.book.append import Entries
from ledger.ground.money import minor_units
from ledger.ground.phrases import phrase


def find_currency(text: str) -> str:
    """Return the code of a currency (ISO 4217).

    Raises:
        ValueError: when it is none.

    """
    code = text.upper()
    if len(code) != 3 or not code.isalpha() or minor_units(code) is None:  # noqa: PLR2004 - the letters of a code
        raise ValueError(phrase("{text!r} is not a currency: write its code of three letters, such as EUR", text=text))
    return code


def _currency(act: Act, text: str) -> str:
    code = find_currency(text)
    if code == act.fund.unit:
        raise ValueError(phrase("{code} is the unit of account", code=code))
    return code


CURRENCY = FieldType("CURRENCY", _currency)


class Rate(Act):
    """Record a rate of exchange from a day on; those that the UN publishes are imported (`vfund import FILE`)."""

    name = "rate"
    example = "vfund rate EUR 1.0842 --date 2026-10-01 --source 'UN operational rates, 1 October 2026'"

    day = day_of_entry()
    currency = Field[str](CURRENCY, "Currency", argument=True)
    number = Field[Decimal](values.RATE, "Units of account for one of it", argument=True)
    source = Field[str](values.TEXT, "Where the rate is published")

    def entries(self) -> Entries:
        """Return the rate."""
        meta = new_metadata("<vfund>", 0, {"source": self.source})
        price = Price(meta, date.fromordinal(self.day.toordinal()), self.currency, Amount(self.number, self.fund.unit))
        return Entries([price], f"Rate of {self.currency} from {self.day}: {self.number}")
