"""Importers: one reader per bank or register format, one matcher, thin beangulp `Importer` classes."""
