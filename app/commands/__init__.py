"""One module per command of `vfund`; each has a click command named `command`."""
