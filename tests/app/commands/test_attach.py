"""Documents of entries: altered or lost, they are found."""

from pathlib import Path

from tests.funds import RECEIPT, YEAR, codes, ok, vfund


def test_a_document_that_is_altered_or_lost_is_found(main: Path) -> None:
    ok(f"{RECEIPT} --evidence notice.txt")
    kept = next((main.parent / "documents" / str(YEAR)).iterdir())
    kept.write_text("Bank notice (exemple)", encoding="utf-8")
    assert "evidence/altered" in codes(main)
    listed = vfund("evidence")
    assert (listed.exit_code, "altered" in listed.output, "has 1 error and 1 open point" in listed.output) == (
        1,
        True,
        True,
    )
    kept.unlink()
    assert "evidence/missing" in codes(main)
    assert not [code for code in codes(main) if code.startswith("beancount/")]
