"""Who published a legal text, or noted that it was read: staff, for as long as they are staff."""

from typing import Any

from content.models import LegalReading, LegalVersion


def export(customer: Any) -> dict[str, Any]:
    """What this person published and noted."""
    published = LegalVersion.objects.filter(published_by=customer).order_by("published_at")
    noted = LegalReading.objects.filter(noted_by=customer).order_by("noted_at")
    return {
        "legal_texts_published": [
            {"text": str(one), "at": one.published_at} for one in published.defer("body_de")
        ],
        "legal_readings_noted": [{"text": str(one), "at": one.noted_at} for one in noted],
    }


def erase(customer: Any) -> None:
    """Cut the tie; the texts stay, orders were placed under them."""
    LegalVersion.objects.filter(published_by=customer).update(published_by=None)
    LegalReading.objects.filter(noted_by=customer).update(noted_by=None)
