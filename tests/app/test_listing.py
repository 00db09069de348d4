"""Names are found however they are typed."""

import json
from pathlib import Path
from unicodedata import normalize

import pytest
from click.testing import CliRunner

from app.cli import cli
from tests.funds import vfund

DECOMPOSED = normalize("NFD", "México")


@pytest.mark.parametrize(
    "line",
    [
        f"show {DECOMPOSED}",
        f"letter statement {DECOMPOSED} --dry-run",
        f"pledge --donor {DECOMPOSED} --amount '5 USD' --dry-run",
        f"receipt --donor {DECOMPOSED} --amount '5 USD' --agreement A --purpose reports --dry-run",
        f"confirm {DECOMPOSED} 2026-Q1 --answer agreed --source slip --dry-run",
    ],
)
@pytest.mark.usefixtures("received")
def test_a_name_is_found_however_its_accents_are_composed(line: str) -> None:
    assert len(DECOMPOSED) == 7
    done = vfund(line)
    assert done.exit_code == 0, done.output
    assert any(name in done.output for name in ("Mexico", "México", "MEX answered", '"MEX"'))


@pytest.mark.usefixtures("received")
def test_a_text_is_written_composed() -> None:
    done = CliRunner().invoke(cli, ["unclaimed", "--amount", "5 USD", "--narration", DECOMPOSED, "--dry-run", "--json"])
    assert '"México"' in json.loads(done.stdout)["entry"]


def test_a_donor_whose_name_the_book_has_decomposed_is_found(received: Path) -> None:
    name = normalize("NFD", "Fundación Puentes")
    with (received.parent / "donors.beancount").open("a", encoding="utf-8") as file:
        file.write(
            f'2004-06-08 custom "donor" "PUENTES"\n  account: "Puentes"\n  kind: "private-institution"\n  name-en: "{name}"\n'
        )
    assert vfund("show 'Fundación Puentes'").exit_code == 0
    assert vfund(f"show '{name}'").exit_code == 0
