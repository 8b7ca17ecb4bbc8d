"""Declarations of withdrawal: one that fits, one of a stranger, one without a number."""

import datetime

from django.utils import translation

from orders.models import Order, WithdrawalCase, WithdrawalMail
from orders.withdrawals import chain, declaring, wording
from shop.kit.mail import MailState


def declare_some(moment: datetime.datetime) -> None:
    """Three declarations in the hours before `moment`, each looked at as the job would."""
    sent = Order.objects.filter(status="confirmed", fulfilment_status="fulfilled")
    sent = sent.filter(fulfilments__carrier__gt="").order_by("-placed_at", "pk").distinct()
    first, second = sent.first(), sent[1:2].first()
    if first is not None:
        _declare(first.number, first.email, _name(first), first.language, moment, hours=5)
    if second is not None:
        _declare(second.number, "heike.lorenz@post.example", "Heike Lorenz", "de", moment, hours=3)
    _declare(
        "die blauen Becher von letzter Woche",
        "f.brinkmann@post.example",
        "Frauke Brinkmann",
        "de",
        moment,
        hours=1,
    )
    mails = WithdrawalMail.objects.exclude(state=MailState.SENT)
    for mail in mails:
        WithdrawalMail.objects.filter(pk=mail.pk).update(
            state=MailState.SENT, sent_at=mail.created_at, tries=1
        )


def _name(order: Order) -> str:
    return order.addresses.order_by("kind").values_list("name", flat=True)[0]


def _declare(
    reference: str, email: str, name: str, language: str, moment: datetime.datetime, *, hours: int
) -> None:
    then = moment - datetime.timedelta(hours=hours)
    words = wording.Declaration(name=name, reference=reference, email=email, language=language)
    with translation.override(language):
        row = declaring.declare(words, moment=then)
    chain.process(WithdrawalCase.objects.get(withdrawal=row), moment=then)
