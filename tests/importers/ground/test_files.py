"""Files that attack, or are damaged.

Each is refused clearly, within bounded memory and time, and nothing of it is in the book.
"""

import io
import random
import resource
import subprocess
import sys
import zipfile
import zlib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from importers import formats
from importers.formats import camt
from importers.ground import files
from importers.ground.configuration import Configuration
from importers.ground.refusal import RefusedFileError
from tests.conftest import shared
from tests.sample_files import statements_in
from tests.statements import Paid, camt053, mt940

LINES = [
    Paid(date(2025, 1, day), Decimal("10.00") * day, "Payer (example)", f"Text {day}", f"FT-{day}")
    for day in range(1, 29)
]
STATEMENT = {"sequence": 1, "begin": date(2025, 1, 1), "end": date(2025, 1, 31)}
GOOD = camt053("US64SVBKUS6S3300958879", "USD", Decimal("5.00"), LINES, **STATEMENT)  # type: ignore[arg-type]
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE Document [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]><Document><BkToCstmrStmt><Stmt><Id>&j;</Id></Stmt></BkToCstmrStmt></Document>"
)
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE Document [<!ENTITY x SYSTEM "file:///etc/passwd">]><Document><BkToCstmrStmt><Stmt><Id>&x;</Id></Stmt></BkToCstmrStmt></Document>'


def reason(content: bytes, tmp_path: Path, name: str = "file") -> str:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(RefusedFileError) as caught:
        statements_in(files.read_file(path))
    return str(caught.value)


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize("content", [LAUGHS, OUTSIDE], ids=["billion laughs", "a file from outside"])
def test_xml_with_entities_is_refused(content: bytes, tmp_path: Path) -> None:
    assert "declares a DTD or entities" in reason(content, tmp_path)


@pytest.mark.parametrize("content", [LAUGHS, OUTSIDE], ids=["billion laughs", "a file from outside"])
def test_so_is_ofx(content: bytes, tmp_path: Path) -> None:
    ofx = (
        content.replace(b"Document>", b"OFX>")
        .replace(b"DOCTYPE Document", b"DOCTYPE OFX")
        .replace(b"BkToCstmrStmt", b"BANKMSGSRSV1")
    )
    assert "declares a DTD or entities" in reason(ofx, tmp_path)


def test_a_zip_bomb_is_stopped_whatever_size_it_declares(tmp_path: Path) -> None:
    bomb = zipped(**{"statement.xml": b"\0" * (files.LARGEST + 1)})
    assert len(bomb) < 100_000
    assert "unpacks to more than" in reason(bomb, tmp_path)
    lying = bomb.replace((files.LARGEST + 1).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert lying != bomb
    assert reason(lying, tmp_path)


def test_a_zip_in_a_zip_and_a_damaged_one_are_refused(tmp_path: Path) -> None:
    inner = zipped(**{"statement.xml": GOOD})
    assert "zip within a zip" in reason(zipped(**{"inner.zip": inner}), tmp_path)
    assert reason(inner[: len(inner) // 2], tmp_path)
    broken = bytearray(inner)
    broken[60] ^= 0xFF
    assert reason(bytes(broken), tmp_path)
    assert statements_in(files.Source("good.zip", inner))[0].net == sum(line.number for line in LINES)


def test_a_path_in_a_zip_leads_nowhere(tmp_path: Path) -> None:
    found = statements_in(files.Source("a.zip", zipped(**{"../../etc/statement.xml": GOOD})))
    assert len(found[0].lines) == len(LINES)
    assert list(tmp_path.iterdir()) == []


def test_a_file_of_a_gigabyte_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "large.xml"
    with path.open("wb") as file:
        file.truncate(1 << 30)
    with pytest.raises(RefusedFileError, match="1,073,741,824 bytes"):
        files.read_file(path)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-32"])
def test_a_text_in_another_encoding_is_read_or_refused(encoding: str, tmp_path: Path) -> None:
    content = mt940("US64SVBKUS6S3300958879", "USD", Decimal(5), LINES, **STATEMENT).decode().encode(encoding)  # type: ignore[arg-type]
    path = tmp_path / "file.sta"
    path.write_bytes(content)
    if encoding == "utf-16":
        assert statements_in(files.read_file(path))[0].net == sum(line.number for line in LINES)
    else:
        assert reason(content, tmp_path)  # nothing marks the order of its bytes


def test_nul_bytes_are_refused(tmp_path: Path) -> None:
    text = mt940("US64SVBKUS6S3300958879", "USD", Decimal(5), LINES, **STATEMENT)  # type: ignore[arg-type]
    assert "NUL byte" in reason(text.replace(b"Text 9", b"Te\0t 9"), tmp_path)
    assert reason(GOOD.replace(b"Text 9", b"Te\0t 9"), tmp_path)


def test_text_that_turns_what_is_shown_round_is_left_out() -> None:
    (statement,) = camt.read(
        files.Source("x", GOOD.replace(b"Text 9<", "Te\u202ext\u2066 9\u0007<".encode().replace(b"\x07", b"&#9;")))
    )
    assert any(line.text == "Te xt 9" for line in statement.lines)


def test_a_workbook_with_formulas_or_entities_is_refused(tmp_path: Path) -> None:
    book = Workbook()
    headings = ["Your number", "Donor", "Amount", "Currency", "Date of the letter"]
    book.active.append(headings)
    book.active.append(["1", "=cmd|'/C calc'!A0", "=SUM(A1:A9)", "USD", "2025-01-01"])
    book.save(tmp_path / "formulas.xlsx")
    content = (tmp_path / "formulas.xlsx").read_bytes()
    assert "formula stands here" in reason(content, tmp_path)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(
                name,
                part.replace(b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet', 1)
                if "sheet1" in name
                else part,
            )
    assert "entities" in reason(out.getvalue(), tmp_path)


def at_every_kilobyte(content: bytes) -> list[bytes]:
    return [content[:size] for size in range(0, len(content), 1024)]


@pytest.mark.parametrize(
    "name",
    [
        "camt/gs-camt052_001_02.xml",
        "mt940/betterplace_with_binary_character.sta",
        "ofx/bank_medium.ofx",
        "bai2/svb_us_example.bai2",
    ],
)
def test_a_sample_cut_off_at_every_kilobyte_is_refused(name: str, tmp_path: Path) -> None:
    content = shared(f"samples/{name}").read_bytes()
    for part in [*at_every_kilobyte(content), content[:-20]]:
        assert reason(part, tmp_path)


@pytest.mark.parametrize("kind", ["camt", "mt940", "zip", "xlsx"])
def test_what_we_write_cut_off_at_every_kilobyte_is_refused(kind: str, tmp_path: Path) -> None:
    if kind == "xlsx":
        book = Workbook()
        for row in range(3000):
            book.active.append([row, zlib.crc32(bytes(row)), "x"])
        book.save(tmp_path / "whole.xlsx")
        content = (tmp_path / "whole.xlsx").read_bytes()
    else:
        lines = [
            Paid(date(2025, 1, 1 + n % 28), Decimal(n + 1), "Payer (example)", f"Text {n}", f"FT-{n}")
            for n in range(60)
        ]
        write = mt940 if kind == "mt940" else camt053
        content = write("US64SVBKUS6S3300958879", "USD", Decimal(5), lines, **STATEMENT)  # type: ignore[arg-type]
        content = zipped(**{"statement.xml": content}) if kind == "zip" else content
    for part in at_every_kilobyte(content):
        assert reason(part, tmp_path)


def test_hostile_files_stay_within_memory_and_time(tmp_path: Path) -> None:
    """The command refuses them all in one run, within a gigabyte and a minute, without a traceback."""
    for name, content in {
        "laughs.xml": LAUGHS,
        "outside.xml": OUTSIDE,
        "bomb.zip": zipped(**{"statement.xml": b"\0" * (files.LARGEST + 1)}),
        "deep.ofx": b"OFXHEADER:100\n<OFX>" + b"<A>" * 100_000,
        "deep.xml": b"<BkToCstmrStmt>" * 100_000,
        "long.sta": b":20:X\n:25:1\n:28C:1\n:60F:C250101USD0,\n:61:" + b"9" * 3_000_000,
        "wide.csv": b"," * 3_000_000,
        "nothing": b"",
        "noise": bytes(range(256)) * 4000,
    }.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "book").mkdir()
    main = tmp_path / "book" / "main.beancount"
    main.write_text('option "operating_currency" "USD"\nplugin "plugins.fund"\n', encoding="utf-8")
    before = main.read_bytes()

    def bounded() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))

    hostile = sorted(str(path) for path in tmp_path.iterdir() if path.is_file())
    code = "import sys; from app.main import main; main(sys.argv[1:])"
    words = [sys.executable, "-c", code, "import", "--book", str(main), *hostile]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False, preexec_fn=bounded)
    assert done.returncode == 1, done.stderr[-2000:]
    assert "Traceback" not in done.stderr
    assert done.stderr.count("refused") >= len(hostile)
    assert f"refused {len(hostile)}" in done.stdout
    assert main.read_bytes() == before


def test_a_sample_with_bytes_changed_at_random_is_read_or_refused() -> None:
    """Seeded: bytes are changed, taken out, put in and repeated; nothing but a refusal ever comes of it."""
    chance = random.Random(20261125)
    paths = [
        path for folder in ("camt", "mt940", "bai2", "ofx") for path in sorted(shared(f"samples/{folder}").iterdir())
    ]
    pieces = (b"-", b"\n:61:", b"9" * 20, b"<", b"/", b",", b"\n", b"\xc3", b"<Amt>")
    refused = 0
    for _ in range(1500):
        path = chance.choice(paths)
        content = bytearray(path.read_bytes())
        for _ in range(chance.choice((1, 2, 5, 20))):
            at = chance.randrange(len(content) or 1)
            kind = chance.randrange(3)
            content[at : at + chance.randrange(30)] = (b"", chance.choice(pieces), bytes(content[at : at + 40]))[kind]
        source = files.Source(path.name, bytes(content))
        try:
            formats.recognise(source, Configuration())
        except RefusedFileError:
            refused += 1
    assert 1000 < refused < 1500
