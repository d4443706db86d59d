"""Writes databases in MaxMind's format, as small as a test needs them."""

from collections.abc import Mapping
from ipaddress import ip_network
from pathlib import Path
from typing import Any, cast

BUILT_AT = 1_767_225_600
"""2026-01-01."""

Node = list[Any]


def write(
    path: Path, networks: Mapping[str, Mapping[str, Any]], *, kind: str = "Test-Country"
) -> Path:
    """A database that has these records for these networks; never seen half-written."""
    new = path.with_suffix(".new")
    new.write_bytes(database(networks, kind=kind))
    return new.replace(path)


def maxmind(code: str) -> dict[str, Any]:
    """A record as MaxMind and DB-IP write it."""
    named = {"iso_code": code, "names": {"en": f"The country {code}"}}
    return {"continent": {"code": "SA"}, "country": named}


def database(networks: Mapping[str, Mapping[str, Any]], *, kind: str = "Test-Country") -> bytes:
    root: Node = [None, None]
    for network, record in networks.items():
        _plant(root, network, record)
    nodes = _numbered(root)
    places, data = _data(networks.values())
    tree = b"".join(
        _record(child, nodes, places).to_bytes(3, "big")
        for node in _in_order(root)
        for child in node
    )
    metadata = {
        "binary_format_major_version": 2,
        "binary_format_minor_version": 0,
        "build_epoch": BUILT_AT,
        "database_type": kind,
        "description": {"en": "for tests"},
        "ip_version": 6,
        "languages": ["en"],
        "node_count": len(nodes),
        "record_size": 24,
    }
    return tree + bytes(16) + data + b"\xab\xcd\xefMaxMind.com" + _encoded(metadata)


def _plant(root: Node, network: str, record: Mapping[str, Any]) -> None:
    parsed = ip_network(network)
    # IPv4 lies at the zeros of IPv6.
    length = parsed.prefixlen + (96 if parsed.version == 4 else 0)
    bits = f"{int(parsed.network_address):0128b}"[:length]
    node = root
    for bit in bits[:-1]:
        if node[int(bit)] is None:
            node[int(bit)] = [None, None]
        node = node[int(bit)]
    node[int(bits[-1])] = record


def _in_order(root: Node) -> list[Node]:
    found, waiting = list[Node](), [root]
    while waiting:
        node = waiting.pop(0)
        found.append(node)
        waiting += [child for child in node if isinstance(child, list)]
    return found


def _numbered(root: Node) -> dict[int, int]:
    return {id(node): number for number, node in enumerate(_in_order(root))}


def _data(records: Any) -> tuple[dict[int, int], bytes]:
    places, data = dict[int, int](), b""
    for record in records:
        places[id(record)] = len(data)
        data += _encoded(record)
    return places, data


def _record(child: Any, nodes: dict[int, int], places: dict[int, int]) -> int:
    if child is None:
        return len(nodes)
    number = nodes.get(id(child))
    return len(nodes) + 16 + places[id(child)] if number is None else number


def _encoded(value: Any) -> bytes:
    match value:
        case str():
            return _control(2, len(value.encode())) + value.encode()
        case list():
            items = cast("list[Any]", value)
            return _control(11, len(items)) + b"".join(_encoded(item) for item in items)
        case _:
            fields = cast("Mapping[str, Any]", value)
            pairs = b"".join(
                _encoded(name) + (_number(name, item) if isinstance(item, int) else _encoded(item))
                for name, item in fields.items()
            )
            return _control(7, len(fields)) + pairs


def _number(name: str, value: int) -> bytes:
    content = value.to_bytes((value.bit_length() + 7) // 8, "big")
    kinds = {"build_epoch": 9, "node_count": 6}
    return _control(kinds.get(name, 5), len(content)) + content


def _control(kind: int, size: int) -> bytes:
    # A size of 29 says that a byte follows with what is more than that.
    small, more = (size, b"") if size < 29 else (29, bytes([size - 29]))
    if kind > 7:
        return bytes([small, kind - 7]) + more
    return bytes([kind << 5 | small]) + more
