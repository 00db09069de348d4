"""XML by local names: whatever its namespace and encoding, and never with a DTD."""

import gc

import pytest

from importers.ground.nodes import all_kept, find, line_numbers, parse_xml, text_at
from importers.ground.refusal import RefusedFileError

PLAIN = '<?xml version="1.0" encoding="{}"?>\n<x:D xmlns:x="urn:a" xmlns:y="urn:b">\n<x:N><y:T> Añejo </y:T></x:N>\n\n<N/></x:D>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "cp1252"])
def test_only_local_names_count_in_every_encoding(encoding: str) -> None:
    root = parse_xml(PLAIN.format(encoding).encode(encoding))
    assert (root.tag, text_at(root, "N", "T"), text_at(root, "N", "U", "V")) == ("D", "Añejo", "")
    assert find(root, "N", "T") is not None
    assert find(None, "N") is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("what", ["<!DOCTYPE D SYSTEM 'file:///etc/passwd'>", "<!DOCTYPE D [<!ENTITY a 'b'>]>"])
def test_what_declares_something_of_its_own_is_refused(encoding: str, what: str) -> None:
    with pytest.raises(RefusedFileError, match="declares a DTD or entities"):
        parse_xml(f'<?xml version="1.0" encoding="{encoding}"?>{what}<D/>'.encode(encoding))


def test_what_is_cut_off_is_refused_with_its_line() -> None:
    with pytest.raises(RefusedFileError, match="line 3: the XML is not whole: no element found"):
        parse_xml(b"<D>\n<N>\n")
    with pytest.raises(RefusedFileError, match="undefined entity"):
        parse_xml(b"<D>&a;</D>")


def test_the_lines_of_elements_are_counted_where_nothing_can_be_taken_for_one() -> None:
    content = PLAIN.format("utf-8").encode()
    assert list(line_numbers(content, "N")) == [3, 5]
    assert list(line_numbers(content.replace(b"<N/>", b"<!-- <N/> --><N/>"), "N")) == []


def test_the_collector_goes_on_afterwards() -> None:
    with all_kept():
        assert not gc.isenabled()
    assert gc.isenabled()
