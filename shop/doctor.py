"""What the shop needs to sell lawfully and to stay on its feet, one finding a line.

`manage.py doctor` prints it. Each check is read-only, but for a file that it writes to each storage
and deletes again; none raises because of what it finds.
"""

import dataclasses
import datetime
import gettext
import uuid
from collections.abc import Callable, Iterator
from email.utils import parseaddr
from pathlib import Path

from babel.messages import pofile
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db.models import Q, QuerySet

from accounts import second_factor
from accounts.models import Customer
from accounts.roles import Role
from catalog import vat
from catalog.law import gate, graphics
from catalog.models import BatteryKind, Device, Product, ProductStatus, VatClass
from catalog.vat import changing, schemes
from checkout import delivery, tax_countries
from content import publishing, selling
from orders.money.taxing import distance, turnover
from orders.receipts import ibans, transfers
from shop import backups, health, legal
from shop.kit import clock, languages

OK, WARNING, ERROR = "ok", "warning", "error"
LATE = datetime.timedelta(minutes=5)
SHOWN = 10  # products named in a line; the number of all stands there too
_NOWHERE = ("example", "test", "invalid", "localhost")


@dataclasses.dataclass(frozen=True, slots=True)
class Finding:
    """`level` is ok, warning or error; `topic` names the check."""

    level: str
    topic: str
    text: str


def examine(moment: datetime.datetime) -> Iterator[Finding]:
    """Every finding, in the order in which things are mended. Without a database only settings and
    neighbours are looked at.
    """
    parts = health.parts()
    yield from _neighbours(parts)
    checks = [*_OF_SETTINGS, *(_OF_DATA if parts["database"] else [])]
    for topic, check in checks:
        found = list(check(moment))
        yield from (Finding(level, topic, text) for level, text in found)
        if not found:
            yield Finding(OK, topic, "complete")


Findings = Iterator[tuple[str, str]]


def _neighbours(parts: dict[str, bool]) -> Iterator[Finding]:
    for name, is_there in parts.items():
        level, text = (OK, "reachable") if is_there else (ERROR, "cannot be reached")
        yield Finding(level, name, text)


def _merchant(moment: datetime.datetime) -> Findings:
    """§ 5 DDG, Art. 246a EGBGB: who sells."""
    for obstacle in selling.obstacles_of_settings():
        yield ERROR, obstacle.text


def _bank(moment: datetime.datetime) -> Findings:
    """An account that is half entered would silently offer no transfer at all."""
    is_begun = settings.BANK_HOLDER or settings.BANK_IBAN
    if is_begun and transfers.own() is None:
        yield ERROR, "MERCHANT_BANK_HOLDER or a true MERCHANT_BANK_IBAN is missing"
    if settings.BANK_BIC and not ibans.is_bic(ibans.compact(settings.BANK_BIC)):
        yield ERROR, "MERCHANT_BANK_BIC is no BIC"


def _legal_pages(moment: datetime.datetime) -> Findings:
    """Orders are refused while a text is broken; one that no lawyer read is the owner's risk."""
    for obstacle in selling.obstacles(moment):
        if obstacle.lack is selling.Lack.TEXT:
            yield ERROR, obstacle.text
    names = [one.page for one in publishing.unread(moment)]
    if names:
        yield WARNING, f"have a lawyer read: {', '.join(names)}; then note it in the admin"


def _mail(moment: datetime.datetime) -> Findings:
    address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    domain = address.rpartition("@")[2].lower()
    if not address or "." not in domain:
        yield ERROR, "DEFAULT_FROM_EMAIL is no address: mails would be refused"
    elif domain.rpartition(".")[2] in _NOWHERE and not settings.DEMO:
        yield ERROR, f"DEFAULT_FROM_EMAIL is at {domain}, which does not exist"


def _payment(moment: datetime.datetime) -> Findings:
    if not settings.STRIPE_SECRET_KEY:
        yield WARNING, "STRIPE_SECRET_KEY is not set: nobody can pay online"
    elif "_test_" in settings.STRIPE_SECRET_KEY and not settings.DEMO:
        yield ERROR, "STRIPE_SECRET_KEY is one for tests: no money would come"


def _storages(moment: datetime.datetime) -> Findings:
    for name in ("default", "private"):
        path = f"doctor/{uuid.uuid4().hex}"
        try:
            path = storages[name].save(path, ContentFile(b"ok"))
            storages[name].delete(path)
        except OSError as problem:
            yield ERROR, f"the storage {name} cannot be written: {problem.strerror}"


def _translations(moment: datetime.datetime) -> Findings:
    for code in languages.codes():
        if code == "en":
            continue  # The texts in the code are English.
        folder = Path(settings.BASE_DIR) / "locale" / code / "LC_MESSAGES"
        with (folder / "django.po").open("rb") as file:
            catalogue = pofile.read_po(file, locale=code)
        texts = ((one, one.string) for one in catalogue if one.id)
        open_ = [
            str(one.id)
            for one, text in texts
            if one.fuzzy or not all(text if isinstance(text, tuple) else (text,))
        ]
        if open_:
            yield ERROR, f"{code}: {len(open_)} texts are not translated, {open_[0]!r} first"
        if not gettext.find("django", str(folder.parent.parent), [code]):
            yield ERROR, f"{code}: not compiled; run manage.py compile_messages"


def _vat(moment: datetime.datetime) -> Findings:
    day = clock.day_of(moment)
    own = vat.rates(settings.COUNTRY, day)
    for vat_class in (VatClass.STANDARD, VatClass.REDUCED):
        if vat_class not in own:
            yield ERROR, f"{settings.COUNTRY} has no {vat_class} rate today: nothing can be sold"
    codes = delivery.countries(delivery.rules())
    served = tax_countries.served(codes, moment=moment)
    for country in codes:
        if country not in served and country != settings.COUNTRY:
            text = "delivered to, but not taxable: no complete rates (manage.py load_vat_rates)"
            yield ERROR, f"{country}: {text}; its orders are refused"
    open_ = [
        f"{one.country} {one.vat_class} {one.rate.normalize():f} %"
        for one in changing.open_on(day, codes)
    ]
    if open_:
        yield WARNING, f"to be looked up and confirmed in the admin: {', '.join(open_)}"


def _vat_schemes(moment: datetime.datetime) -> Findings:
    late = distance.taxed_too_low(clock.day_of(moment).year)
    if late:
        text = "placed below the limit of 10,000 € and paid above it, with the seller's VAT"
        yield WARNING, f"{', '.join(late[:SHOWN])}: {text}; tell the tax adviser"
    if schemes.at(moment).is_small_business and (found := turnover.of(moment)).is_above:
        yield (
            WARNING,
            f"turnover of {found.before} € last year and {found.now} € this year: above the limits"
            f" of small businesses ({turnover.BEFORE} €, {turnover.NOW} €, § 19 UStG)",
        )


def _delivery(moment: datetime.datetime) -> Findings:
    rules = delivery.rules()
    for method in rules.shipped:
        if not method.rates.all():
            yield WARNING, f"{method.code} has no rates: it is never offered"
    for method in rules:
        where = method.pickup_location
        if where and not (where.street and where.postcode and where.city):
            yield ERROR, f"{method.code}: {where.code} has no address, nobody finds it"
    if settings.COUNTRY not in delivery.countries(rules):
        yield ERROR, f"nothing is delivered within {settings.COUNTRY}"


def _official_graphics(moment: datetime.datetime) -> Findings:
    """Implementing Regulation (EU) 2025/1960: only the Commission's own files may be shown."""
    for kind, code in graphics.absent():
        yield ERROR, f"{kind} ({code}) is not uploaded: docs/runbooks/official_graphics.md"


def _registers(moment: datetime.datetime) -> Findings:
    """Numbers of producers: packaging (VerpackG), devices (ElektroG), batteries (BattDG)."""
    merchant = legal.merchant()
    live = Product.objects.live(moment)
    needs = [
        ("packaging_number", "LUCID", live.filter(is_digital=False, is_gift_card=False)),
        ("weee_number", "WEEE", live.filter(device__is_electrical=True)),
        ("battery_number", "battery", live.filter(device__in=_with_battery())),
    ]
    for field, name, rows in needs:
        number = getattr(merchant, field)
        if (not number or number.startswith("[[")) and rows.exists():
            yield ERROR, f"MERCHANT_{field.upper()}: no {name} number, but such goods are on sale"


def _with_battery() -> QuerySet[Device]:
    return Device.objects.exclude(battery_kind=BatteryKind.NONE)


def _heartbeat(moment: datetime.datetime) -> Findings:
    seen = health.last_heartbeat()
    if seen is None:
        yield ERROR, "no sign of beat and a worker: nothing is sent, published or swept"
    elif moment - seen > LATE:
        minutes = int((moment - seen).total_seconds() // 60)
        yield ERROR, f"last seen {minutes} minutes ago: is beat down, or every worker?"


def _goods(moment: datetime.datetime) -> Findings:
    active = Product.objects.filter(status=ProductStatus.ACTIVE)
    ids = list(active.order_by("pk").values_list("pk", flat=True))
    lacking = [
        (one.variants.order_by("position", "pk").values_list("sku", flat=True).first(), one, wanted)
        for one, wanted in gate.incomplete(ids, moment)
    ]
    if lacking:
        named = [
            f"{sku or one.slug} ({', '.join(sorted(wanted))})"
            for sku, one, wanted in lacking[:SHOWN]
        ]
        yield ERROR, f"{len(lacking)} on sale lack mandatory data: {'; '.join(named)}"
    held = Product.objects.exclude(publish_problem="").count()
    if held:
        yield WARNING, f"{held} could not go live at their time"


def _backups(moment: datetime.datetime) -> Findings:
    """Art. 32 GDPR, § 147 AO: what is lost cannot be shown."""
    last = backups.last()
    if last is None:
        yield WARNING, "none was noted yet: run manage.py note_backup after each"
    elif moment - last > backups.OLD_AFTER:
        yield ERROR, f"the last one is of {clock.day_of(last)}: is the job down?"


def _staff(moment: datetime.datetime) -> Findings:
    """Art. 32 GDPR: a password alone must not open what the shop knows about people."""
    if not settings.STAFF_SECOND_FACTOR:
        yield WARNING, "STAFF_SECOND_FACTOR=0: a password alone opens the admin"
    owners = Customer.objects.filter(is_staff=True, is_active=True).filter(
        Q(is_superuser=True) | Q(groups__name=Role.OWNER)
    )
    lacking = [one.pk for one in owners.distinct() if not second_factor.is_enrolled(one)]
    if lacking:
        yield WARNING, f"{len(lacking)} owners have no second factor yet"


Check = Callable[[datetime.datetime], Findings]
_OF_SETTINGS: list[tuple[str, Check]] = [
    ("merchant", _merchant),
    ("bank account", _bank),
    ("mail", _mail),
    ("payment", _payment),
    ("storage", _storages),
    ("translations", _translations),
]
_OF_DATA: list[tuple[str, Check]] = [
    ("legal pages", _legal_pages),
    ("VAT rates", _vat),
    ("VAT schemes", _vat_schemes),
    ("delivery", _delivery),
    ("official graphics", _official_graphics),
    ("registers", _registers),
    ("background work", _heartbeat),
    ("products", _goods),
    ("backups", _backups),
    ("staff", _staff),
]
