"""Fault injection: a generated book under the whole law, one random fault at a time, and who finds it.

    python -m tests.faults --count 500 --seed 7

The book has 2,000 transactions of ten years (or as many as `--transactions` says), an approval of every entry above its
threshold, forty documents, twenty waivers, and a seal on every quarter that has ended. A fault changes one thing in the
text of the book, or one byte of a document. It is found when the book has an error that it did not have. The table
tells how many of each kind were found at all, how many by a rule other than approvals and seals, and how many by these
alone.
"""

import argparse
import random
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from hashlib import sha256
from pathlib import Path

from ledger.book.loading import load
from ledger.ground.periods import Quarter, months_later
from ledger.law.seal import NOTHING, seal
from tests.generate_book import approvals, body, header

YEARS = 10
DOCUMENTS, WAIVERS = 40, 20
BINDING = frozenset({"four-eyes", "period-sealed"})
"""Rules that hold the text of an entry itself: they find every change, whatever it means."""


def make_book(folder: Path, seed: int, transactions: int) -> Path:
    """Write the book without a fault; give its main file."""
    head, text = header(YEARS, bare=False), _waived(body(folder, transactions, YEARS, seed), random.Random(seed))
    main = folder / "main.beancount"
    main.write_text(f"{head}\n\n{text}\n", encoding="utf-8")
    text += "\n\n" + "\n".join(_documents(folder, main, random.Random(seed)))
    last = max(date.fromisoformat(day) for day in re.findall(r"^(\d{4}-\d\d-\d\d) \*", text, re.MULTILINE))
    text += "\n\n" + approvals(head, folder, text, last)
    main.write_text(f"{head}\n\n{text}\n", encoding="utf-8")
    closes = "\n\n".join(_closes(main, last))
    main.write_text(f"{head}\n\n{text}\n\n{closes}\n", encoding="utf-8")
    return main


def _waived(text: str, chance: random.Random) -> str:
    """Take the agreement out of some unpledged receipts, and waive the rule for each."""
    receipts = re.findall(
        r'^(\d{4}-\d\d-\d\d) \* "Example" "Contribution \(example\)".*\n  receipt-number: "(R-\d+)"', text, re.MULTILINE
    )
    lines = []
    for day, number in chance.sample(receipts, WAIVERS):
        text = re.sub(rf'(receipt-number: "{number}"\n(?:  .*\n)*?)  agreement: .*\n', r"\1", text, count=1)
        lines += [
            f'{day} custom "waiver" "agreement-required" "{number}"',
            '  reason: "The signed copy follows (example)"',
        ]
        lines += ['  approved-by: "treasurer-1"', f"  expires: {day}"]
    return text + "\n\n" + "\n".join(lines)


def _documents(folder: Path, main: Path, chance: random.Random) -> Iterator[str]:
    fund = load(main).fund
    for number, entry in enumerate(chance.sample(fund.entries, DOCUMENTS), 1):
        content = f"Document {number} (example): {chance.getrandbits(256):x}\n".encode()
        (folder / "documents" / f"{number}.txt").write_bytes(content)
        yield f'{entry.txn.date} document {entry.txn.postings[0].account} "documents/{number}.txt"'
        yield f'  evidence-of: "{fund.digest(entry)}"\n  evidence-sha256: "{sha256(content).hexdigest()}"'


def _closes(main: Path, last: date) -> Iterator[str]:
    """Seal every quarter that has ended before the last entry, and that of the last entry."""
    book, previous, after = load(main).fund.contents.everything, NOTHING, date.min
    quarter = Quarter.of(book[0].date if book[0].date.year >= 2010 else date(2010, 1, 1))
    while quarter.begin <= last:
        made = seal(book, quarter.end, after, previous)
        lines = [f'{quarter.end + timedelta(days=10)} custom "close" "{quarter}"', f'  digest: "{made.digest}"']
        lines += [f'  previous: "{previous}"'] if previous else []
        yield "\n".join([*lines, f"  entries: {made.entries}", '  by: "treasurer-1"'])
        previous, after, quarter = made.digest, quarter.end, Quarter.of(months_later(quarter.begin, 3))


Fault = Callable[[str, Path, random.Random], str]
"""Return the text of the book with one fault; or give it back as it is, with the fault in a document."""


def _pick(pattern: str, text: str, chance: random.Random) -> re.Match[str]:
    return chance.choice(list(re.finditer(pattern, text, re.MULTILINE)))


def _put(text: str, match: re.Match[str], words: str, group: int | str = 0) -> str:
    begin, end = match.span(group)
    assert text[begin:end] != words
    return text[:begin] + words + text[end:]


def amount(text: str, _folder: Path, chance: random.Random) -> str:
    match = _pick(r"^  [A-Z][\w:]+  (-?\d+\.?\d*) [A-Z]{3}", text, chance)
    change = Decimal(chance.choice(("0.01", "-0.01", "1", "-9", "100", "1000000"))) * chance.choice((1, 1, 3))
    return _put(text, match, str(Decimal(match[1]) + change), 1)


def day(text: str, _folder: Path, chance: random.Random) -> str:
    match = _pick(r"^(\d{4}-\d\d-\d\d) \* ", text, chance)
    moved = date.fromisoformat(match[1]) + timedelta(days=chance.choice((-1, 1, -30, 31, -365, 366, 3)))
    return _put(text, match, str(moved), 1)


OTHERS = {
    "Assets:Bank:Operating": ("Assets:Bank:Savings", "Assets:InterFundLoans"),
    "Assets:Bank:Savings": ("Assets:Bank:Operating",),
    "Assets:InterFundLoans": ("Assets:Bank:Savings",),
    "Expenses:Travel": ("Expenses:BankCharges", "Expenses:InKind:Services"),
    "Expenses:BankCharges": ("Expenses:Travel", "Expenses:IndirectCostRecovery"),
    "Expenses:IndirectCostRecovery": ("Expenses:Travel",),
    "Expenses:InKind:Services": ("Expenses:Travel",),
    "Income:Interest": ("Liabilities:UnclaimedReceipts",),
    "Liabilities:UnclaimedReceipts": ("Income:Interest", "Assets:Bank:Savings"),
    "Equity:Pledges:Contra": ("Equity:OpeningBalances",),
    "Equity:OpeningBalances": ("Income:Interest",),
}


def account(text: str, _folder: Path, chance: random.Random) -> str:
    match = _pick(r"^  ([A-Z][\w:]+)  -?\d", text, chance)
    name = match[1]
    if name in OTHERS:
        return _put(text, match, chance.choice(OTHERS[name]), 1)
    donor = "Foundation5" if not name.endswith(":Foundation5") else "Foundation6"
    return _put(text, match, name.rpartition(":")[0] + ":" + donor, 1)


def category(text: str, _folder: Path, chance: random.Random) -> str:
    match = _pick(r"^  [A-Z][\w:]+:(MemberStates|PermanentObservers|InterAmericanSystem|Others):", text, chance)
    others = {"MemberStates", "PermanentObservers", "InterAmericanSystem", "Others"} - {match[1]}
    return _put(text, match, chance.choice(sorted(others)), 1)


def link(text: str, _folder: Path, chance: random.Random) -> str:
    match = _pick(r'(?:\^|\{|, )"?((?:PL|UR)-\d{4}-\d{5}(?:/\d)?)', text, chance)
    words = match[1][:-1] + chance.choice([digit for digit in "0123456789" if digit != match[1][-1]])
    return _put(text, match, words, 1)


def document(text: str, folder: Path, chance: random.Random) -> str:
    path = folder / "documents" / f"{chance.randrange(1, DOCUMENTS + 1)}.txt"
    content = bytearray(path.read_bytes())
    if chance.random() < 0.1:
        path.unlink()
    else:
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        path.write_bytes(content)
    return text


def approval(text: str, _folder: Path, chance: random.Random) -> str:
    match = _pick(r'^\S+ custom "approval" "sha256:([0-9a-f]{64})"\n  by: "([\w-]+)"\n', text, chance)
    fault = chance.choice(("digest", "officer", "gone"))
    if fault == "gone":
        return text[: match.start()] + text[match.end() :]
    if fault == "officer":
        return _put(text, match, chance.choice(("finance-officer-1", "treasurer-2")), 2)
    place = chance.randrange(64)
    return _put(text, match, match[1][:place] + ("0" if match[1][place] != "0" else "1") + match[1][place + 1 :], 1)


def rate(text: str, _folder: Path, chance: random.Random) -> str:
    match = (
        _pick(r"(?:\{|price [A-Z]{3} )(\d\.\d+) USD", text.partition("2020-01-01 price")[0], chance)
        if chance.random() < 0.2
        else _pick(r"\{(\d\.\d+) USD", text, chance)
    )
    return _put(text, match, str(Decimal(match[1]) + Decimal(chance.choice(("0.0001", "-0.0001", "0.1", "-0.05")))), 1)


def waiver(text: str, _folder: Path, chance: random.Random) -> str:
    match = _pick(
        r'^(?P<begin>\S+) custom "waiver" "(?P<rule>[\w-]+)" "(?P<subject>[\w-]+)"\n  reason: .*\n  approved-by: "(?P<by>[\w-]+)"\n  expires: (?P<end>\S+)\n',
        text,
        chance,
    )
    fault = chance.choice(("rule", "subject", "by", "end", "begin", "gone"))
    if fault == "gone":
        return text[: match.start()] + text[match.end() :]
    before, after = (date.fromisoformat(match["begin"]) + timedelta(days=days) for days in (-1, 1))
    words = {
        "rule": "purpose-evidenced",
        "subject": "R-000000",
        "by": "finance-officer-1",
        "end": str(before),
        "begin": str(after),
    }
    return _put(text, match, words[fault], fault)


FAULTS: dict[str, Fault] = {
    "amount": amount,
    "date": day,
    "account": account,
    "category": category,
    "link": link,
    "document byte": document,
    "approval": approval,
    "rate": rate,
    "waiver": waiver,
}


@dataclass(frozen=True)
class Found:
    """What one fault did: the rules that found it, and the first line that differs."""

    kind: str
    rules: tuple[str, ...]
    line: str


def inject(main: Path, job: tuple[int, str]) -> Found:
    """Lay one fault into a copy of the book, and judge it."""
    seed, kind = job
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        shutil.copytree(main.parent / "documents", folder / "documents")
        before = main.read_text(encoding="utf-8")
        after = FAULTS[kind](before, folder, random.Random(seed))
        (folder / main.name).write_text(after, encoding="utf-8")
        rules = {finding.rule for finding in load(folder / main.name).errors}
        changed = next(
            (b for a, b in zip(before.splitlines(), after.splitlines(), strict=False) if a != b), "a document"
        )
        return Found(kind, tuple(sorted(rules)), changed)


def table(found: list[Found]) -> str:
    """Return the detection table, and every fault that nobody found."""
    lines = [f"{'fault':15} {'injected':>8} {'found':>8} {'by rules':>8} {'by approval or seal alone':>26}"]
    total: Counter[str] = Counter()
    for kind in FAULTS:
        of_kind = [item for item in found if item.kind == kind]
        seen = [item for item in of_kind if item.rules]
        ruled = [item for item in seen if set(item.rules) - BINDING]
        counts = (len(of_kind), len(seen), len(ruled), len(seen) - len(ruled))
        total.update(dict(zip("abcd", counts, strict=True)))
        lines.append(f"{kind:15} {counts[0]:8} {counts[1]:8} {counts[2]:8} {counts[3]:26}")
    lines.append(f"{'all':15} {total['a']:8} {total['b']:8} {total['c']:8} {total['d']:26}")
    lines += [f"NOT FOUND: {item.kind}: {item.line}" for item in found if not item.rules]
    return "\n".join(lines)


def run(count: int, seed: int, transactions: int, processes: int = 2) -> list[Found]:
    """Inject `count` faults, of every kind in turn."""
    with tempfile.TemporaryDirectory() as scratch, ProcessPoolExecutor(processes) as pool:
        main = make_book(Path(scratch), seed, transactions)
        sound = load(main)
        assert sound.errors == [], sound.errors[0].message
        assert sum(len(item.findings) for item in sound.waived) == WAIVERS
        kinds = list(FAULTS)
        jobs = [(seed * 1_000_000 + number, kinds[number % len(kinds)]) for number in range(count)]
        return list(pool.map(partial(inject, main), jobs, chunksize=5))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--transactions", type=int, default=2000)
    given = parser.parse_args()
    print(table(run(given.count, given.seed, given.transactions)))
