"""Kinds of single parameters and how each is checked; ``nesting`` has lists and objects."""

import re
from dataclasses import dataclass
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
