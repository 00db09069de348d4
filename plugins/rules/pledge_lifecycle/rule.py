"""The declaration of the rule `pledge-lifecycle`: all that it says.

What is said in its name of an entry that Beancount's booking refused is part of it.
"""

from ledger.book.explain import BOOKING
from ledger.ground.findings import Message
from ledger.law.rule import Rule

RULE = Rule(
    "pledge-lifecycle",
    structural=True,
    messages={
        "not-strict": Message(
            "the book uses the booking method {method}; under it more can be settled than was promised.",
            'write `option "booking_method" "STRICT"`, and no booking method on a donor\'s account.',
            "design 2.3",
        ),
        "padded": Message(
            "a `pad` fills {account} up with an amount that nobody recorded.",
            "record what happened, in an entry with a tag and a document.",
        ),
        "no-value": Message(
            "the posting of {number} {currency} to {account} has no value in {unit}, in which the book is kept.",
            "write the rate behind it, such as `@ 1.10 {unit}`.",
            "Financial Handbook for Specific Fund Projects, 3.1 (official currency)",
        ),
        "no-kind": Message(
            "the entry touches {account} but no tag says what happened{suggestion}.",
            "add one of: {kinds}.",
        ),
        "several-kinds": Message(
            "the entry has the tags {tags}; it can be one kind only.",
            "keep one, and record the other in an entry of its own.",
        ),
        "wrong-account": Message(
            "a #{kind} does not touch {account} ({role}).",
            "a #{kind} may touch: {allowed}. Use the right account, or the tag of what really happened.",
        ),
        "wrong-direction": Message(
            "a #{kind} does not {verb} {account}, but {number} {currency} is posted there.",
            "turn the sign round, or use the tag of what really happened (a whole entry is taken back by a #correction).",
        ),
        "half-missing": Message(
            "the #{kind} has no posting to {missing}.",
            "add the missing half: a #{kind} needs {needs}.",
        ),
        "pledge-not-settled": Message(
            "the entry is linked to {pledge}, but takes nothing from its instalments and adds none.",
            "add the `Equity:Pledges` half, or take the link out.",
        ),
        "no-lot": Message(
            "the posting to {account} is not held as a labelled lot.",
            'write its rate and label in braces, such as {{1 USD, "PL-2016-003/1"}}.',
            "design 2.3",
        ),
        "bad-label": Message(
            "the lot label {label!r} is not the id of a pledge or of an instalment.",
            'write it as "PL-2016-003" or "PL-2016-003/1".',
            "design 2.3",
        ),
        "wrong-rate": Message(
            "{label} is carried at {rate} {currency}, but {expected}.",
            "write the rate in braces in {unit}: the UN operational rate of the day, and 1 {unit} for a pledge in {unit} itself.",
            "facts 1.7",
        ),
        "no-link": Message(
            "the entry moves instalments of {pledge} but is not linked to it.",
            "add ^{pledge} to its first line.",
            "design 4",
        ),
        "another-donor": Message(
            "{label} belongs to the pledge of {owner}, but the posting is to {donor}.",
            "give the pledge of {donor} an id of its own.",
        ),
        "label-again": Message(
            "{label} in {account} was opened on {first}; a second lot of the same label cannot be told from it.",
            "give the new instalment a label of its own, such as {pledge}/2.",
            "design 2.3",
        ),
        "no-due-date": Message(
            "the committed instalment {label} has no due date.",
            "add `due: 2016-12-31` below its posting.",
            "design 4",
        ),
        "money-half": Message(
            "the money half of the entry is out of balance by {difference} {currency}; it must balance without Equity:Pledges.",
            "correct the amounts of the bank, the bank charges and the income.",
            "design 2.1",
        ),
        "memorandum-half": Message(
            "the memorandum half of the entry is out of balance by {difference} {currency} at cost.",
            "correct the amounts under Equity:Pledges, or leave the one of Equity:Pledges:Contra out.",
            "design 2.1",
        ),
        "amounts-differ": Message(
            "{donor}: the entry settles {settled} {currency} of pledges, but {income} {currency} of pledged income came in.",
            "make the two equal; mark income beyond the pledge with `unpledged: TRUE` on a posting of its own.",
            "design 2.4",
        ),
        "settled-by-nothing": Message(
            "{donor}: {settled} {currency} is settled, but no income is left that paid for it.",
            "add the income posting, or take the instalment out.",
            "design 2.4",
        ),
        "converted-by-another": Message(
            "the gift is of {given}, but it takes from the pledge of {pledged}.",
            "take from a pledge of the same donor, or record a reduction and a gift of their own.",
        ),
        "no-reason": Message(
            "the #{kind} gives no reason.",
            'add `reason: "…"` to the entry: who decided, and in which document.',
        ),
        "corrects-nothing": Message(
            "the #correction does not say what it corrects.",
            'add `corrects: "…"` with the receipt number, the pledge or the date of the entry that it reverses.',
        ),
        "corrects-unknown": Message(
            "the #correction of a receipt says that it corrects {corrects!r}, which is not the number of a receipt before it{suggestion}.",
            "write the receipt number of the entry that it reverses.",
        ),
        "reverses-nothing": Message(
            "the #correction takes back no #{kind} before it that is still standing, with the same accounts, purposes and amounts turned round.",
            "turn the whole entry round, once, and record the right one beside it (`vfund reverse` does it for a receipt).",
            "design 2.8",
        ),
        "opening-late": Message(
            "a balance is brought forward on {day}, but the book has begun on {begun}.",
            "date the #opening no later than the first other entry, or record what happened with its own tag.",
        ),
        "refund-not-set-aside": Message(
            "{number} {unit} more is paid out of Liabilities:RefundsPayable than was set aside there.",
            "set the refund aside from the donor's contributions first, or pay it from them.",
        ),
        "no-unclaimed-link": Message(
            "the #{kind} has {links} links to unclaimed receipts; it needs one, which keeps arrival and identification together.",
            "add ^{example} to its first line (an #identify has the link of the #unclaimed that it takes from).",
            "facts 6 (suspense accounts)",
        ),
        "unclaimed-again": Message(
            "{link} is the unclaimed receipt of {first} already.",
            "give the new one a link of its own, ^{example}.",
        ),
        "identified-nothing": Message(
            "the entry identifies {link}, which is not an unclaimed receipt before it{suggestion}.",
            "link it to the #unclaimed entry that it takes from (`vfund identify` lists them).",
        ),
        "identified-too-much": Message(
            "by {day} {number} {unit} more was identified of {link} than had come in.",
            "identify no more than is left of it.",
        ),
        "nothing-given": Message(
            "{account} is posted with an amount of zero.",
            "record the amount, or take the entry out: nothing was promised or given.",
        ),
        "too-fine": Message(
            "{number} {currency} is posted to {account}, but {currency} has no more than {decimals} decimals.",
            "write the amount with the decimals that the currency has.",
            "ISO 4217",
        ),
        "too-large": Message(
            "{account} is posted with {number} {currency}; a spreadsheet keeps every cent of amounts below {most}.",
            "correct the amount, or record it in several entries.",
        ),
        "rate-disagrees": Message(
            "{number} {currency} at the stated rate of {rate} {currency} per {unit} is {expected} {unit}, but {value} {unit} is posted.",
            "correct the amount, the rate or the value: the three must agree within the rounding of the rate.",
            "facts 1.7",
        ),
        "two-rates": Message(
            "the entry values {currency} at {rates} {unit}; one entry has one rate.",
            "write the same rate on every posting in {currency}.",
        ),
        "priced-unit": Message(
            "{number} {unit} on {account} is given a price or a cost; the unit of account is worth itself.",
            "take the price or the braces out.",
        ),
        "held-at-cost": Message(
            "{number} {currency} on {account} is held at a cost in braces; money is valued at a price.",
            "write the rate behind the amount, such as `@ 1.10 USD`; only instalments are lots.",
            "design 2.3",
        ),
        "charges-too-high": Message(
            "the bank charges of {charges} {unit} are more than the {passed} {unit} that the bank passed on.",
            "compare the amounts with the bank's notice.",
        ),
        "exchange-too-large": Message(
            "an exchange difference of {exchange} {unit} stands beside {foreign} {unit} in other currencies; it can be a fifth of it at most.",
            "post to Income:ExchangeDifferences only what two rates make of the same amount.",
            "design 2.4",
        ),
        "settled-short": Message(
            "{label}: {carried} {unit} was settled by what is worth {credited} {unit}.",
            "settle as much as came in is worth, and record what the donor does not give as a #reduction.",
            "design 2.4",
        ),
        "converted-for-less": Message(
            "a gift worth {value} replaces {carried} of a pledge.",
            "convert no more than the gift is worth, or say in `reason` who decided that it is enough.",
        ),
        "outside-chart": Message(
            "{account} is not in the chart of accounts: income has a donor, or is interest or an exchange difference.",
            "use an account of docs/language.md.",
            "design 4",
        ),
        "no-valuation": Message(
            "the gift in kind does not say how its value was found.",
            'add `valuation: "…"`: by whom, and in which document.',
            "IPSAS 23 (fair value at receipt); facts 3",
        ),
        "far-from-rate": Message(
            "{label}: {carried} {unit} was settled by {credited} {unit}, more than a fifth away from the rate of the pledge.",
            "compare the amounts with the bank's notice; if they are right, nothing is to be done.",
            "house rule",
            "warning",
        ),
        "refund-above-receipts": Message(
            "{donor}: {refunded} {currency} refunded by {day} is more than the {received} {currency} received by then.",
            "refund no more than was received; before a receipt that was refunded is reversed, reverse the refund.",
        ),
        "misspelt-key": Message(
            "the metadata key {key!r} is not known; did you mean {meant!r}?",
            "correct the key.",
            "design 4",
        ),
        **BOOKING.messages,
    },
)
