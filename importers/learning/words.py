"""Words that the headings of bank tables have, in the languages of the banks that a fund of the OAS meets.

They only break ties and name what arithmetic cannot tell (a text, a reference): which column is which amount is proven
by the sums. House list, from the exports of banks in English, German, French, Italian, Spanish, Portuguese and Dutch.
"""

from enum import Enum

from ledger.ground.spelling import spell


class Role(Enum):
    """What a column is for."""

    DATE = "date"
    VALUE_DATE = "value date"
    AMOUNT = "amount"
    CREDIT = "credit"
    DEBIT = "debit"
    BALANCE = "balance"
    GROSS = "gross"
    FEE = "fee"
    NET = "net"
    DETAIL = "detail"
    OTHER_AMOUNT = "another amount"
    CURRENCY = "currency"
    DIRECTION = "side"
    STATUS = "status"
    REFERENCE = "reference"
    PAYER = "payer"
    PAYER_ACCOUNT = "account of the payer"
    ACCOUNT = "account"
    KIND = "kind"
    TIME = "time"


_WORDS = {
    Role.VALUE_DATE: "valuta|value date|valeur|date de valeur|data valuta|fecha valor|data valor|valutadatum|wertstellung|rentedatum|interest date|val",
    Role.DATE: "booking|booked|posted|posting|buchung|buchungsdatum|comptable|comptabilisation|contabile|contable|operation|operacion|operazione|operacao|transaction date|date|datum|data|fecha|erfassungsdatum|boekdatum|lancamento|movimiento",
    Role.TIME: "time|heure|uhrzeit|ora|hora|zeit|timezone",
    Role.BALANCE: "balance|saldo|solde|kontostand|salden",
    Role.OTHER_AMOUNT: "original|fremdwahrung|foreign|exchange|kurs|rate|cours|cambio|taux|wechselkurs|ursprung|orig|converted|umgerechnet|shares|units|anteile|stuck|stucke|tax|vat|mwst|unit|price|quantity|count|number of|anzahl",
    Role.DETAIL: "betrag detail|detail betrag|betrag einzel|montant detail|importo dettagli|einzelbetrag|sous montant|sub amount|sottoimporto|importo singolo|individual amount|detailbetrag|montant partiel|importo dettaglio|detail amount|subbetrag",
    Role.FEE: "fee|fees|gebuhr|gebuhren|kommission|commission|comision|comissao|taxa|charge|charges|spese|entgelt",
    Role.GROSS: "gross|brutto|brut|lordo|bruto",
    Role.NET: "net|netto|neto|liquido",
    Role.CREDIT: "credit|credits|gutschrift|gutschriften|credito|accredito|haben|eingang|entrate|entrata|deposit|deposits|paid in|money in|avoir|ingreso|ingresos|abono|abonos|haber|entrada|entradas|avere|encaissement|received|receipts|bij|credit amount|recettes|einnahmen|zugang",
    Role.DEBIT: "debit|debits|belastung|belastungen|lastschrift|debito|addebito|soll|ausgang|uscite|uscita|withdrawal|withdrawals|paid out|money out|doit|cargo|cargos|debe|saida|saidas|dare|decaissement|spent|payments|af|debit amount|depenses|ausgaben|abgang",
    Role.AMOUNT: "amount|betrag|montant|importo|importe|valor|bedrag|umsatz|sum|monto|somme|quantia",
    Role.CURRENCY: "currency|wahrung|monnaie|moneda|moeda|divisa|devise|munt|ccy|whg|valuta|wahr|moneta",
    Role.DIRECTION: "dr cr|cr dr|debit credit|credit debit|soll haben|haben soll|sens|segno|signe|signo|sign|s h|c d|d c|cd|af bij|debe haber|type of movement|cdtdbtind|side|indicator",
    Role.STATUS: "status|statut|stato|estado|etat|state|situacao",
    Role.PAYER_ACCOUNT: "counterparty account|payer account|konto auftraggeber|iban auftraggeber|gegenkonto|tegenrekening|account of payer|kontonummer iban|iban zahlungsbeteiligter|beneficiary account|compte beneficiaire|compte contrepartie|cuenta ordenante|account counterparty|counterparty iban|kontonummer des auftraggebers",
    Role.ACCOUNT: "auftraggeberkonto|iban auftraggeberkonto|account|konto|compte|conto|cuenta|conta|iban|kontonummer|account number|rekening|konto nr|auftragskonto|numero de compte|numero di conto",
    Role.PAYER: "name|payer|payee|auftraggeber|begunstigter|beguenstigter|zahlungspflichtiger|zahlungsbeteiligter|counterparty|donneur d ordre|beneficiaire|ordinante|beneficiario|ordenante|nom|nome|nombre|from|partner|naam|tegenpartij|denominazione|sender|remitter|contrepartie|payer name",
    Role.REFERENCE: "transaction number|transaktions nr|transaktionsnr|transaction id|transaction no|reference|referenz|ref|referencia|riferimento|numero de transaction|numero transaction|id|bank reference|reference number|buchungs id|transferwise id|trn|belegnummer|numero operacion|numero di transazione|no de transaction|order id",
    Role.KIND: "type|art|buchungsart|transaktionsart|tipo|transaction type|category|code|umsatzart|buchungstyp|genre|causale|transaktionstyp|kategorie",
}
_PHRASES = [(role, spell(phrase)) for role, phrases in _WORDS.items() for phrase in phrases.split("|")]

_COMPOUND = 5
"""How long a word has to be to count within another."""

OPENING = "likutis pradziai|previous balance|solde reporte|saldo precedente|balance brought forward|brought forward|report a nouveau|opening balance|beginning balance|starting balance|anfangssaldo|alter saldo|saldovortrag|eroffnungssaldo|solde initial|solde d ouverture|solde precedent|saldo iniziale|saldo inicial|saldo anterior|ancien solde|saldo di apertura|startsaldo|saldo apertura|opening ledger balance"
CLOSING = "closing balance|ending balance|endsaldo|schlusssaldo|neuer saldo|solde final|nouveau solde|solde de cloture|saldo finale|saldo final|saldo nuevo|kontostand|saldo di chiusura|eindsaldo|schlussaldo|current balance|saldo|solde|balance|saldo actual|saldo attuale|closing ledger balance|saldo cierre"
TOTAL = "total|totaux|totale|summe|gesamt|gesamtbetrag|totaal|total general|somme|totals|gesamttotal|totali"
CURRENCY = "currency|wahrung|monnaie|moneda|moeda|divisa|devise|evaluation en|bewertet in|valutazione in|kontowahrung|valued in|valuta"
ACCOUNT = "iban|account|account number|konto|kontonummer|konto nr|compte|numero de compte|conto|numero di conto|cuenta|numero de cuenta|conta|numero da conta|account no|no de compte|kontonr|konto iban|rekening|auftragskonto|account iban"

SIDES = (
    ("CR", "DR"),
    ("C", "D"),
    ("Cr", "Dr"),
    ("CRDT", "DBIT"),
    ("CREDIT", "DEBIT"),
    ("Credit", "Debit"),
    ("credit", "debit"),
    ("Crédit", "Débit"),
    ("Crédito", "Débito"),
    ("Credito", "Debito"),
    ("Haben", "Soll"),
    ("H", "S"),
    ("H", "D"),
    ("Gutschrift", "Belastung"),
    ("Gutschrift", "Lastschrift"),
    ("+", "-"),
    ("K", "D"),
    ("PLUS", "MINUS"),
    ("Bij", "Af"),
    ("IN", "OUT"),
    ("In", "Out"),
    ("Abono", "Cargo"),
    ("A", "C"),
    ("Accredito", "Addebito"),
    ("Avere", "Dare"),
    ("Entrada", "Saída"),
    ("Ingreso", "Gasto"),
)
"""How banks write the side of a line: a credit, a debit."""
PENDING = frozenset(
    [
        "pending",
        "vorgemerkt",
        "ausstehend",
        "reserviert",
        "reserved",
        "authorised",
        "authorized",
        "attente",
        "sospeso",
        "pendiente",
        "pendente",
        "provisional",
        "provisorisch",
        "denied",
        "declined",
        "failed",
        "cancelled",
        "canceled",
        "rejected",
        "abgelehnt",
        "annule",
        "annullato",
        "rechazado",
        "cancelado",
        "refused",
        "expired",
        "unclaimed",
        "removed",
        "offen",
        "hold",
        "held",
        "uncleared",
        "prenotato",
    ]
)
"""What a status says of a line that moved nothing."""


def roles_of(heading: str) -> list[Role]:
    """Return what a heading may mean, the likeliest first.

    A longer phrase says more than a shorter one. A long word counts within another too: `Originalbetrag` is an original.
    """
    joined = f" {' '.join(spell(heading))} "
    hits = []
    for order, (role, phrase) in enumerate(_PHRASES):
        text = " ".join(phrase)
        if f" {text} " in joined:
            hits.append((-len(phrase), -len(text), joined.find(f" {text} "), order, role))
        elif len(phrase) == 1 and len(text) >= _COMPOUND and text in joined:
            hits.append((0, -len(text), joined.find(text), order, role))
    return list(dict.fromkeys(role for *_, role in sorted(hits, key=lambda hit: hit[:4])))


def sums_up(text: str) -> bool:
    """Return whether a line begins like one that sums up those above it."""
    first = spell(text)[:1]
    return bool(first) and first in {spell(word) for word in TOTAL.split("|")}


def is_one_of(text: str, phrases: str) -> bool:
    """Return whether a text is one of some phrases, but for case, accents and marks."""
    return spell(text) in {spell(phrase) for phrase in phrases.split("|")}
