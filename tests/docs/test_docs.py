"""The documents say what the program does.

Generated pages are current, the guides' commands run, the links lead somewhere.
"""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.cli import SUMMARIES, cli
from ledger.book.loading import load
from tests.conftest import ROOT
from tests.make_docs import PAGES

GUIDES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


@pytest.mark.parametrize("name", PAGES)
def test_a_generated_page_is_current(name: str) -> None:
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == PAGES[name](), "run `make docs`"


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)
def test_links_lead_somewhere(guide: Path) -> None:
    text = re.sub(r"```.*?```", "", guide.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\((?!https?://|#)([^)#]+)", text):
        assert (guide.parent / target).exists(), target


def test_the_officers_guide_runs_from_its_first_command_to_its_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every `vfund` command in the guide's code blocks is run in order in one new folder.

    Each must do what the guide says.
    """
    monkeypatch.delenv("VFUND_BOOK", raising=False)
    monkeypatch.chdir(tmp_path)
    text = (ROOT / "docs" / "officers.md").read_text(encoding="utf-8")
    ran = set()
    for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL):
        for line in block.replace("\\\n", " ").splitlines():
            words = shlex.split(line, comments=True)
            if words[:1] == ["cd"]:
                monkeypatch.chdir(tmp_path / words[1])
            if words[:1] == ["echo"]:
                assert words[-2] == ">"
                Path(words[-1]).write_text(" ".join(words[1:-2]), encoding="utf-8")
            if words[:1] == ["printf"]:
                assert words[-2] in {">", ">>"}
                with Path(words[-1]).open("a" if words[-2] == ">>" else "w", encoding="utf-8") as file:
                    file.write(words[1].replace("\\n", "\n"))
            if words[:1] != ["vfund"]:
                continue
            done = CliRunner().invoke(cli, words[1:])
            expected = 2 if "# refused with 2" in line else 1 if "# refused" in line else 0
            assert done.exit_code == expected, line + "\n" + done.output
            ran.add(words[1])
    assert ran == set(SUMMARIES)
    left = load(next(tmp_path.rglob("main.beancount"))).errors
    assert {finding.code for finding in left} == {"four-eyes/pending"}  # what was recorded after the last approval
