"""Notes on batteries and old devices, made from typed facts: nobody has to know the law by heart.

§ 18 ElektroG, §§ 5, 8 BattDG, Art. 11 and Annex VI Regulation (EU) 2023/1542. The pages on taking
back stand in content/samples/<version>/<language>/batteries-packaging.txt.
"""

from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.models import BatteryKind, BatteryPlace, Device, HazardSymbol

_SLUG = "batteries-packaging"


def notes(device: Device) -> list[dict[str, str]]:
    """{text, url, link_text}: what the product page says of battery and old device."""
    found = []
    if device.battery_kind:
        found.append(_note(_battery(device), "batteries", _("Return batteries")))
    if device.is_electrical:
        text = _("Electrical device: not for the household waste. We take old devices back.")
        found.append(_note(text, "devices", _("Return old devices")))
    return found


def _battery(device: Device) -> str:
    kind = str(BatteryKind(device.battery_kind).label)
    places = {
        BatteryPlace.SEPARATE: _("Comes with a battery (%(kind)s)."),
        BatteryPlace.REMOVABLE: _("Contains a battery that you can take out (%(kind)s)."),
        BatteryPlace.FIXED: _("Contains a battery that professionals can take out (%(kind)s)."),
    }
    words = [places[BatteryPlace(device.battery_place)] % {"kind": kind}]
    words.append(_("Old batteries do not belong in the household waste; return is free."))
    if device.hazard_symbol:
        words.append(f"{HazardSymbol(device.hazard_symbol).label}.")
    return " ".join(words)


def _note(text: str, anchor: str, link_text: str) -> dict[str, str]:
    url = reverse("legal", args=[_SLUG])
    return {"text": text, "url": f"{url}#{anchor}", "link_text": link_text}
