"""The promises and the money of a fund as an IATI 2.03 activity.

Incoming pledges (13), incoming commitments (11), incoming funds (1).

Source: IATI standard 2.03, code list TransactionType (facts 2.3). A transaction is one movement of one instalment, or
one contribution, up to the day of the report. Pledges and commitments are in the currency in which they were made; what
a reduction, a write-off, a conversion or an agreement takes from them is a transaction of the same type with a negative
value, so that the sum of a type is what is promised in that stage, paid or not. Funds are in the unit of account,
refunds are negative, and their sum is that of statement 1. A donor who is not to be named is not named.

Codes: region 498 is America, regional, organisation type 40 multilateral (code lists Region and OrganisationType).
House rules: the sector is 15160 of the OECD DAC (human rights), the activity is under way (status 2) since the fund
began (date type 2), and the fund is accountable for it (role 2); the identifier of the reporting organization is
`iati-org` of the fund, else its code.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from lxml import etree

from ledger.ground.errors import VfundError
from ledger.ground.phrases import N_, layout
from ledger.language.models import Fund as Identity
from ledger.model.fund import Fund
from ledger.model.pledges import Effect
from reports.names import Names
from reports.scope import Scope
from reports.translation import Translator
from reports.xml_text import for_xml

FUNDS, COMMITMENT, PLEDGE = "1", "11", "13"
CONTRIBUTION = N_("Contribution")
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


class MissingFundError(VfundError, ValueError):
    """The book does not say whose it is; an IATI activity must."""


class Flow(NamedTuple):
    """One transaction of the activity."""

    kind: str
    day: date
    value: Decimal
    currency: str
    what: str
    donor: str
    type: str


def flows(fund: Fund, scope: Scope) -> Iterator[Flow]:
    """Return every transaction up to the day of the report, promises first."""
    names, words = Names(fund, scope), Translator(scope.language)
    for item in fund.instalments.values():
        donor = names.donor(item.account.donor, item.opened)
        kind = PLEDGE if item.stage == "announced" else COMMITMENT
        donor_type = "" if names.hidden(item.opened) else _type(fund, item.account.donor)
        for move in item.movements:
            if move.day <= scope.as_of and move.effect is not Effect.RECEIVED and move.number:
                what = f"{item.label}: {words.say(_EFFECTS[move.effect])}"
                yield Flow(kind, move.day, move.effect.sign * move.number, item.currency, what, donor, donor_type)
    for contribution in fund.contributions:
        if contribution.day <= scope.as_of and contribution.value:
            number = str(contribution.entry.txn.meta.get("receipt-number", ""))
            is_hidden = names.hidden(contribution.entry)
            what = words.say(layout("{kind} {number}", kind=CONTRIBUTION, number=number)).strip()
            donor = names.donor(contribution.account.donor, contribution.entry)
            type_ = "" if is_hidden else _type(fund, contribution.account.donor)
            yield Flow(FUNDS, contribution.day, contribution.value, fund.unit, what, donor, type_)


_EFFECTS = {
    Effect.PLEDGED: N_("pledged"),
    Effect.MOVED_IN: N_("brought forward"),
    Effect.REDUCED: N_("reduced"),
    Effect.WRITTEN_OFF: N_("written off"),
    Effect.CONVERTED: N_("converted to in kind"),
    Effect.MOVED_OUT: N_("moved on by agreement"),
}


def _type(fund: Fund, component: str) -> str:
    donor = fund.registry.by_account.get(component)
    return (donor.iati_org_type or "") if donor else ""


def write(fund: Fund, scope: Scope) -> bytes:
    """Return the bytes of the file.

    Raises:
        MissingFundError: when the book has no `custom "fund"`.

    """
    if not fund.directives.funds:
        raise MissingFundError('the book does not say whose it is: add its `custom "fund"` directive')
    identity = fund.directives.funds[0]
    root = etree.Element("iati-activities", version="2.03")
    activity = etree.SubElement(
        root,
        "iati-activity",
        {
            _LANGUAGE: scope.language,
            "default-currency": fund.unit,
            "last-updated-datetime": f"{scope.as_of}T00:00:00Z",
        },
    )
    _head(activity, identity, scope)
    for flow in flows(fund, scope):
        _transaction(activity, flow)
    text: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return text


def _head(activity: "etree._Element", identity: Identity, scope: Scope) -> None:
    organization, title = identity.iati_org or identity.code, identity.name(scope.language)
    _add_narrative(activity, "iati-identifier").text = (
        f"{organization}-{identity.code}" if identity.iati_org else identity.code
    )
    _add_narrative(activity, "reporting-org", title, ref=organization, type="40")
    _add_narrative(activity, "title", title)
    _add_narrative(activity, "description", identity.basis)
    _add_narrative(activity, "participating-org", title, role="2", type="40")
    _add_narrative(activity, "activity-status", code="2")
    _add_narrative(activity, "activity-date", type="2", **{"iso-date": str(identity.since)})
    _add_narrative(activity, "recipient-region", code="498", vocabulary="1")
    _add_narrative(activity, "sector", code="15160", vocabulary="1")


def _transaction(activity: "etree._Element", flow: Flow) -> None:
    element = etree.SubElement(activity, "transaction")
    _add_narrative(element, "transaction-type", code=flow.kind)
    _add_narrative(element, "transaction-date", **{"iso-date": str(flow.day)})
    value = _add_narrative(element, "value", currency=flow.currency, **{"value-date": str(flow.day)})
    value.text = f"{flow.value:f}"
    _add_narrative(element, "description", flow.what)
    _add_narrative(element, "provider-org", flow.donor, **({"type": flow.type} if flow.type else {}))


def _add_narrative(parent: "etree._Element", tag: str, narrative: str = "", /, **attributes: str) -> "etree._Element":
    """Add an element, with its text as a narrative."""
    element = etree.SubElement(parent, tag, attributes)
    if narrative:
        etree.SubElement(element, "narrative").text = for_xml(narrative)
    return element
