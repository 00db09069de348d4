"""Words of a command that exclude or contradict each other.

Every pair of every command (see `tests.pairs`), and every way to contradict.
"""

import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from app.cli import SUMMARIES, cli
from app.command import Command, word_of
from tests.pairs import CASES, Fund, outcomes

pytestmark = (
    pytest.mark.uncovered
)  # thousands of lines through code that other tests cover: coverage would double the time


@pytest.fixture(scope="module")
def fund(tmp_path_factory: pytest.TempPathFactory) -> Fund:
    return Fund(tmp_path_factory.mktemp("pairs"))


def test_every_command_is_tried() -> None:
    assert set(CASES) == set(SUMMARIES)


@pytest.mark.parametrize("command", SUMMARIES)
def test_every_pair_of_words_has_its_effect_or_is_refused(fund: Fund, command: str) -> None:
    found = list(outcomes(fund, command))
    words = sum(len([p.opts, *([p.secondary_opts] if p.secondary_opts else [])]) for p in command_of(command).params)
    assert len(found) == words * (words - 1) // 2
    assert [(outcome.mark, *outcome.pair, outcome.said) for outcome in found if outcome.mark in "!?"] == []


CONTRADICTIONS = """
identify UR-2026-003 --donor Mexico --settles PL-2026-002/1 | --donor Mexico contradicts --settles PL-2026-002/1, which is of Argentina: leave one out
identify UR-2026-003 --donor Mexico --amount '601 USD' | --amount 601.00 USD contradicts UR-2026-003, of which 600.00 USD is left: correct one
identify UR-2026-003 --donor Mexico --amount '5 EUR' | --amount 5.00 EUR contradicts UR-2026-003, which came in as USD: correct one
identify UR-2026-003 --settles PL-2026-002/1 --amount '90 USD' --unpledged 90 | --unpledged 90 contradicts --settles PL-2026-002/1: of 90.00 USD nothing is left for it
identify UR-2026-003 --donor Mexico --bank Assets:Bank:Second | --bank Assets:Bank:Second says nothing: this book owes indirect costs
receipt PL-2026-002 --settles PL-2026-003/1 --amount '90 EUR' | PL-2026-002 contradicts --settles PL-2026-003/1, which is not of PL-2026-002: leave one out
receipt PL-2026-002/1 --settles PL-2026-002/2 --amount '90 USD' | PL-2026-002/1 contradicts --settles PL-2026-002/2, which is not of PL-2026-002/1: leave one out
receipt PL-2026-002 --donor Mexico --amount '90 USD' | PL-2026-002, which is of Argentina, contradicts --donor Mexico
receipt PL-2026-002 --amount '90 USD' --unpledged 90 | --unpledged 90 contradicts PL-2026-002: of 90.00 USD nothing is left for it
receipt PL-2026-002 --amount '85 USD' --charges 5 --unpledged 90 | --unpledged 90 contradicts PL-2026-002: of 90.00 USD nothing is left for it
receipt --donor Mexico --amount '90 USD' --unpledged 9 | --unpledged: nothing is settled by 90.00 USD, so none of it is beyond a pledge: leave it out
receipt --donor Mexico --amount '90 USD' --rate 3 | --rate 3 contradicts --amount in USD, the unit of account: leave --rate out
receipt --donor Mexico --amount '90 USD' --purpose reports --meta purpose=country-visits | --meta purpose=… and --purpose say the same
receipt --donor Mexico --amount '90 USD' --meta source=a --meta source=b | --meta source=… is given twice
receipt --donor Mexico --donor Peru --amount '90 USD' | --donor is given twice: leave one out
pledge --donor Chile --amount '100 USD' --instalment '60 USD@2026-12-31' --instalment '50 USD@2027-12-31' | --amount 100.00 USD contradicts --instalment, in all 110.00 USD
pledge --donor Chile --amount '110 EUR' --instalment '60 USD@2026-12-31' --instalment '50 USD@2027-12-31' | --amount 110.00 EUR contradicts --instalment, in all 110.00 USD
pledge --donor Chile --amount '100 USD' --rate 5 | --rate 5 contradicts --amount in USD
pledge --donor Chile --instalment '100 USD@2027-12-31' --rate 5 | --rate 5 contradicts --instalment in USD
pledge --donor Chile --instalment '100 USD@2027-12-31' --due 2026-12-31 | --instalment and --due exclude each other: leave one out
agreement PL-2026-001 --donor Brazil --amount '110 EUR' | PL-2026-001, which is of Spain, contradicts --donor Brazil, which is of Brazil: leave one out
agreement PL-2026-001 --rate 5 | --rate 5 contradicts PL-2026-001, which keeps the rate of its announcement: leave --rate out
agreement --donor Peru --amount '5 USD' --rate 5 | --rate 5 contradicts --amount in USD
agreement --donor Peru --amount '5 USD' --instalment '6 USD@2027-01-01' | --amount 5.00 USD contradicts --instalment, in all 6.00 USD
agreement --donor Peru --accepted 2026-01-01 --instrument-date 2026-01-02 | --accepted 2026-01-01 contradicts --instrument-date 2026-01-02, which is later
increase PL-2026-003 --amount '5 USD' | --amount 5.00 USD contradicts PL-2026-003, which is in EUR
increase PL-2026-002 --amount '5 USD' --rate 5 | --rate 5 contradicts --amount in USD
increase PL-2026-002 --amount '5 USD' --instalment '6 USD@2027-01-01' | --amount 5.00 USD contradicts --instalment, in all 6.00 USD
increase PL-2026-002 --accepted 2026-01-01 --instrument-date 2026-01-02 | --accepted 2026-01-01 contradicts --instrument-date 2026-01-02, which is later
increase PL-2026-002 --instalment '6 USD@2027-01-01' --due 2027-01-01 | --instalment and --due exclude each other
opening --amount '5 USD' --rate 3 | --rate 3 contradicts --amount in USD
opening --amount '5 USD' --purpose reports --earmark reports=5 | --purpose and --earmark exclude each other
in-kind --donor Panama --value '80 USD' --converts PL-2026-002/2 | --donor Panama contradicts --converts PL-2026-002/2, which is of Argentina
reduce PL-2026-001 --amount '5 USD' | --amount 5.00 USD contradicts PL-2026-001, which is in EUR
write-off PL-2026-001 --amount '5 USD' | --amount 5.00 USD contradicts PL-2026-001, which is in EUR
refund --unclaimed UR-2026-001 --donor Mexico --purpose reports --rate 3 | --unclaimed and --donor exclude each other
refund --unclaimed UR-2026-001 --donor Mexico --purpose reports --rate 3 | --unclaimed and --purpose exclude each other
refund --unclaimed UR-2026-001 --donor Mexico --purpose reports --rate 3 | --unclaimed and --rate exclude each other
refund --unclaimed UR-2026-001 --amount '501 USD' --reason x | --amount 501.00 USD contradicts UR-2026-001, of which 500.00 USD is left
refund --donor Mexico --amount '5 USD' --rate 3 | --rate 3 contradicts --amount in USD
expenditure --object Travel --amount '5 USD' --purpose reports --document I-1 --rate 3 | --rate 3 contradicts --amount in USD
payment --amount '5 USD' --rate 3 | --rate 3 contradicts --amount in USD
interest --amount '5 USD' --rate 3 | --rate 3 contradicts --amount in USD
bank-charge --amount '5 USD' --rate 3 | --rate 3 contradicts --amount in USD
transfer --amount '5 USD' --bank Assets:Bank:Operating --to Assets:Bank:Second --rate 3 | --rate 3 contradicts --amount in USD
transfer --amount '5 EUR' --bank Assets:Bank:Operating --to Assets:Bank:Second --rate 3 --receives '6 USD' | --rate and --receives exclude each other
unclaimed --list --amount '5 USD' | --list and --amount exclude each other
unclaimed --amount '5 USD' --rate 3 | --rate 3 contradicts --amount in USD
clear UNHCR --until 2025-01-31 --date 2026-01-31 --ceiling 5 --document ../notice.txt | --until 2025-01-31 contradicts --date 2026-01-31, which is later
clear UNHCR --until 2025-01-31 --ceiling 5 --document ../notice.txt | is before --date
waive evidence R-1 --reason x --expires 2025-01-31 --date 2026-01-31 | --expires 2025-01-31 contradicts --date 2026-01-31, which is later
waive evidence R-1 --reason x --expires 2025-01-31 --by treasurer-1 | is before --date
letter receipt --all | --all and KIND=receipt exclude each other
letter receipt R-2026-0001 --quarter 2026-Q2 | KIND=receipt and --quarter exclude each other
letter statement Mexico --reply-by 2026-12-31 | --reply-by says nothing without KIND=confirmation
query 'SELECT 1' --tables | --tables and STATEMENT exclude each other
query --csv | --csv says nothing without STATEMENT
show Mexico --purposes | --purposes and WHAT exclude each other
export 2026-Q2 --draft --format csv --symbol CP/1 | --symbol and --format=csv exclude each other
verify ../report.json --evidence ../other.json --book ../other | --evidence and --book exclude each other
serve --check --port 5000 | --check and --port exclude each other
init --git --no-git | --git and --no-git exclude each other
import ../rates.xls --bank Assets:Bank:Second | --bank is for bank statements, and none was given: leave it out
import ../statement.xml --opening --bank Assets:Bank:Second | contradicts the number of these statements, which is that of Assets:Bank:Third
match --list --by finance-officer-2 | --list and --by exclude each other
approve PL-2026-004 --all --by treasurer-1 | --all and ENTRY exclude each other
"""


def rows() -> Iterator[tuple[str, str]]:
    for row in CONTRADICTIONS.strip().splitlines():
        line, _, says = row.partition(" | ")
        yield line, says


@pytest.mark.parametrize(("line", "says"), list(rows()))
def test_a_contradiction_is_refused_by_name(fund: Fund, line: str, says: str) -> None:
    command, *words = shlex.split(line)
    for more in ([], ["--json"] if "--json" in {w for p in command_of(command).params for w in p.opts} else []):
        code, said = fund.run([command, *words, *more])
        assert (code, says in said) == (2, True), said


def test_all_that_contradicts_is_said_together(fund: Fund) -> None:
    code, said = fund.run(
        shlex.split(
            "agreement PL-2026-001 --donor Brazil --amount '110 EUR' --due 2026-12-31 --instalment '60 EUR@2026-12-31' --rate 5"
        )
    )
    assert code == 2
    told = [line.strip() for line in said.splitlines() if line.startswith("  ")]
    assert told == [
        "PL-2026-001, which is of Spain, contradicts --donor Brazil, which is of Brazil: leave one out",
        "--instalment and --due exclude each other: leave one out",
        "--amount 110.00 EUR contradicts --instalment, in all 60.00 EUR: correct one, or leave --amount out",
        "--rate 5 contradicts PL-2026-001, which keeps the rate of its announcement: leave --rate out",
    ]


def test_every_relation_is_shown_in_help_and_names_words_of_its_command(fund: Fund) -> None:
    for name in SUMMARIES:
        command = command_of(name)
        for relation in command.relations if isinstance(command, Command) else ():
            known = {word for parameter in command.params for word in words_with_choices(parameter)}
            assert set(relation.words) <= known, (name, relation.words)
            assert " ".join(str(relation.rule).split()) in " ".join(fund.run([name, "--help"])[1].split())


def test_every_judged_relation_has_a_contradiction_above() -> None:
    tried = {line.split()[0] for line, _ in rows()}
    judged = {name for name in SUMMARIES if any(r.judge for r in getattr(command_of(name), "relations", ()))}
    assert judged <= tried


def test_part_of_an_unclaimed_receipt_is_given_back_and_the_rest_stays(tmp_path: Path) -> None:
    """500 came in; 150 of them go back, so 350 stay, and they can still be identified."""
    fund = Fund(tmp_path, guarded=False)
    code, said = fund.run(
        shlex.split("refund --unclaimed UR-2026-001 --amount '150 USD' --reason letter --date 2026-10-02 -y")
    )
    assert code == 0, said
    code, said = fund.run(["unclaimed", "--list", "--json"])
    assert '"link": "UR-2026-001", "date": "2026-03-01"' in said
    assert '"left": "350.00"' in said
    code, said = fund.run(
        shlex.split("refund --unclaimed UR-2026-002 --amount '40 EUR' --reason letter --date 2026-10-02 --dry-run")
    )
    assert (code, "40.00 EUR out at 1.10" in said) == (0, True), said


def command_of(name: str) -> click.Command:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    return command


def words_with_choices(parameter: click.Parameter) -> Iterator[str]:
    names = [word_of(parameter), *([word_of(parameter, value=False)] if parameter.secondary_opts else [])]
    yield from names
    if isinstance(parameter.type, click.Choice):
        yield from (f"{name}={choice}" for name in names for choice in parameter.type.choices)
