"""The four languages: every text is translated, nothing else is in a catalogue, and figures and formulas are the same in all."""

import io
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from unicodedata import combining, normalize

import pytest
from babel.messages.pofile import read_po
from openpyxl import load_workbook

from ledger.book.loading import Book, load
from ledger.ground.periods import Quarter
from ledger.ground.phrases import Phrase, Term, phrase
from reports.document import document
from reports.faces.workbook.build import build
from reports.report import report
from reports.scope import Basis, Scope
from reports.translation import CATALOGUES, LANGUAGES, MissingTranslationError, Translator
from tests.books import BROKEN, MORE, SMALL
from tests.conftest import EXAMPLE, ROOT, Load, Write
from tests.make_words import texts

OTHERS = [language for language in LANGUAGES if language != "en"]
Q2 = Quarter(2016, 2)


def catalogue(language: str) -> dict[str, str]:
    with (CATALOGUES / f"{language}.po").open(encoding="utf-8") as file:
        return {str(m.id): str(m.string) for m in read_po(file, locale=language) if m.id and not m.fuzzy}


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_is_translated_and_nothing_else_is(language: str) -> None:
    wanted, translated = texts(), catalogue(language)
    assert len(wanted) > 1_400
    assert {text for text in wanted if not translated.get(text)} == set(), "run `make words`, then translate"
    assert translated.keys() - wanted == set(), "run `make words`"


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_has_the_places_of_its_text(language: str) -> None:
    places = re.compile(r"\{\w*(?:!r)?\}")
    wrong = {
        text: said
        for text, said in catalogue(language).items()
        if sorted(places.findall(text)) != sorted(places.findall(said)) or text.strip() != text or said.strip() != said
    }
    assert wrong == {}


GLOSSARY = ROOT / "docs" / "glossary.md"


def terms() -> dict[str, dict[str, str]]:
    """Return the glossary: an English term to its forms in each other language, as the cell has them."""
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in GLOSSARY.read_text(encoding="utf-8").splitlines()
        if line.startswith("| ") and not line.startswith("| English")
    ]
    return {row[0]: dict(zip(OTHERS, row[1:4], strict=True)) for row in rows}


def plain(text: str) -> str:
    """Return a text in small letters without accents."""
    return "".join(c for c in normalize("NFKD", text.casefold()) if not combining(c))


def forms(cell: str) -> re.Pattern[str]:
    """Return what finds a term in one of its forms, whatever its ending."""
    found = []
    for form in re.sub(r"\([^)]*\)", "", plain(cell)).split(";"):
        stems = [word[:-2] if len(word) >= 7 else word[:-1] if len(word) > 4 else word for word in form.split()]
        found.append(r"\W+(?:\w+\W+)?".join(rf"\b{stem}\w*" for stem in stems))
    return re.compile("|".join(found))


def spoken_words(text: str) -> str:
    """Return what an English text says in words, without what is typed, filled in or quoted, and without names of rules and accounts."""
    return re.sub(r"`[^`]*`|<[^>]*>|#\w\S*|\{[^}]*\}|\"[^\"]*\"|\S*[/.:_-]\w\S*|\b[A-Z]{3,}\b", " ", text)


@pytest.mark.parametrize("term", terms())
@pytest.mark.parametrize("language", OTHERS)
def test_the_catalogues_use_the_terms_of_the_glossary(language: str, term: str) -> None:
    wanted, translated = forms(terms()[term][language]), catalogue(language)
    english = re.compile(rf"\b{term}s?\b", re.IGNORECASE)
    texts_with_it = [text for text in translated if english.search(spoken_words(text))]
    assert texts_with_it, "no text has it"
    wrong = {text: translated[text] for text in texts_with_it if not wanted.search(plain(translated[text]))}
    assert wrong == {}


def test_an_instalment_is_no_quota_in_spanish() -> None:
    """At the OAS `cuota` is the assessed quota of a member state (General Standards, art. 78)."""
    assert [said for said in catalogue("es").values() if re.search(r"\bcuotas?\b", said, re.IGNORECASE)] == []


@pytest.fixture(params=["example", "small", "agreement"])
def scoped(request: pytest.FixtureRequest, book: Load) -> tuple[Book, Basis]:
    if request.param == "example":
        return load(EXAMPLE), Basis.CASH
    return book(SMALL, MORE), Basis.AGREEMENT if request.param == "agreement" else Basis.CASH


@pytest.mark.uncovered
def test_figures_and_formulas_are_the_same_in_every_language(scoped: tuple[Book, Basis]) -> None:
    loaded, basis = scoped
    cells: dict[str, list[list[object]]] = {}
    for language in LANGUAGES:
        of = document(report(loaded, Scope.of(Q2, basis=basis, language=language)))
        workbook = load_workbook(io.BytesIO(build(of)))
        names = workbook.sheetnames
        assert len({name.casefold() for name in names}) == len(names)
        assert max(map(len, names)) <= 31
        for table in of.tables:
            headers = [str(column.header) for column in table.columns]
            assert len(set(headers)) == len(headers), (language, table.key)
        assert not [name for name in workbook.defined_names if not name.isascii()]
        cells[language] = [
            [
                (cell.coordinate, cell.value)
                for row in sheet.iter_rows(min_row=5)
                for cell in row
                if isinstance(cell.value, (int, float)) or cell.data_type == "f"
            ]
            for sheet in workbook
            if sheet.title != names[0]
        ]
    for language in OTHERS:
        assert cells[language] == cells["en"], language


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_a_report_are_of_one_language(language: str, book: Load) -> None:
    """No English word of ours is left in a report in another language, but for the names of rules, kinds and keys."""
    of = document(report(book(SMALL, MORE), Scope.of(Q2, language=language)))
    said = {str(of.status), of.kind, *(label for label, _ in of.facts)}
    for table in of.tables:
        said |= {str(table.title), str(table.subtitle), *(str(c.header) for c in table.columns), *map(str, table.notes)}
    english = {text for text in texts() if len(text.split()) > 2}
    assert bool(said & english) == (language == "en")


def test_days_and_figures_in_a_text() -> None:
    from datetime import date  # noqa: PLC0415 - only here
    from decimal import Decimal  # noqa: PLC0415

    phrase = Phrase("{a} {b}", (("a", date(2016, 7, 1)), ("b", Decimal("1234.5"))))
    said = {
        language: Translator(language).say(phrase.values[0][1]) + " " + Translator(language).say(phrase.values[1][1])
        for language in LANGUAGES
    }
    assert said == {
        "en": "July 1, 2016 1,234.50",
        "es": "1 de julio de 2016 1,234.50",
        "fr": "1er juillet 2016 1\u202f234,50",
        "pt": "1º de julho de 2016 1.234,50",
    }


def test_a_text_without_a_translation_is_a_defect() -> None:
    with pytest.raises(MissingTranslationError, match="es: no such text"):
        Translator("es").say(Term("no such text"))
    assert Translator("es").say("what the book says") == "what the book says"
    assert str(phrase("As of {day} · in {unit}", day="x", unit="USD")) == "As of x · in USD"


def test_the_catalogues_are_where_the_package_has_them() -> None:
    assert sorted(path.stem for path in Path(CATALOGUES).glob("*.po")) == sorted(OTHERS)


def test_what_a_rule_found_is_said_in_the_language_of_the_report(book: Load) -> None:
    """A receipt of 4 January of 1,070.50 USD that nobody has identified, 270 days later, at the end of the quarter.

    A warning, in the words, days and figures of each language.
    """
    unclaimed = """
    2016-01-01 custom "rule" "unclaimed-age" "*"
      days: 180
      severity: "warning"
      citation: "example"

    2016-01-04 * "BANK" "Credit without a name" #unclaimed ^UR-2016-001
      bank-reference: "UR1"
      Assets:Bank:Operating                               1070.50 USD
      Liabilities:UnclaimedReceipts                      -1070.50 USD

    2016-08-31 * "BANK" "Interest" #interest
      Assets:Bank:Operating                                 1.00 USD
      Income:Interest                                      -1.00 USD
    """
    loaded = book(unclaimed)
    said = {}
    for language in LANGUAGES:
        rows = document(report(loaded, Scope.of(Quarter(2016, 3), language=language))).table("exceptions").rows
        (said[language],) = [row[3] for row in rows if row[1] == "unclaimed-age"]
    assert said == {
        "en": "UR-2016-001: 1,070.50 USD is not identified after 270 days, on September 30, 2016; the limit is 180.",
        "es": "UR-2016-001: 1,070.50 USD no se han identificado después de 270 días, al 30 de septiembre de 2016; el límite es 180.",
        "fr": "UR-2016-001\u00a0: 1\u202f070,50 USD non identifiés après 270 jours, au 30 septembre 2016\u00a0; la limite est de 180 jours.",
        "pt": "UR-2016-001: 1.070,50 USD não foram identificados depois de 270 dias, em 30 de setembro de 2016; o limite é 180.",
    }


@pytest.mark.uncovered
def test_every_message_of_a_broken_book_can_be_said_in_every_language() -> None:
    for folder in BROKEN:
        for finding in load(folder / "source.beancount").findings:
            for language in LANGUAGES:
                assert Translator(language).say(finding.what)


def test_a_message_tells_places_from_the_folder_of_the_book(write: Write, tmp_path: Path) -> None:
    """A report is the same wherever the book lies, also where a rule names the place of another entry."""
    gift = """
    2016-04-0{day} * "Mexico" "Gift" #receipt
      receipt-number: "R-2016-000{day}"
      bank-reference: "FT-1"
      Assets:Bank:Operating                                {day}.00 USD
      Income:Contributions:MemberStates:Mexico            -{day}.00 USD
    """
    main = write(gift.format(day=1) + gift.format(day=2))
    rows = document(report(load(main), Scope.of(Q2))).table("exceptions").rows
    (said,) = [str(row[3]) for row in rows if row[1] == "bank-reference-once"]
    assert " at main.beancount:" in said
    assert str(tmp_path) not in said


def test_the_cover_counts_errors_open_points_and_warnings_apart(book: Load) -> None:
    waiting = """
    2016-01-01 custom "rule" "four-eyes" "*"
      above: 10
      citation: "example"

    2016-04-01 * "Mexico" "Gift" #receipt
      receipt-number: "R-2016-0001"
      recorded-by: "finance-officer-1"
      Assets:Bank:Operating                                100.00 USD
      Income:Contributions:MemberStates:Mexico            -100.00 USD
    """
    said = dict(document(report(book(waiting), Scope.of(Q2))).facts)
    assert said["Errors, open points and warnings"] == "errors: 0; open points: 1; warnings: 0"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_to_be_typed_is_written_as_the_book_writes_it(language: str) -> None:
    """A day and a rate between backticks are those of the ledger, in every language."""
    text = "record the UN operational rate of exchange, such as `{month} price {currency} {rate} {unit}`."
    said = phrase(text, month=date(2016, 10, 1), currency="EUR", rate=Decimal("1234.50"), unit="USD")
    assert "`2016-10-01 price EUR 1234.50 USD`" in Translator(language).say(said)
