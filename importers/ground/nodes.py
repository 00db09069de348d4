"""XML by local names, so that neither the namespace nor the version of a schema counts.

There is no DTD and no entity of its own: a file that declares one is refused before it is parsed.
"""

import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager
from xml.etree import ElementTree  # noqa: ICN001 - called what it is; a DTD, which an attack would need, is refused before
from xml.etree.ElementTree import Element

from importers.ground.refusal import refuse

Node = Element


@contextmanager
def all_kept() -> Iterator[None]:
    """Leave the collector of garbage out while a document is read: all that is made of it is kept, and looked at in vain."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def parse_xml(content: bytes) -> Node:
    """Return the root of a document, its elements called by their local names.

    Raises:
        RefusedFileError: when it is no well-formed XML, or declares a DTD or entities.

    """
    plain = _to_utf8(content.lstrip())
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        what = "the XML declares a DTD or entities; a bank's file has none."
        raise refuse("line 1", what, "do not trust this file.")
    try:
        root = ElementTree.fromstring(plain)  # noqa: S314 - see above
    except ElementTree.ParseError as error:
        what = f"the XML is not whole: {str(error).rpartition(': line')[0]}."
        raise refuse(f"line {error.position[0]}", what, "fetch the file again from the bank.") from error
    local: dict[str, str] = {}
    for element in root.iter():
        tag = element.tag
        element.tag = local.get(tag) or local.setdefault(tag, tag.rpartition("}")[2])
    return root


def _to_utf8(content: bytes) -> bytes:
    """Return a text in UTF-16 in UTF-8, so that what stands in it can be seen; any other as it is."""
    if b"\x00" not in content[:256]:
        return content
    try:
        text = content.decode("utf-16")
    except UnicodeDecodeError as error:
        raise refuse(
            "", f"its text cannot be read as UTF-16 ({error}).", "fetch the file again from the bank."
        ) from error
    return re.sub(r"(<\?xml[^>]*?)\s+encoding\s*=\s*[\"'][^\"']*[\"']", r"\1", text, count=1).encode()


def line_numbers(content: bytes, name: str) -> Iterator[int]:
    """Yield the line of each start tag of a local name; none where comments or raw text may hold what looks like one."""
    if b"<!--" in content or b"<![CDATA[" in content or b"\x00" in content[:256]:
        return
    line, last = 1, 0
    for tag in re.finditer(rb"<(?:[\w.-]+:)?%b[\s/>]" % name.encode(), content):
        line += content.count(b"\n", last, tag.start())
        last = tag.start()
        yield line


def find(node: Node | None, *path: str) -> Node | None:
    """Return the first descendant along a path of local names; None where it ends."""
    for step in path:
        if node is None:
            return None
        node = node.find(step)
    return node


def find_all(node: Node | None, name: str) -> list[Node]:
    """Return the children of a local name."""
    return node.findall(name) if node is not None else []


def text_at(node: Node | None, *path: str) -> str:
    """Return the text of the first descendant along a path; empty where there is none."""
    if node is None:
        return ""
    for step in path:
        node = node.find(step)
        if node is None:
            return ""
    text = node.text
    return text.strip() if text else ""
