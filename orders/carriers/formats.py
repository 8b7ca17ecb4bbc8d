"""The carriers, the formats of their numbers, and where a parcel is followed.

Sources and reasons: docs/algorithms/carriers.md.
"""

import dataclasses
import re
from collections.abc import Callable
from urllib.parse import quote

from orders.carriers import check_digits as digits

# How much a format says: letters or a prefix of its own, a check digit, or the length alone.
SIGNED, PREFIXED, CHECKED, SHAPED = 100, 70, 60, 20


@dataclasses.dataclass(frozen=True, slots=True)
class Carrier:
    """`link`: where a number is followed; `countries` (empty: everywhere) it brings to.

    Empty link: it cannot be followed.
    """

    code: str
    name: str
    link: str
    countries: frozenset[str] = frozenset()


@dataclasses.dataclass(frozen=True, slots=True)
class Format:
    """Numbers of `carrier` that match `pattern`; `check` refuses those with a wrong digit."""

    carrier: str
    pattern: re.Pattern[str]
    points: int
    check: Callable[[str], bool] | None = None


_AROUND_GERMANY = frozenset({"DE", "AT", "NL", "BE", "LU", "DK", "FR", "PL", "CZ", "IT", "ES"})
CARRIERS: dict[str, Carrier] = {
    one.code: one
    for one in (
        Carrier(
            "dhl",
            "DHL",
            "https://www.dhl.de/de/privatkunden/pakete-empfangen/verfolgen.html?piececode={}",
        ),
        Carrier(
            "dhl_express",
            "DHL Express",
            "https://www.dhl.com/de-de/home/tracking.html?tracking-id={}",
        ),
        Carrier(
            "deutsche_post",
            "Deutsche Post",
            "https://www.deutschepost.de/de/s/sendungsverfolgung.html?piececode={}",
        ),
        Carrier("dpd", "DPD", "https://tracking.dpd.de/status/de_DE/parcel/{}"),
        Carrier("gls", "GLS", "https://gls-group.com/DE/de/paketverfolgung?match={}"),
        Carrier(
            "hermes",
            "Hermes",
            "https://www.myhermes.de/empfangen/sendungsverfolgung/sendungsinformation/#{}",
            _AROUND_GERMANY,
        ),
        Carrier("ups", "UPS", "https://www.ups.com/track?tracknum={}"),
        Carrier("fedex", "FedEx", "https://www.fedex.com/fedextrack/?trknbr={}"),
        Carrier("post_at", "Österreichische Post", "https://www.post.at/sv/sendungsdetails?snr={}"),
        Carrier(
            "post_ch", "Schweizerische Post", "https://service.post.ch/ekp-web/ui/entry/search/{}"
        ),
        Carrier(
            "postnl",
            "PostNL",
            "https://jouw.postnl.nl/track-and-trace/{}",
            frozenset({"NL", "BE", "LU", "DE"}),
        ),
        Carrier("local", "Kontor-Bote", ""),
        Carrier("amazon", "Amazon Logistics", "https://track.amazon.de/tracking/{}"),
    )
}


def _format(
    carrier: str, pattern: str, points: int, check: Callable[[str], bool] | None = None
) -> Format:
    return Format(carrier, re.compile(pattern), points, check)


FORMATS: tuple[Format, ...] = (
    _format("dhl", r"00340\d{15}", SIGNED, digits.gs1),
    _format("dhl", r"JJD\d{10,30}|JJD\d{2}[0-9A-Z]{8,27}", PREFIXED + 20),
    _format("dhl", r"\d{12}", CHECKED, digits.post),
    _format("dhl", r"[A-Z]{2}\d{9}DE", SIGNED - 30, digits.s10),
    _format("dhl_express", r"\d{10}", CHECKED, digits.express),
    _format("dhl_express", r"JVGL\d{10,16}", PREFIXED + 20),
    _format("deutsche_post", r"[LRU][A-Z]\d{9}DE", SIGNED, digits.s10),
    _format("dpd", r"0\d{13}[0-9A-Z]", SIGNED, digits.dpd),
    _format("dpd", r"[0-9]{14}[0-9A-Z]", CHECKED, digits.dpd),
    _format("dpd", r"\d{27}[0-9A-Z]", SIGNED, digits.dpd),
    _format("dpd", r"(?:01|05|09|13)\d{12}", SHAPED + 30),
    _format("dpd", r"\d{14}", SHAPED),
    _format("gls", r"\d{12}", CHECKED, digits.gls),
    _format("gls", r"\d{11}", SHAPED + 30),
    _format("gls", r"(?=.*[A-Z])(?=.*\d)[0-9A-Z]{8}", SHAPED + 30),
    _format("gls", r"[A-Z]{8}", SHAPED + 10),
    _format("hermes", r"H10\d{17}", SIGNED),
    _format("hermes", r"\d{14}", CHECKED, digits.gs1),
    _format("hermes", r"\d{16}", SHAPED),
    _format("ups", r"1Z[0-9A-Z]{15}\d", SIGNED, digits.ups),
    _format("fedex", r"\d{12}", CHECKED, digits.fedex),
    _format("fedex", r"\d{15}", CHECKED, digits.fedex_ground),
    _format("fedex", r"(?:92)?61\d{18}", SIGNED - 10, digits.fedex_smart_post),
    _format("fedex", r"96\d{20}", SIGNED - 10, digits.fedex_ground),
    _format("fedex", r"(?:96|100)\d{31,32}", SIGNED - 10, lambda number: _fedex_tail(number)),
    _format("post_at", r"[A-Z]{2}\d{9}AT", SIGNED, digits.s10),
    _format("post_at", r"10\d{20}", PREFIXED),
    _format("post_at", r"10\d{14}", SHAPED + 30),
    _format("post_ch", r"9[89]\d{16}", PREFIXED + 20),
    _format("post_ch", r"[A-Z]{2}\d{9}CH", SIGNED, digits.s10),
    _format("postnl", r"3S(?=.*\d{5})[0-9A-Z]{9,15}", SIGNED),
    _format("postnl", r"[A-Z]{2}\d{9}NL", SIGNED, digits.s10),
    _format("amazon", r"(?:TBA|DE|AT|UK|FR|IT|ES)\d{10,13}", PREFIXED),
    _format("local", r"KT\d{11}", SIGNED, lambda number: digits.gs1(number[2:])),
    _format("amazon", r"TBA\d{12}", SIGNED),
)


def _fedex_tail(number: str) -> bool:
    """Of 34 digits the last fourteen: one, seven, three times, modulo 11."""
    total = sum(int(one) * (1, 7, 3)[place % 3] for place, one in enumerate(number[-14:-1]))
    return len(number) == 34 and total % 11 % 10 == int(number[-1])


def name_of(code: str) -> str:
    """What people call the carrier; empty for a code that we do not know."""
    return CARRIERS[code].name if code in CARRIERS else ""


def code_of(name: str) -> str:
    """The code of a carrier whose name staff typed; empty for one that we do not know."""
    wanted = re.sub(r"[\s_-]+", " ", name).strip().casefold()
    known = {one.name.casefold(): one.code for one in CARRIERS.values()}
    return known.get(wanted, "") or (
        wanted.replace(" ", "_") if wanted.replace(" ", "_") in CARRIERS else ""
    )


def tracking_url(code: str, number: str) -> str:
    """Where a parcel is followed: always a fixed https host; empty where we know of none."""
    return CARRIERS[code].link.format(quote(number, safe="")) if number and code in CARRIERS else ""
