"""Who published or noted a legal text or wrote words of a mail: staff, while they are staff."""

from typing import Any

from content.models import LegalReading, LegalVersion, MailWording


def export(customer: Any) -> dict[str, Any]:
    """What this person published and noted."""
    published = LegalVersion.objects.filter(published_by=customer).order_by("published_at")
    noted = LegalReading.objects.filter(noted_by=customer).order_by("noted_at")
    return {
        "legal_texts_published": [
            {"text": str(one), "at": one.published_at} for one in published.defer("body_de")
        ],
        "words_of_mails_saved": MailWording.objects.filter(actor=customer).count(),
        "legal_readings_noted": [{"text": str(one), "at": one.noted_at} for one in noted],
    }


def erase(customer: Any) -> None:
    """Cut the tie; the texts stay, orders were placed under them."""
    LegalVersion.objects.filter(published_by=customer).update(published_by=None)
    LegalReading.objects.filter(noted_by=customer).update(noted_by=None)
    MailWording.objects.filter(actor=customer).update(actor=None)
