"""The command line speaks the four languages: by `VFUND_LANG`, else as the machine is set.

Programs are answered in English.
"""

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from app.cli import SUMMARIES, cli
from app.language import YES, language, translate
from app.main import main as entry_point
from ledger.ground.phrases import Term, phrase
from reports.translation import LANGUAGES
from tests.conftest import EXAMPLE, ROOT
from tests.make_words import help_of
from tests.terminal import on_a_terminal

USUAL = ("VFUND_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
PLEDGE = ("pledge", "--donor", "Brazil", "--amount", "1500 USD", "--date", "2026-10-01", "--due", "2026-12-31")


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, list(words))


OTHERS = [code for code in LANGUAGES if code != "en"]


@pytest.fixture
def main(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    assert run("init", str(tmp_path / "fund"), "--no-git").exit_code == 0
    path = tmp_path / "fund" / "main.beancount"
    monkeypatch.setenv("VFUND_BOOK", str(path))
    return path


@pytest.mark.parametrize(
    ("setting", "spoken"),
    [
        ({}, "en"),
        ({"LANG": "es_AR.UTF-8"}, "es"),
        ({"LANG": "es_AR.UTF-8", "LC_MESSAGES": "pt_BR"}, "pt"),
        ({"LANG": "es_AR.UTF-8", "LC_MESSAGES": "pt_BR", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LANG": "es_AR.UTF-8", "LC_ALL": ""}, "es"),
        ({"LC_ALL": "de_DE.UTF-8", "LANG": "fr_CA"}, "en"),
        ({"LC_ALL": "es", "VFUND_LANG": "fr"}, "fr"),
    ],
)
def test_the_first_variable_that_is_set_says_the_language(
    monkeypatch: pytest.MonkeyPatch, setting: dict[str, str], spoken: str
) -> None:
    for name in USUAL:
        monkeypatch.delenv(name, raising=False)
    for name, value in setting.items():
        monkeypatch.setenv(name, value)
    assert language() == spoken


def test_a_language_that_the_program_does_not_speak_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VFUND_LANG", "de")
    done = run("rules")
    assert (done.exit_code, "VFUND_LANG=de is none of the languages: en, es, fr, pt" in done.output) == (2, True)


@pytest.mark.usefixtures("main")
@pytest.mark.parametrize(
    ("spoken", "lines"),
    {
        "en": ["2026-10-01: Brazil pledges 1,500.00 USD", "  PL-2026-001: 1,500.00 USD, due 2026-12-31"],
        "es": [
            "1 de octubre de 2026: Brazil promete 1,500.00 USD",
            "  PL-2026-001: 1,500.00 USD, vence el 31 de diciembre de 2026",
        ],
        "fr": [
            "1er octobre 2026 : Brazil promet 1 500,00 USD",
            "  PL-2026-001 : 1 500,00 USD, échéance le 31 décembre 2026",
        ],
        "pt": [
            "1º de outubro de 2026: Brazil promete 1.500,00 USD",
            "  PL-2026-001: 1.500,00 USD, vence em 31 de dezembro de 2026",
        ],
    }.items(),
)
def test_an_entry_is_told_in_words_of_the_language(
    monkeypatch: pytest.MonkeyPatch, spoken: str, lines: list[str]
) -> None:
    monkeypatch.setenv("VFUND_LANG", spoken)
    done = run(*PLEDGE, "--dry-run")
    assert done.exit_code == 0, done.output
    assert done.output.translate({0xA0: " ", 0x202F: " "}).splitlines()[:2] == lines


@pytest.mark.usefixtures("main")
@pytest.mark.parametrize(
    ("spoken", "lines"),
    {
        "es": [
            "falta --amount  Monto y moneda, como 200000 USD",
            "--due: 'x' no es una fecha: escríbala como 2016-09-30",
        ],
        "fr": [
            "manque --amount  Montant et monnaie, par exemple 200000 USD",
            "--due : 'x' n'est pas une date : écrivez-la 2016-09-30",
        ],
        "pt": [
            "falta --amount  Valor e moeda, como 200000 USD",
            "--due: 'x' não é uma data: escreva-a como 2016-09-30",
        ],
    }.items(),
)
def test_everything_that_is_wrong_is_said_in_the_language(
    monkeypatch: pytest.MonkeyPatch, spoken: str, lines: list[str]
) -> None:
    monkeypatch.setenv("VFUND_LANG", spoken)
    done = run("pledge", "--donor", "Brazil", "--due", "x")
    assert done.exit_code == 2
    said = [line.strip() for line in done.output.replace("\xa0", " ").splitlines() if line.startswith("  ")]
    assert said == lines


@pytest.mark.usefixtures("main")
def test_words_that_contradict_each_other_are_named_in_the_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VFUND_LANG", "pt")
    done = run(*PLEDGE, "--instalment", "1500 USD@2026-12-31")
    assert "estas opções se contradizem:\n  --instalment e --due se excluem: omita um\n" in done.output


def test_what_the_book_refuses_and_how_to_mend_it_is_said_in_the_language(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = ROOT / "tests" / "broken" / "nothing-outstanding" / "source.beancount"
    monkeypatch.setenv("VFUND_LANG", "es")
    said = run("check", "--rule", "pledge-lifecycle", "--book", str(broken)).output
    assert "error pledge-lifecycle/nothing-outstanding" in said
    assert "nada estaba pendiente en PL-2016-001/1" in said
    assert "Para corregirlo: nombre un plazo que aún esté pendiente (`vfund show PL-2016-001` los enumera)." in said


@pytest.mark.usefixtures("main")
def test_what_a_new_entry_lacks_is_said_in_the_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VFUND_LANG", "fr")
    done = run(
        "receipt", "--donor", "Brazil", "--amount", "5 USD", "--purpose", "reports", "--agreement", "A", "--dry-run"
    )
    assert "point en suspens evidence/no-document" in done.output
    assert "l'écriture #receipt n'a aucun document classé." in done.output.replace("\xa0", " ")


@pytest.mark.usefixtures("main")
def test_a_program_is_answered_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = {}
    for spoken in LANGUAGES:
        monkeypatch.setenv("VFUND_LANG", spoken)
        answers[spoken] = run(*PLEDGE, "--dry-run", "--json").stdout
    assert json.loads(answers["en"])["pledge"] == "PL-2026-001"
    assert set(answers.values()) == {answers["en"]}


@pytest.mark.parametrize("spoken", OTHERS)
def test_what_is_asked_is_answered_in_the_language(main: Path, monkeypatch: pytest.MonkeyPatch, spoken: str) -> None:
    monkeypatch.setenv("VFUND_LANG", spoken)
    yes = max(YES[spoken], key=len)
    said = on_a_terminal(main, PLEDGE, ["", "", "", "", "", "perhaps", yes])
    assert translate(Term("Id of the pledge")) in said
    assert translate(Term("Record this entry?")) in said
    assert translate(Term("Error: invalid input")) in said
    monkeypatch.setenv("VFUND_LANG", "en")
    assert "PL-2026-001" in run("show", "--pledges").output


@pytest.mark.parametrize("spoken", OTHERS)
@pytest.mark.parametrize("name", ["", *SUMMARIES])
def test_help_is_in_the_language(monkeypatch: pytest.MonkeyPatch, spoken: str, name: str) -> None:
    words = [name, "--help"] if name else ["--help"]
    command = cli.get_command(click.Context(cli), name) if name else cli
    assert command is not None
    monkeypatch.setenv("VFUND_LANG", spoken)
    said = CliRunner().invoke(cli, words).output
    assert said.startswith(translate(Term("Usage:")))
    flat = " ".join(said.split())
    assert translate(Term("Show this message and exit.")) in flat
    assert not [text for text in help_of(command) if " " in text and text in flat]


def test_what_no_catalogue_has_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VFUND_LANG", "es")
    assert translate("Input/output error") == "Input/output error"
    assert translate(phrase("nothing was written: {reason}", reason="Input/output error")).endswith(
        "Input/output error"
    )


def test_help_in_english_reads_no_catalogue_and_no_book() -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "app.main", "--help"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    read = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines() if "|" in line}
    assert "click" in read
    assert read.isdisjoint({"babel", "pydantic", "beancount", "reports", "rich"})


LINES = """
show --as-of 2016-09-30
show Mexico
show Mexico --receipts --csv
show PL-2016-001
show --pledges
show --purposes
show Nobody
report
report summary 2016-Q3
report nothing
rules --category x
explain four-eye
export 2016-Q3 --dry-run
export 2099-Q1
export 2016-Q3 --output main.beancount
unclaimed --list
match --list
match --date 2099-01-01
overdue
overdue Nobody
pending
evidence
check
check --rule x
letter reminder --all --quarter 2016-Q3
letter statement --quarter 2016-Q3
letter receipt --all
letter note
query ''
query 'SELECT x'
schema x
template pledges --output README.md
import nothing.xml --bank x
verify README.md
show --nothing
receipt --amount
receipt --amount x --donor Mexico
serve --writable --host 0.0.0.0
"""
SAID_BY_THE_BOOK = {"Argentina", "Chile", "Colombia", "Panama", "Uruguay"}
"""Names that are the same in two languages."""


@pytest.mark.parametrize("line", LINES.strip().splitlines())
def test_no_door_leaves_a_line_in_english(
    line: str, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """Whatever a door says in English it says otherwise in each of the languages, but for what stands in the book."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "200")
    words = [*shlex.split(line), *(["--book", str(EXAMPLE)] if "schema" not in line else [])]
    outputs: dict[str, list[str]] = {}
    for code in LANGUAGES:
        monkeypatch.setenv("VFUND_LANG", code)
        with pytest.raises(SystemExit):
            entry_point(words)
        outputs[code] = [text for stream in capsysbinary.readouterr() for text in stream.decode().splitlines()]
    assert outputs["en"]
    for code in OTHERS:
        assert outputs[code]
        same = [text for text in outputs["en"] if text in outputs[code] and re.search(r"[a-z]{3} ?[a-z]{3}", text)]
        assert [text for text in same if not any(name in text for name in SAID_BY_THE_BOOK)] == []
