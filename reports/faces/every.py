"""Every face of a report by the name of its format, what its file is called, and its bytes."""

from collections.abc import Callable, Iterator, Sequence

from ledger.model.fund import Fund
from reports.document import Document
from reports.scope import Basis, Scope

FORMATS = {"xlsx": ".xlsx", "json": ".json", "csv": "-csv.zip", "iati": "-iati.xml", "html": ".html", "pdf": ".pdf"}
"""Every format with the end of its file's name."""


def stem(code: str, scope: Scope, *, draft: bool = False) -> str:
    """Return what the files of a report are called.

    One as of another day, on another basis or in another language never takes the place of the quarter's.
    """
    parts = [code, str(scope.quarter)]
    parts += [f"as-of-{scope.as_of}"] if scope.as_of != scope.quarter.end else []
    parts += [scope.basis.value] if scope.basis is not Basis.CASH else []
    parts += [scope.language] if scope.language != "en" else []
    parts += ["draft"] if draft else []
    return "-".join(parts)


def faces(fund: Fund, scope: Scope, document: Document, formats: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Return each format that is wanted, one after the other, with its bytes.

    Raises:
        PdfUnavailableError: when a PDF is wanted, and the libraries for it are not installed.
        MissingFundError: when IATI is wanted, and the book does not say whose it is.

    """
    from reports.faces import csv_files, iati, json_file, page  # noqa: PLC0415 - each loads libraries of its own
    from reports.faces.workbook.build import build  # noqa: PLC0415

    makers: dict[str, Callable[[], bytes]] = {
        "xlsx": lambda: build(document),
        "json": lambda: json_file.write(document),
        "csv": lambda: csv_files.write(document),
        "iati": lambda: iati.write(fund, scope),
        "html": lambda: page.html(document).encode(),
        "pdf": lambda: page.pdf(page.html(document), document.title),
    }
    for name in formats:
        yield name, makers[name]()
