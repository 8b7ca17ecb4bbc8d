"""Who sells in the demo: a made-up house; phone numbers are from Germany's range for fiction."""

from collections.abc import Mapping

ENVIRONMENT: Mapping[str, str] = {
    "MERCHANT_NAME": "Kontor Harmsen KG (Demo)",
    "MERCHANT_LEGAL_FORM": "Kommanditgesellschaft",
    "MERCHANT_STREET": "Musterspeicher 1",
    "MERCHANT_POSTCODE": "20457",
    "MERCHANT_CITY": "Hamburg",
    "MERCHANT_COUNTRY": "Deutschland",
    "MERCHANT_EMAIL": "shop@kontor.example",
    "MERCHANT_PHONE": "+49 40 66969 123",
    "MERCHANT_REPRESENTATIVE": "Inken Harmsen",
    "MERCHANT_REGISTER_COURT": "Amtsgericht Hamburg",
    "MERCHANT_REGISTER_NUMBER": "HRA 000000",
    "MERCHANT_VAT_ID": "DE000000000",
    "MERCHANT_SUPERVISORY_AUTHORITY": "",
    "MERCHANT_RESPONSIBLE_PERSON": "Inken Harmsen",
    "MERCHANT_DATA_PROTECTION_OFFICER": "",
    "MERCHANT_DATA_PROTECTION_AUTHORITY": (
        "Der Hamburgische Beauftragte für Datenschutz und Informationsfreiheit"
    ),
    "MERCHANT_HOSTING": "Musterhoster GmbH, Hamburg",
    "MERCHANT_CARRIERS": "Musterpost AG, Hamburg",
    "MERCHANT_RETURNS_ADDRESS": "Kontor Harmsen KG (Demo), Musterspeicher 1, 20457 Hamburg",
    "MERCHANT_PACKAGING_NUMBER": "DE0000000000000",
    "MERCHANT_WEEE_NUMBER": "DE 00000000",
    "MERCHANT_BATTERY_NUMBER": "DE 00000000",
    "MERCHANT_MARKET_SURVEILLANCE": (
        "Marktüberwachungsstelle der Länder für die Barrierefreiheit von Produkten und"
        " Dienstleistungen (MLBF), Magdeburg"
    ),
}

# A bank that does not exist; the check digits are right, so that apps read the QR code.
BANK: Mapping[str, str] = {
    "MERCHANT_BANK_HOLDER": "Kontor Harmsen KG (Demo)",
    "MERCHANT_BANK_IBAN": "DE66999999991234567890",
    "MERCHANT_BANK_BIC": "KNTRDEHHXXX",
}
