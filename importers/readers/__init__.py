"""One module per file format. Each gives `recognises(source)` and `read(source)`, and holds no accounting."""
