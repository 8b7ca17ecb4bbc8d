"""What `make demo` says when the shop is open."""

import importlib
import importlib.util

from demo import folder, services


def text(place: folder.Folder, ground: services.Ground, *, seconds: float) -> str:
    """Addresses, logins and where the mails are, for a person at a terminal."""
    site = ground.addresses.site
    lines = [
        "",
        f"Kontor is open (after {seconds:.1f} s).",
        "",
        f"  Shop      {site}/",
        f"  Admin     {site}/admin/",
        f"  Mails     {site}/dev/mails/   (files in {_short(place.mail)}/)",
    ]
    if ground.keys.is_sandbox:
        lines.append(f"  Payments  sandbox at {ground.addresses.sandbox}/")
    else:
        lines.append("  Payments  Stripe's servers, with your test key")
    lines.append(f"  Logs      {_short(place.logs)}/")
    logins = _logins()
    if logins:
        lines += ["", "  Logins"]
        lines += [f"    {role:<10} {email:<32} {password}" for role, email, password in logins]
    return "\n".join([*lines, "", "Ctrl-C stops everything and keeps the data."])


def _short(path: object) -> str:
    return str(path).removeprefix(f"{folder.ROOT}/")


def _logins() -> list[tuple[str, str, str]]:
    if importlib.util.find_spec("demo.people") is None:
        return []
    return list(importlib.import_module("demo.people").LOGINS)
