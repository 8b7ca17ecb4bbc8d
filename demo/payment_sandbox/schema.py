"""Kinds of parameters and how each is checked. The tables themselves stand in ``params``."""

import re
from dataclasses import dataclass, field
from typing import Any, Protocol

from demo.payment_sandbox import errors, forms, values

type Path = tuple[str, ...]
_EMAIL = re.compile(r"^[^@\s<>,;]{1,64}@[^@\s<>,;.]+(\.[^@\s<>,;.]+)+$")
_URL = re.compile(r"^https?://([A-Za-z0-9.-]+|\[[0-9a-f:]+\])(:[0-9]{1,5})?([/?#][!#-;=?-~]*)?$")
_WHOLE = re.compile(r"^-?[0-9]{1,18}$")


class Kind(Protocol):
    """A kind of parameter: reads the raw text (or raises ApiError) and gives the typed value."""

    def read(self, raw: Any, path: Path) -> Any: ...


@dataclass(frozen=True)
class NotHere:
    """Stripe knows this parameter; the sandbox refuses it instead of ignoring it."""

    def read(self, raw: Any, path: Path) -> Any:
        raise errors.not_here(f"The parameter {forms.path_name(path)}", param=forms.path_name(path))


@dataclass(frozen=True)
class Text:
    """A string of 1 to ``longest`` characters, optionally of a given form."""

    longest: int = 5000
    pattern: str | None = None

    def read(self, raw: Any, path: Path) -> str:
        name = forms.path_name(path)
        text = _string(raw, path)
        if len(text) > self.longest:
            raise errors.refused(
                f"Invalid string: {text[:20]}…{text[-4:]}; must be at most {self.longest} "
                f"characters",
                param=name,
                code="parameter_invalid_string_too_long",
            )
        if self.pattern and not re.fullmatch(self.pattern, text):
            raise errors.refused(f"Invalid {path[-1]}: {text[:80]}", param=name)
        return text


@dataclass(frozen=True)
class Whole:
    """A whole number between two bounds, both included."""

    least: int = 0
    most: int = 10**12

    def read(self, raw: Any, path: Path) -> int:
        name = forms.path_name(path)
        text = _string(raw, path)
        if not _WHOLE.match(text):
            raise errors.refused(
                f"Invalid integer: {text[:80]}", param=name, code="parameter_invalid_integer"
            )
        number = int(text)
        if number < self.least:
            raise errors.refused(
                f"This value must be greater than or equal to {self.least}.",
                param=name,
                code="parameter_invalid_integer",
            )
        if number > self.most:
            raise errors.refused(
                f"This value must be less than or equal to {self.most}.",
                param=name,
                code="parameter_invalid_integer",
            )
        return number


@dataclass(frozen=True)
class Flag:
    """true or false; with ``only`` the other value is known to Stripe but not implemented."""

    only: bool | None = None

    def read(self, raw: Any, path: Path) -> bool:
        name = forms.path_name(path)
        text = _string(raw, path)
        if text not in {"true", "false"}:
            raise errors.refused(f"Invalid boolean: {text[:80]}", param=name)
        value = text == "true"
        if self.only is not None and value is not self.only:
            raise errors.not_here(f"{name}={text}", param=name)
        return value


@dataclass(frozen=True)
class Choice:
    """One of Stripe's values; ``here`` names those that the sandbox implements (None: all)."""

    values: tuple[str, ...]
    here: tuple[str, ...] | None = None

    def read(self, raw: Any, path: Path) -> str:
        name = forms.path_name(path)
        text = _string(raw, path)
        if text not in self.values:
            last = path[-1] if not path[-1].isdigit() else path[-2]
            raise errors.refused(
                f"Invalid {last}: must be one of {', '.join(self.values)}", param=name
            )
        if self.here is not None and text not in self.here:
            raise errors.not_here(f"{name}={text}", param=name)
        return text


@dataclass(frozen=True)
class Currency:
    """A currency in lower case."""

    def read(self, raw: Any, path: Path) -> str:
        name = forms.path_name(path)
        text = _string(raw, path)
        if not re.fullmatch(r"[a-z]{3}", text):
            raise errors.refused(f"Invalid currency: {text[:80]}", param=name)
        if text not in values.LEAST_AMOUNT:
            raise errors.not_here(f"The currency {text}", param=name)
        return text


@dataclass(frozen=True)
class Email:
    """An address of an e-mail account."""

    def read(self, raw: Any, path: Path) -> str:
        text = _string(raw, path)
        if len(text) > 800 or not _EMAIL.match(text):
            raise errors.refused(
                f"Invalid email address: {text[:80]}",
                param=forms.path_name(path),
                code="email_invalid",
            )
        return text


@dataclass(frozen=True)
class Url:
    """An absolute http or https address."""

    longest: int = 5000

    def read(self, raw: Any, path: Path) -> str:
        text = Text(self.longest).read(raw, path)
        if not _URL.match(text):
            raise errors.refused("Not a valid URL", param=forms.path_name(path), code="url_invalid")
        return text


@dataclass(frozen=True)
class Metadata:
    """At most 50 keys of 40 characters with values of 500 characters."""

    may_unset: bool = False

    def read(self, raw: Any, path: Path) -> dict[str, str]:
        name = forms.path_name(path)
        if raw == "" and self.may_unset:
            return {}
        if not isinstance(raw, dict):
            raise errors.refused("Invalid object", param=name)
        if len(raw) > 50:
            raise errors.refused(
                "Metadata can have up to 50 keys.", param=name, code="parameter_invalid"
            )
        for key, value in raw.items():
            _check_pair(key, value, forms.path_name((*path, key)))
        return {key: value for key, value in raw.items() if value != ""}


@dataclass(frozen=True)
class Either:
    """A plain value or an object, each with its own check."""

    plain: Kind
    nested: Kind

    def read(self, raw: Any, path: Path) -> Any:
        return (self.nested if isinstance(raw, dict) else self.plain).read(raw, path)


@dataclass(frozen=True)
class Rows:
    """A list of the same kind."""

    of: Kind
    most: int = 100
    least: int = 0

    def read(self, raw: Any, path: Path) -> list[Any]:
        name = forms.path_name(path)
        if not isinstance(raw, dict) or sorted(raw) != sorted(str(n) for n in range(len(raw))):
            raise errors.refused("Invalid array", param=name)
        if not self.least <= len(raw) <= self.most:
            raise errors.refused(
                f"Invalid array: {self.least} to {self.most} entries, got {len(raw)}.", param=name
            )
        return [self.of.read(raw[str(n)], (*path, str(n))) for n in range(len(raw))]


@dataclass(frozen=True)
class Record:
    """An object with named fields: unknown ones are refused, required ones must be there."""

    fields: dict[str, Kind]
    required: tuple[str, ...] = field(default=())

    def read(self, raw: Any, path: Path = ()) -> dict[str, Any]:
        if not isinstance(raw, dict):
            raise errors.refused("Invalid object", param=forms.path_name(path))
        unknown = [forms.path_name((*path, name)) for name in raw if name not in self.fields]
        if unknown:
            plural = "s" if len(unknown) > 1 else ""
            raise errors.refused(
                f"Received unknown parameter{plural}: {', '.join(unknown)}",
                param=unknown[0],
                code="parameter_unknown",
            )
        for name in self.required:
            if name not in raw:
                full = forms.path_name((*path, name))
                raise errors.refused(
                    f"Missing required param: {full}.", param=full, code="parameter_missing"
                )
        return {name: self.fields[name].read(value, (*path, name)) for name, value in raw.items()}


def _string(raw: Any, path: Path) -> str:
    name = forms.path_name(path)
    if not isinstance(raw, str):
        raise errors.refused("Invalid string: an object was sent", param=name)
    if raw == "":
        raise errors.refused(
            f"You passed an empty string for '{name}'. We assume empty values are an attempt to "
            f"unset a parameter; however '{name}' cannot be unset. You should remove '{name}' "
            f"from your request or supply a non-empty value.",
            param=name,
            code="parameter_invalid_empty",
        )
    if "\x00" in raw:
        raise errors.refused("Invalid string: it holds a zero byte", param=name)
    return raw


def _check_pair(key: str, value: Any, name: str) -> None:
    if not isinstance(value, str):
        raise errors.refused("Invalid metadata: values are strings", param=name)
    if len(key) > 40 or not key:
        raise errors.refused(
            "Metadata keys can have up to 40 characters.", param=name, code="parameter_invalid"
        )
    if len(value) > 500:
        raise errors.refused(
            "Metadata values can have up to 500 characters.", param=name, code="parameter_invalid"
        )
