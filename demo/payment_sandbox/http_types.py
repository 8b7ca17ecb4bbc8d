"""A request and an answer, apart from sockets."""

import json
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Request:
    """What came in. ``path`` has no query; ``headers`` have lower-case names."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes
    request_id: str
    peer: str = "127.0.0.1"


@dataclass
class Answer:
    """What goes out. ``hang_up`` closes the connection instead of answering."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    hang_up: bool = False


def as_json(value: Any, *, status: int = 200, headers: dict[str, str] | None = None) -> Answer:
    """An answer in JSON, printed as Stripe prints it."""
    body = json.dumps(value, indent=2, ensure_ascii=False).encode() + b"\n"
    return Answer(status, body, {"Content-Type": "application/json", **(headers or {})})


def redirect(address: str) -> Answer:
    """303: go on with a GET."""
    return Answer(303, b"", {"Location": address, "Cache-Control": "no-store"})
