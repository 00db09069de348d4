"""What the text of a payment says.

The pledges and instalments that it names, what it looks like, and whatever makes a person look at it.

Only `PL-2026-003/2` names an instalment. A number elsewhere may be a date, a count or another pledge, so it makes the
text doubtful and names nothing.
"""

import re
from functools import lru_cache

from importers.ground.records import Nature

_MONTHS = r"(?:de\s+)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ene|abr|ago|set|dic|janv|fev|fév|avr|mai|juin|juil|aou|aoû|déc|out|dez)[a-zç]*"
_PLEDGE = r"(?<![A-Z])P\s?L[\s\-./]{0,2}(?P<year>\d{4})[\s\-./]{0,2}(?P<number>\d{3,6})(?!\d)"
_REFERENCE = re.compile(_PLEDGE + r"(?:/(?P<part>\d{1,2}[a-z]?)(?![0-9a-z])(?!\s*" + _MONTHS + r"))?", re.IGNORECASE)
_AFTER = re.compile(r"[\s\-./,;:+&()#]*(?:(?:and|y|et|e|o|no|nr|n)\b[\s.:°º]*)?\d", re.IGNORECASE)
"""A number that follows a reference: `, 003`, `AND 2`, `- 2 MAY`, `-3`."""
_ORDINALS = re.compile(
    r"\b(\d{1,2}\s?(st|nd|rd|th|er|e|eme|ème|ª|º|a|o)|first|second|third|fourth|last|final|primer[ao]?|segund[ao]|tercer[ao]?|cuart[ao]|ultim[ao]|últim[ao]|"
    r"premi[eè]re?|deuxi[eè]me|second[ea]?|troisi[eè]me|derni[eè]re?|primeir[ao]|terceir[ao]|quart[ao]|"
    r"partial|parcial|partiel(le)?|instal?lments?|cuotas?|quotas?|tranches?|parcelas?)\b",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"\b(return(ed|s)?|refund(ed|s)?|reimburse\w*|reject(ed)?|revers(al|ed)|recall|chargeback|devoluci[oó]n|devuelt[ao]|reembolso|reintegro|rechazad[ao]|"
    r"retour|rembours\w*|rejet[eé]?|annulation|devolu[cç][aã]o|estorno|restitui[cç][aã]o)\b",
    re.IGNORECASE,
)
_INSTEAD = re.compile(
    r"\b(instead of|in lieu|not for|on behalf|by order|b/o|for account of|en lugar de|en vez de|por cuenta de|por orden de|en nombre de|au lieu de|"
    r"pour le compte|d.ordre de|de la part de|au nom de|em vez de|em nome de|por conta de|por ordem de)\b",
    re.IGNORECASE,
)
_INTEREST = re.compile(r"\b(interests?|intereses|int[eé]r[eê]ts|juros)\b", re.IGNORECASE)
_CHARGES = re.compile(
    r"\b(bank charges?|fees?|commissions?|comisi[oó]n|comisiones|gastos bancarios|frais|tarifas?|comiss[aã]o|comiss[oõ]es|despesas banc[aá]rias)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=1 << 14)
def looks_like(text: str) -> Nature:
    """Return what a text looks like in the words of our languages: interest, bank charges, else a payment.

    It is for a person to decide.
    """
    if _INTEREST.search(text):
        return Nature.INTEREST
    return Nature.CHARGES if _CHARGES.search(text) else Nature.PAYMENT


@lru_cache(maxsize=1 << 14)
def find_references(text: str) -> frozenset[str]:
    """Find the pledges and instalments that a text names."""
    result = set()
    for match in _REFERENCE.finditer(text):
        pledge = f"PL-{match['year']}-{match['number']}"
        result.add(f"{pledge}/{match['part'].lower()}" if match["part"] else pledge)
    return frozenset(result)


@lru_cache(maxsize=1 << 14)
def find_doubt(text: str) -> str:
    """Return in words what in a text makes a person look at it; empty for nothing."""
    for match in _REFERENCE.finditer(text):
        rest = text[match.end() :]
        if _AFTER.match(rest) and not _REFERENCE.match(rest.lstrip(" -./,;:+&()#")):
            return f"a number follows {match[0]!r} in the text"
    plain = _REFERENCE.sub(" ", text)
    for pattern, what in ((_BACK, "speaks of money that comes back"), (_INSTEAD, "speaks of somebody else")):
        if result := pattern.search(plain):
            return f"the text {what} ({result[0]!r})"
    return ""


@lru_cache(maxsize=1 << 14)
def speaks_of_instalments(text: str) -> bool:
    """Return whether a text says in words which instalment it is, or that it is a part."""
    return _ORDINALS.search(_REFERENCE.sub(" ", text)) is not None
