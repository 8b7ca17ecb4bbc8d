"""Malformed input: what hostile or broken clients send in place of a value, a form, an address."""

import json
import random
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote_from_bytes

# Values as bytes: a browser sends UTF-8, an attacker sends what he likes.
TEXTS = (
    *("", " ", "-1", "0", "+1", " 1 ", "1.5", "1,5", "1e9", "1e400", "0x10", "1_000", "9" * 400),
    *(
        "NaN",
        "Infinity",
        "-Infinity",
        "٣",
        "１",
        "null",
        "true",
        "undefined",
        "[]",
        "{}",
        "[object]",
    ),
    *("'; DROP TABLE orders_order; --", "' OR 1=1 --", "<script>alert(1)</script>", "{{7*7}}"),
    *("${jndi:ldap://x}", "../../etc/passwd", "a\r\nSet-Cookie: a=b", "a\nBcc: all@example.org"),
    *("\u202eevil", "e\u0301" * 50, "🧶" * 40, "x" * 10_000, "a@b", "a@b.c,d@e.f", "-" * 5_000),
    *(
        "00000000-0000-0000-0000-000000000000",
        "2026-13-45",
        "XX",
        "stripe'",
        "99999999999999999999",
    ),
)
RAW = (b"\x00", b"a\x00b", b"\xff\xfe", b"\xed\xa0\x80", b"\xc0\x80", b"%", b"%zz", b"\x1b[2J")
VALUES = tuple(text.encode() for text in TEXTS) + RAW
# Names that a careless view would take over, or hand on to a query.
GREEDY = (
    *("price", "unit_gross", "gross", "total_gross", "currency", "discount", "vat_rate", "status"),
    *("user", "customer", "customer_id", "cart", "cart_id", "is_staff", "is_superuser", "pk", "id"),
    *("_connector", "quantity__gte", "cart__customer__email", "__proto__", "placed_at", "number"),
)
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "post")
TYPES = (
    *("application/json", "text/plain", "application/xml", "multipart/form-data", "", "x" * 300),
    *("multipart/form-data; boundary=", "application/x-www-form-urlencoded; charset=utf-99"),
    *("application/x-www-form-urlencoded; charset=utf-16", 'multipart/form-data; boundary="a b\\"'),
)


def form(
    dice: random.Random, fields: Mapping[str, str], *, at_least: tuple[str, ...] = ()
) -> bytes:
    """The body of a form with some values exchanged, dropped, doubled, and some names too many.

    One of `at_least` is exchanged in any case.
    """
    pairs = [(name, value.encode()) for name, value in fields.items()]
    doomed = {dice.choice(at_least)} if at_least else set()
    found: list[tuple[str, bytes]] = []
    for name, value in pairs:
        fate = 0 if name in doomed else dice.randrange(8)
        if fate == 0:
            found.append((name, dice.choice(VALUES)))
        elif fate == 1 and name not in doomed:
            continue
        else:
            found += [(name, value)] * (2 if fate == 2 else 1)
    for _more in range(dice.randrange(3)):
        found.append((dice.choice(GREEDY), dice.choice(VALUES)))
    if dice.random() < 0.01:
        found += [(f"x{number}", b"1") for number in range(1_100)]
    dice.shuffle(found)
    return b"&".join(
        name.encode() + b"=" + quote_from_bytes(value).encode() for name, value in found
    )


def address(dice: random.Random, path: str) -> str:
    """A path with something wrong in it."""
    value = quote_from_bytes(dice.choice(VALUES)[:2_000])
    cut = dice.randrange(len(path) + 1)
    return dice.choice(
        (
            path + value,
            path[:cut] + value + path[cut:],
            path.rstrip("/"),
            path.replace("/de/", "/xx/"),
            path + "?" + dice.choice(GREEDY) + "=" + value,
            path + "?" + value,
            "/" + path,
            path[:cut],
        )
    )


def word(dice: random.Random, good: str) -> str:
    """Something like a token, never it: shortened, one letter wrong, or quite another thing."""
    place = dice.randrange(max(1, len(good)))
    letter = dice.choice([one for one in "aZ0_-.:~%" if one != good[place]])
    bad = dice.choice(
        (
            good[:place],
            good[:place] + letter + good[place + 1 :],
            good + letter,
            good.swapcase(),
            good[::-1],
            quote_from_bytes(dice.choice(VALUES)[:500], safe=""),
        )
    )
    return bad or "x"


def event(dice: random.Random, number: int) -> bytes:
    """A message of the payment provider that is no message, or one of another shape."""
    thing: Any = dice.choice(
        (None, [], "x", 7, {}, {"id": 5}, {"id": "cs_fuzz", "object": "checkout.session"})
    )
    if isinstance(thing, dict):
        names = ("id", "object", "payment_intent", "metadata", "status")
        thing = thing | {name: _shape(dice) for name in dice.sample(names, dice.randrange(5))}
    message = {
        "id": dice.choice(
            (f"evt_fuzz{number}", 5, None, "", "evt_fuzz\x00", "evt_fuzz" + "x" * 300)
        ),
        "type": dice.choice(("payment_intent.succeeded", "x" * 200, None, 3, "a\x00b")),
        "created": _shape(dice),
        "data": dice.choice(({"object": thing}, thing, {}, None)),
    }
    if dice.random() < 0.3:
        message.pop(dice.choice(list(message)))
    return dice.choice(
        (
            json.dumps(message).encode(),
            json.dumps(message).encode()[: dice.randrange(200)],
            dice.choice(VALUES),
            b"[" * 5_000,
            b'{"id": ' + b"9" * 5_000 + b"}",
        )
    )


def _shape(dice: random.Random) -> Any:
    return dice.choice(
        (
            None,
            0,
            -1,
            1.5,
            True,
            "",
            "x",
            "\x00",
            "\ud83d",
            [],
            [[]],
            {},
            {"payment": "x"},
            {"payment": 5},
            {"payment": None, "refund": "1" * 30},
            {"refund": []},
            "9" * 100,
            2**70,
        )
    )
