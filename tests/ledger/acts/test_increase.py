"""A donor raises a pledge: by how much, in which stage, and what becomes of it by a later agreement."""

from decimal import Decimal

import pytest

from ledger.acts.increase import Increase
from ledger.acts.pledge import Agreement, AnnouncePledge
from ledger.acts.preview import describe
from ledger.acts.reduction import Reduce
from ledger.ground.errors import InvalidEntryError
from ledger.ground.render import render
from tests.acting import plain, stated
from tests.conftest import Load

LAW = """
2010-01-01 custom "rule" "acceptance-recorded" "*"
  citation: "example"

2010-01-01 price EUR 1.10 USD
2016-06-01 price EUR 1.20 USD
"""
ANNOUNCED = (
    LAW
    + """
2016-03-01 * "Spain" "Letter of 1 March" #pledge ^PL-2016-001
  instrument-date: 2016-03-01
  purpose: "country-visits"
  Equity:Pledges:Announced:PermanentObservers:Spain  1000.00 EUR {1.10 USD, "PL-2016-001"}
    due: 2016-12-31
  Equity:Pledges:Contra                             -1100.00 USD
"""
)
COMMITTED = (
    LAW
    + """
2016-03-01 * "Canada" "Accepted" #agreement ^PL-2016-002
  instrument-date: 2016-02-01
  accepted: 2016-02-20
  agreement: "letters"
  Equity:Pledges:Committed:MemberStates:Canada       300.00 USD {1 USD, "PL-2016-002/1"}
    due: 2016-06-30
  Equity:Pledges:Committed:MemberStates:Canada       200.00 USD {1 USD, "PL-2016-002/2"}
    due: 2016-12-31
  Equity:Pledges:Contra                             -500.00 USD
"""
)


def test_an_announced_pledge_is_raised_at_the_rate_of_the_day_of_the_letter(book: Load) -> None:
    """1,000 at 1.10 stay; 500 at 1.20 come to 600 beside them: 1,500 are announced."""
    fund = book(ANNOUNCED).fund
    act = Increase(fund, plain).fill(stated(pledge="PL-2016-001", amount="500 EUR", day="2016-06-10"))
    entries = act.entries()
    words = list(map(str, describe(fund, entries.directives)))
    assert act.problems == []
    assert words[0] == "2016-06-10: Spain pledges 500.00 EUR"
    assert "  PL-2016-001 rises by 500.00 EUR; 1,500.00 EUR announced is then outstanding" in words
    assert "  instrument date: 2016-06-10" in words
    assert "  purpose: country-visits" in words
    after = book(ANNOUNCED + render(entries.directives))
    assert after.errors == []
    lots = [(i.label, i.outstanding(), i.rate) for i in after.fund.pledges["PL-2016-001"].instalments]
    assert lots == [("PL-2016-001", 1000, Decimal("1.10")), ("PL-2016-001/2", 500, Decimal("1.20"))]
    (recorded,) = (e.txn for e in after.fund.entries if e.txn.narration == "Pledge raised")
    assert words[:3] == list(map(str, describe(after.fund, [recorded], recorded=True)))[:3]


def test_a_raised_pledge_is_committed_at_the_rates_of_both_letters(book: Load) -> None:
    """Two instalments of 750.

    The first is of the first letter, the second of 250 of the first and 500 of the second.
    """
    text = ANNOUNCED + render(
        Increase(book(ANNOUNCED).fund, plain)
        .fill(stated(pledge="PL-2016-001", amount="500 EUR", day="2016-06-10"))
        .entries()
        .directives
    )
    parts = {"instalment": ["750 EUR@2016-10-31", "750 EUR@2016-12-31"]}
    act = Agreement(book(text).fund, plain).fill(
        {**stated(pledge="PL-2016-001", day="2016-07-01", agreement="letters"), **parts}
    )
    after = book(text + render(act.entries().directives))
    assert after.errors == []
    lots = [i for i in after.fund.pledges["PL-2016-001"].instalments if i.stage == "committed"]
    assert [(i.label, i.outstanding(), i.rate, str(i.due)) for i in lots] == [
        ("PL-2016-001/1", 750, Decimal("1.10"), "2016-10-31"),
        ("PL-2016-001/2", 250, Decimal("1.10"), "2016-12-31"),
        ("PL-2016-001/3", 500, Decimal("1.20"), "2016-12-31"),
    ]


def test_an_agreement_before_the_raise_is_not_held_to_the_later_letter(book: Load) -> None:
    """A letter of June adds to what was accepted in April: nothing was accepted before it was offered."""
    accepted = """
    2016-04-01 * "Spain" "Accepted" #agreement ^PL-2016-001
      accepted: 2016-04-01
      Equity:Pledges:Announced:PermanentObservers:Spain  -400.00 EUR {"PL-2016-001"}
      Equity:Pledges:Committed:PermanentObservers:Spain   400.00 EUR {1.10 USD, "PL-2016-001/1"}
        due: 2016-12-31

    2016-06-10 * "Spain" "Raised" #pledge ^PL-2016-001
      instrument-date: 2016-06-10
      Equity:Pledges:Announced:PermanentObservers:Spain   500.00 EUR {1.20 USD, "PL-2016-001/2"}
      Equity:Pledges:Contra                              -600.00 USD
    """
    assert book(ANNOUNCED + "".join(f"{line[4:]}\n" for line in accepted.splitlines())).errors == []


def test_a_committed_pledge_is_raised_by_an_agreement_of_its_own_date(book: Load) -> None:
    fund = book(COMMITTED).fund
    words = stated(pledge="PL-2016-002", amount="50 USD", day="2016-06-10", agreement="Letters of May")
    (problem,) = Increase(fund, plain).fill(words).problems
    assert (problem.field, problem.text) == (
        "due",
        "PL-2016-002 is committed: say until when what is added is due",
    )
    act = Increase(fund, plain).fill({**words, **stated(due="2017-03-31", instrument_date="2016-05-20")})
    entries = act.entries()
    assert "  PL-2016-002 rises by 50.00 USD; 550.00 USD committed is then outstanding" in map(
        str, describe(fund, entries.directives)
    )
    after = book(COMMITTED + render(entries.directives))
    assert after.errors == []
    third = after.fund.pledges["PL-2016-002"].instalments[2]
    assert (third.label, str(third.due), str(third.opened.txn.meta["instrument-date"])) == (
        "PL-2016-002/3",
        "2017-03-31",
        "2016-05-20",
    )


@pytest.mark.parametrize(
    ("ledger", "words", "message"),
    [
        (ANNOUNCED, {"accepted": "2016-06-09"}, "PL-2016-001 is only announced: leave accepted out"),
        (ANNOUNCED, {"agreement": "letters"}, "PL-2016-001 is only announced: leave agreement out"),
    ],
)
def test_what_is_only_announced_is_not_accepted(book: Load, ledger: str, words: dict[str, str], message: str) -> None:
    known = stated(pledge="PL-2016-001", amount="5 EUR", day="2016-06-10", **words)
    (problem,) = Increase(book(ledger).fund, plain).fill(known).problems
    assert problem.text.startswith(message)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"amount": "5 EUR", "day": "2016-02-10"}, "PL-2016-001 begins on 2016-03-01, after 2016-02-10"),
        ({"amount": "5 USD", "day": "2016-06-10"}, "PL-2016-001 is in EUR: what is promised in USD is a pledge of its"),
    ],
)
def test_what_is_added_is_of_the_same_pledge(book: Load, words: dict[str, str], message: str) -> None:
    act = Increase(book(ANNOUNCED).fund, plain, sure=True).fill(stated(pledge="PL-2016-001", **words))
    with pytest.raises(InvalidEntryError, match=message):
        act.entries()


def test_neither_a_pledge_nor_an_agreement_raises_one(book: Load) -> None:
    """Each says which act does."""
    fund = book(COMMITTED).fund
    new = AnnouncePledge(fund, plain).fill(stated(donor="CAN", amount="5 USD", day="2016-06-10", id="PL-2016-002"))
    again = Agreement(fund, plain).fill(
        stated(pledge="PL-2016-002", amount="5 USD", due="2016-12-31", day="2016-06-10")
    )
    (problem,) = new.problems
    assert (problem.field, problem.kind) == ("id", "refused")
    assert "`vfund increase PL-2016-002`" in problem.text
    with pytest.raises(
        InvalidEntryError, match="of PL-2016-002 nothing announced is outstanding on 2016-06-10: what its donor adds"
    ):
        again.entries()


def test_a_pledge_that_was_raised_is_given_up_as_a_whole(book: Load) -> None:
    """The id means both instalments, also where the first has no number: 1,000 and 500 are taken."""
    more = """
2016-06-10 * "Spain" "Raised" #pledge ^PL-2016-001
  Equity:Pledges:Announced:PermanentObservers:Spain   500.00 EUR {1.20 USD, "PL-2016-001/2"}
  Equity:Pledges:Contra                              -600.00 USD
"""
    act = Reduce(book(ANNOUNCED + more).fund, plain).fill(
        stated(pledge="PL-2016-001", reason="letter", day="2016-07-01")
    )
    postings = act.entries().directives[0].postings
    assert [p.units.number for p in postings] == [Decimal("-1000.00"), Decimal("-500.00"), Decimal("1700.00")]
