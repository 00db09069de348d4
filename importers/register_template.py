"""Write the empty register of pledges as a workbook.

It has drop-down lists, dates and amounts that are checked while they are typed, in four languages.
"""

import io

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from importers.formats.register import CONTROL, COUNT, HEADINGS
from ledger.model.fund import Fund

ROWS = 200
_WIDTHS = {
    "number": 14,
    "donor": 42,
    "amount": 16,
    "currency": 11,
    "letter": 18,
    "due": 18,
    "purpose": 34,
    "agreement": 30,
    "accepted": 20,
    "conditions": 30,
    "note": 30,
}
_SHEETS = {
    "en": ("Pledges", "Lists"),
    "es": ("Promesas", "Listas"),
    "fr": ("Annonces", "Listes"),
    "pt": ("Promessas", "Listas"),
}
_HELP = {
    "en": [
        "One row is one instalment; rows with the same number of yours are instalments of one pledge.",
        "Columns marked * are needed. The others may stay blank; columns may be moved.",
        "Fill in Agreement and Date of acceptance where the pledge was accepted: it is a commitment then.",
        "Control totals: write how many rows there are, and the total of each currency; the import checks them.",
    ],
    "es": [
        "Cada fila es una cuota; las filas con el mismo número suyo son cuotas de una misma promesa.",
        "Las columnas con * son necesarias. Las demás pueden quedar en blanco; se pueden mover.",
        "Llene Acuerdo y Fecha de aceptación si la promesa fue aceptada: entonces es un compromiso.",
        "Totales de control: escriba el número de filas y el total de cada moneda; la importación los comprueba.",
    ],
    "fr": [
        "Une ligne est un versement ; les lignes portant le même numéro sont les versements d'une même annonce.",
        "Les colonnes marquées * sont requises. Les autres peuvent rester vides ; on peut les déplacer.",
        "Remplissez Accord et Date d'acceptation si l'annonce a été acceptée : c'est alors un engagement.",
        "Totaux de contrôle : indiquez le nombre de lignes et le total de chaque monnaie ; l'importation les vérifie.",
    ],
    "pt": [
        "Cada linha é uma parcela; linhas com o mesmo número são parcelas de uma mesma promessa.",
        "As colunas com * são necessárias. As outras podem ficar em branco; podem ser movidas.",
        "Preencha Acordo e Data de aceitação se a promessa foi aceita: então é um compromisso.",
        "Totais de controle: escreva o número de linhas e o total de cada moeda; a importação os verifica.",
    ],
}
_WRONG = {
    "en": ("Choose from the list", "A date is expected", "An amount of more than nothing is expected"),
    "es": ("Elija de la lista", "Se espera una fecha", "Se espera un monto mayor que cero"),
    "fr": ("Choisissez dans la liste", "Une date est attendue", "Un montant supérieur à zéro est attendu"),
    "pt": ("Escolha na lista", "Espera-se uma data", "Espera-se um valor maior que zero"),
}


def build_workbook(fund: Fund, language: str, currencies: list[str]) -> bytes:
    """Return the bytes of the workbook, with the donors and purposes of a book."""
    book = Workbook()
    pledges, control = book.active, book.create_sheet(CONTROL[language])
    lists = book.create_sheet(_SHEETS[language][1])
    pledges.title = _SHEETS[language][0]
    donors = sorted(f"{donor.code} · {donor.name(language)}" for donor in fund.registry.donors.values())
    purposes = [purpose.name(language) for purpose in fund.directives.purposes]
    columns = {"donor": donors, "currency": currencies, "purpose": purposes}
    for number, (key, values) in enumerate(columns.items(), 1):
        lists.cell(1, number, _heading_text(key, language)).font = Font(bold=True)
        lists.column_dimensions[get_column_letter(number)].width = _WIDTHS[key]
        for row, value in enumerate(values, 2):
            lists.cell(row, number, value)
    _fill_pledges(
        pledges,
        language,
        {key: (n, len(values) + 1) for n, (key, values) in enumerate(columns.items(), 1)},
        lists.title,
    )
    _fill_control_totals(control, language, currencies)
    book.properties.language, book.properties.title = language, pledges.title
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _heading_text(key: str, language: str) -> str:
    heading = next(item for item in HEADINGS if item.key == key)
    return heading.name(language) + " *" * heading.needed


def _fill_pledges(sheet: Worksheet, language: str, lists: dict[str, tuple[int, int]], lists_sheet: str) -> None:
    for number, heading in enumerate(HEADINGS, 1):
        cell = sheet.cell(1, number, _heading_text(heading.key, language))
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor="1F3864")
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = _WIDTHS[heading.key]
        cells = f"{letter}2:{letter}{ROWS + 1}"
        for (cell_below,) in sheet[cells]:
            cell_below.number_format = {"amount": "#,##0.00"}.get(
                heading.key, "yyyy-mm-dd" if heading.key in _DATES else "General"
            )
        _validate(sheet, heading.key, cells, language, lists, lists_sheet)
    table = Table(displayName="Pledges", ref=f"A1:{get_column_letter(len(HEADINGS))}{ROWS + 1}")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
    sheet.add_table(table)
    sheet.freeze_panes = "C2"
    sheet.row_dimensions[1].height = 32
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"


_DATES = frozenset({"letter", "due", "accepted"})


def _validate(
    sheet: Worksheet, key: str, cells: str, language: str, lists: dict[str, tuple[int, int]], lists_sheet: str
) -> None:
    choose, day, amount = _WRONG[language]
    if key in lists:
        column, last = lists[key]
        letter = get_column_letter(column)
        rule, message = (
            DataValidation(type="list", formula1=f"'{lists_sheet}'!${letter}$2:${letter}${last}", allow_blank=True),
            choose,
        )
    elif key in _DATES:
        rule, message = (
            DataValidation(type="date", operator="greaterThan", formula1="DATE(1948,1,1)", allow_blank=True),
            day,
        )
    elif key == "amount":
        rule, message = DataValidation(type="decimal", operator="greaterThan", formula1="0", allow_blank=True), amount
    else:
        return
    rule.error, rule.errorTitle, rule.showErrorMessage = message, _heading_text(key, language), True
    sheet.add_data_validation(rule)
    rule.add(cells)


def _fill_control_totals(sheet: Worksheet, language: str, currencies: list[str]) -> None:
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 26, 18
    for row, label in enumerate([CONTROL[language], COUNT[language], *currencies], 1):
        sheet.cell(row, 1, label).font = Font(bold=row == 1)
        if row > 1:
            sheet.cell(row, 2).number_format = "#,##0.00" if row > 2 else "0"  # noqa: PLR2004 - the count is whole
    for row, line in enumerate(_HELP[language], len(currencies) + 4):
        sheet.cell(row, 1, line)
