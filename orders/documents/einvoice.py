"""The document as EN 16931 XML (Factur-X / ZUGFeRD, profile EN 16931), from its frozen content.

Cancellations and credit notes are type 381 with positive sums, as the standard wants it.
"""

import datetime
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

from catalog.models import TaxScheme
from orders.models import Document
from shop.kit import clock

FILENAME = "factur-x.xml"
_GUIDELINE = "urn:cen.eu:en16931:2017"
_SPACES = {
    "rsm": "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100",
    "ram": "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100",
    "udt": "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100",
    "qdt": "urn:un:unece:uncefact:data:standard:QualifiedDataType:100",
}
_INVOICE, _CREDIT = "380", "381"  # UNTDID 1001
_PIECE = "C62"
_ZERO_RATED, _STANDARD, _EXEMPT = "Z", "S", "E"  # UNTDID 5305

for _prefix, _uri in _SPACES.items():
    ElementTree.register_namespace(_prefix, _uri)


def xml(document: Document) -> bytes:
    """The e-invoice of `document`: the same bytes every time."""
    root = ElementTree.Element(_name("rsm:CrossIndustryInvoice"))
    context = _add(root, "rsm:ExchangedDocumentContext")
    guideline = _add(context, "ram:GuidelineSpecifiedDocumentContextParameter")
    _add(guideline, "ram:ID", _GUIDELINE)
    _header(root, document)
    trade = _add(root, "rsm:SupplyChainTradeTransaction")
    sign = -1 if document.gross < 0 else 1
    for position, entry in enumerate(document.content["entries"], start=1):
        _line(trade, position, entry, sign, document.content["scheme"])
    _agreement(trade, document.content)
    _delivery(trade, document.content)
    _settlement(trade, document, sign)
    return ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _header(root: ElementTree.Element, document: Document) -> None:
    header = _add(root, "rsm:ExchangedDocument")
    _add(header, "ram:ID", document.number)
    _add(header, "ram:TypeCode", _CREDIT if document.gross < 0 else _INVOICE)
    _day(_add(header, "ram:IssueDateTime"), clock.day_of(document.issued_at))
    for text in (document.content.get("reason", ""), document.content["note"]):
        if text:
            _add(_add(header, "ram:IncludedNote"), "ram:Content", text)


def _line(
    trade: ElementTree.Element, position: int, entry: Mapping[str, Any], sign: int, scheme: str
) -> None:
    net, quantity = sign * Decimal(entry["net"]), str(entry["quantity"])
    line = _add(trade, "ram:IncludedSupplyChainTradeLineItem")
    _add(_add(line, "ram:AssociatedDocumentLineDocument"), "ram:LineID", str(position))
    product = _add(line, "ram:SpecifiedTradeProduct")
    if entry["sku"]:
        _add(product, "ram:SellerAssignedID", entry["sku"])
    _add(product, "ram:Name", entry["title"])
    if entry["details"]:
        _add(product, "ram:Description", "; ".join(entry["details"]))
    # The price of all pieces, so that no division is rounded: the line is price × 1.
    price = _add(_add(line, "ram:SpecifiedLineTradeAgreement"), "ram:NetPriceProductTradePrice")
    _add(price, "ram:ChargeAmount", str(net))
    _add(price, "ram:BasisQuantity", quantity, unitCode=_PIECE)
    delivery = _add(line, "ram:SpecifiedLineTradeDelivery")
    _add(delivery, "ram:BilledQuantity", quantity, unitCode=_PIECE)
    settlement = _add(line, "ram:SpecifiedLineTradeSettlement")
    tax = _add(settlement, "ram:ApplicableTradeTax")
    _add(tax, "ram:TypeCode", "VAT")
    _add(tax, "ram:CategoryCode", _category(Decimal(entry["rate"]), scheme))
    _add(tax, "ram:RateApplicablePercent", entry["rate"])
    total = _add(settlement, "ram:SpecifiedTradeSettlementLineMonetarySummation")
    _add(total, "ram:LineTotalAmount", str(net))


def _category(rate: Decimal, scheme: str) -> str:
    if scheme == TaxScheme.SMALL_BUSINESS:
        return _EXEMPT
    return _STANDARD if rate else _ZERO_RATED


def _agreement(trade: ElementTree.Element, content: Mapping[str, Any]) -> None:
    agreement = _add(trade, "ram:ApplicableHeaderTradeAgreement")
    seller, buyer = content["seller"], content["buyer"]
    party = _add(agreement, "ram:SellerTradeParty")
    _add(party, "ram:Name", seller["name"])
    contact = _add(party, "ram:DefinedTradeContact")
    _add(contact, "ram:PersonName", seller["representative"] or seller["name"])
    if seller["phone"]:
        phone = _add(contact, "ram:TelephoneUniversalCommunication")
        _add(phone, "ram:CompleteNumber", seller["phone"])
    if seller["email"]:
        email = _add(contact, "ram:EmailURIUniversalCommunication")
        _add(email, "ram:URIID", seller["email"])
    _address(party, seller)
    for scheme, number in (("FC", seller["tax_number"]), ("VA", seller["vat_id"])):
        if number:
            registration = _add(party, "ram:SpecifiedTaxRegistration")
            _add(registration, "ram:ID", number.replace(" ", ""), schemeID=scheme)
    party = _add(agreement, "ram:BuyerTradeParty")
    _add(party, "ram:Name", buyer["name"])
    if buyer["contact"]:
        _add(_add(party, "ram:DefinedTradeContact"), "ram:PersonName", buyer["contact"])
    _address(party, buyer)
    ordered = _add(agreement, "ram:BuyerOrderReferencedDocument")
    _add(ordered, "ram:IssuerAssignedID", content["order"]["number"])


def _address(party: ElementTree.Element, facts: Mapping[str, str]) -> None:
    address = _add(party, "ram:PostalTradeAddress")
    _add(address, "ram:PostcodeCode", facts["postcode"])
    _add(address, "ram:LineOne", facts["street"])
    if facts.get("extra"):
        _add(address, "ram:LineTwo", facts["extra"])
    _add(address, "ram:CityName", facts["city"])
    _add(address, "ram:CountryID", facts["country"])


def _delivery(trade: ElementTree.Element, content: Mapping[str, Any]) -> None:
    delivery = _add(trade, "ram:ApplicableHeaderTradeDelivery")
    supply = content["supply"]
    if supply["last"]:
        event = _add(delivery, "ram:ActualDeliverySupplyChainEvent")
        last = datetime.date.fromisoformat(supply["last"])
        _day(_add(event, "ram:OccurrenceDateTime"), last)


def _settlement(trade: ElementTree.Element, document: Document, sign: int) -> None:
    content = document.content
    settlement = _add(trade, "ram:ApplicableHeaderTradeSettlement")
    _add(settlement, "ram:InvoiceCurrencyCode", document.currency)
    payment = content["payment"]
    means = _add(settlement, "ram:SpecifiedTradeSettlementPaymentMeans")
    _add(
        means,
        "ram:TypeCode",
        payment["code"] if payment["iban"] or payment["code"] != "58" else "1",
    )
    if payment["iban"]:
        account = _add(means, "ram:PayeePartyCreditorFinancialAccount")
        _add(account, "ram:IBANID", payment["iban"].replace(" ", ""))
        if content["seller"]["bank_holder"]:
            _add(account, "ram:AccountName", content["seller"]["bank_holder"])
    for row in _breakdown(content):
        _tax(settlement, row, sign, content)
    supply = content["supply"]
    if supply["first"] != supply["last"]:
        period = _add(settlement, "ram:BillingSpecifiedPeriod")
        for name, day in (("Start", supply["first"]), ("End", supply["last"])):
            _day(_add(period, f"ram:{name}DateTime"), datetime.date.fromisoformat(day))
    due = sign * (document.gross - Decimal(payment["paid"]))
    _terms(settlement, payment, due)
    _totals(settlement, document, sign, due)
    if corrected := content.get("corrected"):
        reference = _add(settlement, "ram:InvoiceReferencedDocument")
        _add(reference, "ram:IssuerAssignedID", corrected["number"])
        day = datetime.date.fromisoformat(corrected["issued_on"])
        _day(_add(reference, "ram:FormattedIssueDateTime"), day, space="qdt")


def _breakdown(content: Mapping[str, Any]) -> list[dict[str, str]]:
    """The sums of each rate that a line names; a rate may bear nothing."""
    known = {Decimal(one["rate"]): one for one in content["rates"]}
    named = sorted({Decimal(one["rate"]) for one in content["entries"]}, reverse=True)
    nothing = {"net": "0.00", "vat": "0.00"}
    return [known.get(rate, {"rate": str(rate), **nothing}) for rate in named]


def _tax(
    settlement: ElementTree.Element, row: Mapping[str, str], sign: int, content: Mapping[str, Any]
) -> None:
    tax = _add(settlement, "ram:ApplicableTradeTax")
    category = _category(Decimal(row["rate"]), content["scheme"])
    _add(tax, "ram:CalculatedAmount", str(sign * Decimal(row["vat"])))
    _add(tax, "ram:TypeCode", "VAT")
    if category == _EXEMPT:
        _add(tax, "ram:ExemptionReason", content["note"])
    _add(tax, "ram:BasisAmount", str(sign * Decimal(row["net"])))
    _add(tax, "ram:CategoryCode", category)
    _add(tax, "ram:RateApplicablePercent", row["rate"])


def _terms(settlement: ElementTree.Element, payment: Mapping[str, str], due: Decimal) -> None:
    """Until when the rest is to be paid; a document with an open sum must say it (BR-CO-25)."""
    if due > 0:
        terms = _add(settlement, "ram:SpecifiedTradePaymentTerms")
        if payment["due_on"]:
            day = datetime.date.fromisoformat(payment["due_on"])
            _day(_add(terms, "ram:DueDateDateTime"), day)
        else:
            _add(terms, "ram:Description", payment["method"] or "-")


def _totals(settlement: ElementTree.Element, document: Document, sign: int, due: Decimal) -> None:
    totals = _add(settlement, "ram:SpecifiedTradeSettlementHeaderMonetarySummation")
    net = str(sign * document.net)
    _add(totals, "ram:LineTotalAmount", net)
    _add(totals, "ram:TaxBasisTotalAmount", net)
    _add(totals, "ram:TaxTotalAmount", str(sign * document.vat), currencyID=document.currency)
    _add(totals, "ram:GrandTotalAmount", str(sign * document.gross))
    _add(totals, "ram:TotalPrepaidAmount", str(sign * Decimal(document.content["payment"]["paid"])))
    _add(totals, "ram:DuePayableAmount", str(due))


def _day(parent: ElementTree.Element, day: datetime.date, *, space: str = "udt") -> None:
    _add(parent, f"{space}:DateTimeString", day.strftime("%Y%m%d"), format="102")


def _add(
    parent: ElementTree.Element, name: str, text: str = "", **attributes: str
) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, _name(name), attributes)
    if text:
        # XML 1.0 knows no control characters; everything else may be in a name.
        element.text = "".join(
            " " if sign in "\n\t\r" else sign
            for sign in text
            if sign in "\n\t\r" or unicodedata.category(sign) not in ("Cc", "Cs", "Cn")
        )
    return element


def _name(name: str) -> str:
    prefix, local = name.split(":")
    return f"{{{_SPACES[prefix]}}}{local}"
