"""Lists and objects of parameters. The tables themselves stand in ``params``."""

from dataclasses import dataclass, field
from typing import Any

from demo.payment_sandbox import errors, forms
from demo.payment_sandbox.schema import Kind, Path


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
