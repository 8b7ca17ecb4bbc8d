"""Words of the hosted page. It speaks German and English by the session's locale."""

from demo.payment_sandbox.store import Row

_TEXTS = {
    "lang": ("en", "de"),
    "banner": (
        "Payment sandbox: no money moves.",
        "Zahlungs-Sandbox: Es fließt kein Geld.",
    ),
    "title": ("Pay {merchant}", "Zahlung an {merchant}"),
    "summary": ("Your order", "Ihre Bestellung"),
    "total": ("Total", "Gesamtbetrag"),
    "each": ("{amount} each", "je {amount}"),
    "reference": ("Reference", "Referenz"),
    "email": ("E-mail", "E-Mail"),
    "how": ("How should the payment go?", "Wie soll die Zahlung verlaufen?"),
    "how_lead": (
        "Choose what the bank does. The shop learns of it as it would from Stripe.",
        "Wählen Sie, was die Bank tut. Der Shop erfährt davon wie von Stripe.",
    ),
    "card": ("Card", "Karte"),
    "card_note": ("Test card, nothing to type in", "Testkarte, nichts einzugeben"),
    "pay": ("Pay {amount}", "{amount} bezahlen"),
    "finish": ("Complete order", "Bestellung abschließen"),
    "pay_about": ("The card is charged at once.", "Die Karte wird sofort belastet."),
    "three-d-secure": ("Pay with 3-D Secure", "Mit 3-D Secure"),
    "three-d-secure_about": (
        "The bank asks you to confirm on a page of its own.",
        "Die Bank fragt auf einer eigenen Seite nach Ihrer Bestätigung.",
    ),
    "decline": ("Decline the card", "Karte ablehnen"),
    "decline_about": (
        "The bank refuses; you may try again.",
        "Die Bank lehnt ab; Sie können es erneut versuchen.",
    ),
    "later": ("SEPA direct debit", "SEPA-Lastschrift"),
    "later_note": (
        "Arrives after {seconds}\N{NO-BREAK SPACE}s",
        "Trifft nach {seconds}\N{NO-BREAK SPACE}s ein",
    ),
    "pay-later": ("Pay later", "Später bezahlen"),
    "pay-later_about": (
        "The order is placed, the money arrives afterwards.",
        "Die Bestellung steht, das Geld trifft danach ein.",
    ),
    "pay-later-fail": ("Pay later, will fail", "Später, schlägt fehl"),
    "pay-later-fail_about": (
        "The order is placed, the debit comes back.",
        "Die Bestellung steht, die Lastschrift kommt zurück.",
    ),
    "abandon": ("Back to {merchant}", "Zurück zu {merchant}"),
    "declined": (
        "Your card was declined. Please try again or choose another way to pay.",
        "Ihre Karte wurde abgelehnt. Bitte versuchen Sie es erneut oder zahlen Sie anders.",
    ),
    "refused": (
        "The payment was not confirmed. Please try again or choose another way to pay.",
        "Die Zahlung wurde nicht bestätigt. Bitte versuchen Sie es erneut oder zahlen Sie anders.",
    ),
    "bank": ("Your bank", "Ihre Bank"),
    "3ds_title": ("Confirm the payment", "Zahlung bestätigen"),
    "3ds_lead": (
        "{merchant} would like to charge {amount} to the card ending in 3220.",
        "{merchant} möchte {amount} von der Karte mit der Endung 3220 abbuchen.",
    ),
    "confirm": ("Confirm payment", "Zahlung bestätigen"),
    "refuse": ("Refuse", "Nicht bestätigen"),
    "expired_title": ("This payment page has expired", "Diese Zahlungsseite ist abgelaufen"),
    "expired_lead": (
        "Nothing was charged. Please go back to the shop and start the payment again.",
        "Es wurde nichts abgebucht. Bitte starten Sie die Zahlung im Shop erneut.",
    ),
    "done_title": ("This payment is complete", "Diese Zahlung ist abgeschlossen"),
    "done_lead": (
        "You need not pay again.",
        "Sie müssen nicht noch einmal bezahlen.",
    ),
    "continue": ("Continue to {merchant}", "Weiter zu {merchant}"),
    "missing_title": ("There is no such payment page", "Diese Zahlungsseite gibt es nicht"),
    "missing_lead": (
        "Please check the address or go back to the shop.",
        "Bitte prüfen Sie die Adresse oder gehen Sie zurück zum Shop.",
    ),
    "footer": (
        "A test page that stands in for Stripe Checkout.",
        "Eine Testseite anstelle von Stripe Checkout.",
    ),
}

_SYMBOLS = {"eur": "€", "usd": "$", "gbp": "£", "pln": "zł", "czk": "Kč", "chf": "CHF"}


def language_of(session: Row | None, accepted: str) -> str:
    """de or en: the session's locale, or the browser's wish where it says ``auto`` or nothing."""
    locale = (session or {}).get("locale") or "auto"
    if locale == "auto":
        locale = accepted.strip()
    return "de" if locale.lower().startswith("de") else "en"


def text(key: str, language: str, **values: object) -> str:
    """The words for ``key``; not yet escaped for HTML."""
    return _TEXTS[key][language == "de"].format(**values)


def money(cents: int, currency: str, language: str) -> str:
    """1.234,56 € in German, €1,234.56 in English."""
    digits = f"{cents / 100:,.2f}"
    symbol = _SYMBOLS.get(currency, currency.upper())
    if language == "de":
        return digits.translate(str.maketrans(",.", ".,")) + "\N{NO-BREAK SPACE}" + symbol
    return symbol + ("" if len(symbol) == 1 else "\N{NO-BREAK SPACE}") + digits
