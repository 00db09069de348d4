"""The words of the templates."""

from ledger.ground.phrases import N_, Text

TEXTS: dict[str, Text] = {
    "quarter": N_("Quarter"),
    "as_of": N_("As of"),
    "show": N_("Show"),
    "period_rule": N_(
        "The filter Time, at the top, chooses the period on every page, on Fava's own too: its last day counts, and none after today; without it, today."
    ),
    "lines_only": N_(
        "A filter is set. It chooses lines, and changes no figure: every figure and total is of the whole fund."
    ),
    "attention": N_("What needs attention"),
    "nothing": N_("none"),
    "table": N_("The figures of the chart"),
    "lines": N_("Lines"),
    "of": N_("of"),
    "left_out": N_("Lines that the filters leave out"),
    "whole": N_("Totals are of the whole statement."),
    "before": N_("Previous page"),
    "after": N_("Next page"),
    "csv": N_("Download as CSV"),
    "refused": N_("Nothing to show"),
    "life": N_("History of the pledge"),
    "donor": N_("Donor"),
    "documents": N_("Documents"),
    "entry": N_("Entry"),
    "where": N_("Where"),
    "digest": N_("Digest (SHA-256)"),
    "digest_hint": N_(
        "The fingerprint of what the entry says: it changes with any change of the entry, so that an approval holds only for what was approved."
    ),
    "postings": N_("Postings"),
    "account": N_("Account"),
    "amount": N_("Amount"),
    "entries": N_("Entries behind the figure"),
    "shown_first": N_("Only the first are shown; the evidence of the files has all of the year."),
    "context": N_("Show in the journal"),
    "statements": N_("Statements"),
    "files": N_("Files of the quarter"),
    "format": N_("Format"),
    "bundle": N_("Evidence bundle"),
    "bundle_note": N_(
        "Workbook, statements, entries and documents in one zip, with the digest of each file and a note on how to verify them."
    ),
    "named": N_(
        "Here every donor is named. The files leave out the names of donors that asked for it; the evidence bundle is for auditors, and has them."
    ),
    "category": N_("Donor category"),
    "code": N_("Code"),
    "back": N_("Back"),
    "sample": N_("Draw a sample"),
    "population": N_("Population"),
    "seed": N_("Seed"),
    "size": N_("Size"),
    "draw": N_("Draw"),
    "figure": N_("Figure"),
    "value": N_("Exact value"),
    "plain": N_("This figure counts lines or is worked out of others; its formula is in the workbook."),
}
