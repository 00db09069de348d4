"""XML as nodes that are looked up by local names, so that neither the namespace nor the version of a schema counts."""

from functools import cache
from typing import NamedTuple

from lxml.etree import _Element as Element


@cache
def local_name(tag: str) -> str:
    """Return the name of a tag without its namespace."""
    return tag.rpartition("}")[2]


class Node(NamedTuple):
    """An element with what stands in it, by local names: looked up many times, so built once."""

    text: str
    currency: str
    inside: dict[str, list["Node"]]


def build_node(element: Element) -> Node:
    """Return an element as a node, with all below it."""
    inside: dict[str, list[Node]] = {}
    for child in element:
        inside.setdefault(local_name(child.tag), []).append(build_node(child))
    return Node((element.text or "").strip(), element.get("Ccy", ""), inside)


def find(node: Node | None, *path: str) -> Node | None:
    """Return the first descendant along a path of local names; None where it ends."""
    for step in path:
        if node is None:
            return None
        result = node.inside.get(step)
        node = result[0] if result else None
    return node


def find_all(node: Node | None, name: str) -> list[Node]:
    """Return the children of a local name."""
    return node.inside.get(name, []) if node is not None else []


def text_at(node: Node | None, *path: str) -> str:
    """Return the text of the first descendant along a path; empty where there is none."""
    result = find(node, *path)
    return result.text if result is not None else ""
