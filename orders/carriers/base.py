"""What a carrier has to do for us. One folder per carrier; `choosing` knows them all."""

import dataclasses
import datetime
from collections.abc import Mapping, Sequence
from typing import Any, Protocol


class CarrierAway(Exception):
    """No answer, or one that leaves open what happened. Asking again under the same key is safe."""


class CarrierRefused(Exception):
    """The carrier does not take this parcel; the message says why."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A parcel as the carrier has to know it. `key` stays the same when we ask again."""

    key: str
    label_id: int
    order_number: str
    sender: Sequence[str]
    receiver: Sequence[str]
    country: str
    weight_g: int
    language: str
    moment: datetime.datetime


@dataclasses.dataclass(frozen=True, slots=True)
class Label:
    """The answer: the number to follow, and the sheet to stick on, as PDF."""

    tracking_number: str
    pdf: bytes


@dataclasses.dataclass(frozen=True, slots=True)
class News:
    """What a carrier told about a parcel. `is_delivered` is all that changes anything here."""

    tracking_number: str
    is_delivered: bool
    at: datetime.datetime


class LabelMaker(Protocol):
    """A carrier that draws labels. Calls happen outside transactions and may take seconds."""

    def label(self, parcel: Parcel) -> Label:
        """Order and draw the label. Raises `CarrierAway` and `CarrierRefused`."""

    def cancel(self, tracking_number: str) -> None:
        """The parcel will not come. Raises `CarrierAway`."""

    def news(self, payload: Mapping[str, Any]) -> News:
        """Read a verified message. Raises `ValueError` for what is none."""
