"""What the demo shop gives away: one promotion of each kind, and codes to try out."""

import datetime
from decimal import Decimal

from accounts.models import Customer, CustomerGroup, GroupMember
from catalog.models import Category, Reduction, ReductionKind, ReductionStep
from checkout.models import Effect, Kind, Promotion
from checkout.promotions import issuing

WELCOME, FREE_DELIVERY, THANKS = "WILLKOMMEN10", "VERSANDFREI", "DANKE-5"
_SINCE = datetime.timedelta(days=60)
_UNTIL = datetime.timedelta(days=365)


def offer(moment: datetime.datetime) -> None:
    """Promotions that have been on for two months, and their codes."""
    starts_at, ends_at = moment - _SINCE, moment + _UNTIL
    dates = {"starts_at": starts_at, "ends_at": ends_at, "is_active": True}
    welcome = Promotion.objects.create(
        code="willkommen",
        name_de="10 % auf die erste Bestellung",
        name_en="10% off your first order",
        description="Steht im Newsletter und auf der Karte im Paket.",
        kind=Kind.ORDER,
        effect=Effect.PERCENT,
        percent=Decimal(10),
        cap=Decimal(30),
        is_first_order=True,
        combines_with=[Kind.PRODUCT, Kind.SHIPPING],
        needs_coupon=True,
        **dates,
    )
    issuing.name(welcome, WELCOME)
    tea = Category.objects.get(slug="tee")
    Promotion.objects.create(
        code="drei-fuer-zwei-tee",
        name_de="3 für 2: Tee",
        name_en="3 for 2: tea",
        description="Der günstigste von dreien ist geschenkt.",
        kind=Kind.PRODUCT,
        effect=Effect.BUY_GET,
        buy=2,
        get=1,
        percent=Decimal(100),
        category_ids=[tea.pk],
        includes_reduced=False,
        combines_with=[Kind.ORDER, Kind.SHIPPING],
        **dates,
    )
    free = Promotion.objects.create(
        code="versandfrei",
        name_de="Kostenlose Lieferung",
        name_en="Free delivery",
        kind=Kind.SHIPPING,
        effect=Effect.FREE_SHIPPING,
        gross=Decimal("12.90"),
        min_goods_gross=Decimal(25),
        combines_with=[Kind.PRODUCT, Kind.ORDER],
        needs_coupon=True,
        budget=Decimal(500),
        **dates,
    )
    issuing.name(free, FREE_DELIVERY, limit_per_customer=3)
    _by_value(dates)
    _thanks(dates)


def _by_value(dates: dict[str, object]) -> None:
    Promotion.objects.create(
        code="staffel",
        name_de="5 € ab 100 €, 15 € ab 200 €",
        name_en="€5 off from €100, €15 off from €200",
        kind=Kind.ORDER,
        effect=Effect.TIERS,
        tiers=[["100", "5"], ["200", "15"]],
        combines_with=[Kind.PRODUCT, Kind.SHIPPING],
        **dates,
    )


def _thanks(dates: dict[str, object]) -> None:
    """Single-use codes for a mailing, and one that can be typed."""
    thanks = Promotion.objects.create(
        code="danke",
        name_de="5 € Dankeschön",
        name_en="€5 thank-you",
        description="Für Kundinnen und Kunden, die auf etwas warten mussten.",
        kind=Kind.ORDER,
        effect=Effect.AMOUNT,
        gross=Decimal(5),
        min_goods_gross=Decimal(20),
        combines_with=[Kind.PRODUCT, Kind.SHIPPING],
        needs_coupon=True,
        **dates,
    )
    issuing.name(thanks, THANKS, limit_total=100)
    issuing.generate(thanks, 25, batch="Entschuldigung November")


def draft(moment: datetime.datetime) -> None:
    """A catalogue promotion to look at: tea in two steps from next week on, nothing written yet."""
    tea = Category.objects.get(slug="tee")
    weeks = Reduction.objects.create(
        name="Teewochen",
        kind=ReductionKind.PERCENT,
        category_ids=[tea.pk],
        ends_at=moment + datetime.timedelta(days=28),
    )
    for days, percent in ((7, 10), (14, 20)):
        ReductionStep.objects.create(
            reduction=weeks,
            starts_at=moment + datetime.timedelta(days=days),
            value=Decimal(percent),
        )


def group(customers: list[Customer], moment: datetime.datetime) -> None:
    """Some customers are friends of the house and get something of their own."""
    friends = CustomerGroup.objects.create(
        code="freunde", name_de="Freunde des Hauses", name_en="Friends of the house"
    )
    GroupMember.objects.bulk_create(
        GroupMember(group=friends, customer=one) for one in customers[1:6]
    )
    Promotion.objects.create(
        code="freunde",
        name_de="8 % für Freunde des Hauses",
        name_en="8% for friends of the house",
        kind=Kind.ORDER,
        effect=Effect.PERCENT,
        percent=Decimal(8),
        group_codes=[friends.code],
        includes_reduced=False,
        starts_at=moment - _SINCE,
        is_active=True,
    )
