"""``expand[]``: identifiers replaced by the objects themselves, up to four levels deep."""

import copy
from collections.abc import Callable

from demo.payment_sandbox import errors, lists, sessions, values
from demo.payment_sandbox.store import Row
from demo.payment_sandbox.world import World

type Opener = Callable[[World, Row, str], object]


def expand(world: World, answer: Row, paths: list[str]) -> Row:
    """A copy of ``answer`` with the named fields opened; raises ApiError for other names."""
    if not paths:
        return answer
    opened = copy.deepcopy(answer)
    for place, path in enumerate(paths):
        parts = path.split(".")
        if len(parts) > 4:
            raise errors.refused(
                f"You cannot expand more than 4 levels of a property: {path}",
                param=f"expand[{place}]",
            )
        _open(world, opened, parts, path, f"expand[{place}]")
    return opened


def _open(world: World, thing: Row, parts: list[str], path: str, param: str) -> None:
    if not parts:
        return
    if thing["object"] == "list":
        if parts[0] != "data":
            raise _unknown(path, param)
        for row in thing["data"]:
            _open(world, row, parts[1:], path, param)
        return
    field = parts[0]
    if field in _KNOWN.get(thing["object"], ()):
        raise errors.not_here(f"Expanding {path}", param=param)
    opener = _OPENERS.get(thing["object"], {}).get(field)
    if opener is None:
        raise _unknown(path, param)
    if not isinstance(thing.get(field), dict):
        thing[field] = copy.deepcopy(opener(world, thing, field))
    if isinstance(thing[field], dict):
        _open(world, thing[field], parts[1:], path, param)


def _unknown(path: str, param: str) -> errors.ApiError:
    return errors.refused(
        f"This property cannot be expanded ({path}). You may want to try expanding a parent, or "
        f"check the name.",
        param=param,
    )


def _row(kind: str) -> Opener:
    def opener(world: World, thing: Row, field: str) -> object:
        return world.store.get(kind, thing[field] or "")

    return opener


def _lines(world: World, thing: Row, field: str) -> object:
    url = f"/v1/checkout/sessions/{thing['id']}/line_items"
    return lists.whole(sessions.line_items(world, thing["id"]), url=url)


def _refunds(world: World, thing: Row, field: str) -> object:
    rows = [row for row in reversed(world.store.rows("refund")) if row["charge"] == thing["id"]]
    return lists.whole(rows, url=f"/v1/charges/{thing['id']}/refunds")


_OPENERS: dict[str, dict[str, Opener]] = {
    "checkout.session": {"payment_intent": _row("intent"), "line_items": _lines},
    "payment_intent": {"latest_charge": _row("charge")},
    "charge": {"payment_intent": _row("intent"), "refunds": _refunds},
    "refund": {"payment_intent": _row("intent"), "charge": _row("charge")},
}
_KNOWN: dict[str, tuple[str, ...]] = {
    "checkout.session": values.names(
        "customer invoice payment_link setup_intent subscription total_details"
    ),
    "payment_intent": values.names(
        "application customer on_behalf_of payment_method payment_record review source"
    ),
    "charge": values.names(
        "application application_fee balance_transaction customer failure_balance_transaction "
        "on_behalf_of review source source_transfer transfer"
    ),
    "refund": values.names(
        "balance_transaction customer failure_balance_transaction payment_method "
        "source_transfer_reversal transfer_reversal"
    ),
    "item": ("discounts", "taxes", "price"),
}
