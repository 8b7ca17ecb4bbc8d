"""The XML of the documents: valid by the schema, right by the sums of EN 16931."""

import datetime
from decimal import Decimal
from xml.etree import ElementTree  # our own bytes

import pytest
from facturx import facturx

from orders.documents import issuing
from orders.drafts import AddressDraft, VatDraft
from orders.models import Document
from tests.orders.conftest import line_for
from tests.orders.documents.test_issuing import give_back

pytestmark = pytest.mark.django_db(transaction=True)

RAM = "{urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100}"


def _tree(document):
    facturx.xml_check_xsd(bytes(document.file.xml), flavor="factur-x", level="en16931")
    return ElementTree.fromstring(bytes(document.file.xml))  # noqa: S314 - written by us


def _amount(root, path):
    return Decimal(root.findtext("/".join(f".//{RAM}{one}" if not i else f"{RAM}{one}"
                                          for i, one in enumerate(path.split("/")))))  # fmt: skip


def _all(root, name):
    return list(root.iter(f"{RAM}{name}"))


def check_rules(document):
    """The sums that the rules of EN 16931 ask for (BR-CO-10 to 17, BR-S, BR-Z, BR-E, BR-CO-25)."""
    root = _tree(document)
    totals = "SpecifiedTradeSettlementHeaderMonetarySummation"
    lines = _all(root, "IncludedSupplyChainTradeLineItem")
    line_sum = sum(_amount(one, "LineTotalAmount") for one in lines)
    net, vat, gross, paid, due = (
        _amount(root, f"{totals}/{name}")
        for name in (
            "TaxBasisTotalAmount",
            "TaxTotalAmount",
            "GrandTotalAmount",
            "TotalPrepaidAmount",
            "DuePayableAmount",
        )
    )
    assert line_sum == net == _amount(root, f"{totals}/LineTotalAmount")  # BR-CO-10, 13
    assert net + vat == gross  # BR-CO-15
    assert gross - paid == due  # BR-CO-16
    settlement = _all(root, "ApplicableHeaderTradeSettlement")[0]
    taxes = [one for one in settlement if one.tag == f"{RAM}ApplicableTradeTax"]
    assert sum(_amount(one, "CalculatedAmount") for one in taxes) == vat  # BR-CO-14
    named = set()
    for one in taxes:
        basis, tax = _amount(one, "BasisAmount"), _amount(one, "CalculatedAmount")
        rate, category = _amount(one, "RateApplicablePercent"), one.findtext(f"{RAM}CategoryCode")
        assert abs(basis * rate / 100 - tax) < 1  # BR-CO-17
        assert (rate > 0) == (category == "S")  # BR-S-05, BR-Z-05, BR-E-05
        assert bool(one.findtext(f"{RAM}ExemptionReason")) == (category == "E")  # BR-E-10
        named.add((category, rate))
    for one in lines:
        key = (one.findtext(f".//{RAM}CategoryCode"), _amount(one, "RateApplicablePercent"))
        assert key in named  # BR-CO-18, BR-S-01
        assert _amount(one, "ChargeAmount") >= 0  # BR-27
    if due > 0:
        assert _all(root, "SpecifiedTradePaymentTerms")  # BR-CO-25
    assert gross >= 0
    return root


def test_an_invoice_is_valid_and_names_order_seller_buyer_and_day(invoiced):
    order, invoice = invoiced()

    root = check_rules(invoice)

    assert root.findtext(f".//{RAM}TypeCode") == "380"
    reference = root.find(f".//{RAM}BuyerOrderReferencedDocument/{RAM}IssuerAssignedID")
    assert reference.text == order.number
    names = [one.findtext(f"{RAM}Name") for one in (*_all(root, "SellerTradeParty"),
                                                     *_all(root, "BuyerTradeParty"))]  # fmt: skip
    assert names == ["Kontor Harmsen KG (Demo)", "Ben Petersen"]
    assert _all(root, "ActualDeliverySupplyChainEvent")


def test_the_xml_lies_in_the_pdf_and_the_metadata_say_so(invoiced):
    _order, invoice = invoiced()
    pdf = bytes(invoice.file.pdf)

    name, xml = facturx.get_xml_from_pdf(pdf, check_xsd=True)

    assert (name, xml) == ("factur-x.xml", bytes(invoice.file.xml))
    import io

    import pypdf

    reader = pypdf.PdfReader(io.BytesIO(pdf), strict=True)
    metadata = reader.trailer["/Root"]["/Metadata"].get_data().decode()
    ElementTree.fromstring(metadata.split("?>", 1)[1].rsplit("<?", 1)[0])  # noqa: S314
    assert "<fx:ConformanceLevel>EN 16931</fx:ConformanceLevel>" in metadata
    assert "<fx:DocumentFileName>factur-x.xml</fx:DocumentFileName>" in metadata
    assert "<pdfaid:part>3</pdfaid:part>" in metadata
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "Rechnung" in reader.pages[0].extract_text()


def test_corrections_are_credit_notes_with_positive_sums_that_name_their_invoice(
    invoiced, issue, moment
):
    order, invoice = invoiced()
    give_back(order, "10.00", moment)
    (note,) = issue()

    root = check_rules(note)

    assert root.findtext(f".//{RAM}TypeCode") == "381"
    reference = root.find(f".//{RAM}InvoiceReferencedDocument/{RAM}IssuerAssignedID")
    assert reference.text == invoice.number
    assert _amount(root, "GrandTotalAmount") == 10


def test_taking_back_an_invoice_and_a_credit_note_is_valid(paid_order, issue, moment):
    from orders import lifecycle

    order = paid_order()
    issuing.request(order, moment=moment)
    issue()
    give_back(order, "3.00", moment)
    issue()
    lifecycle.cancel(order, by=None, reason="test", moment=moment)
    issue()

    types = [check_rules(one).findtext(f".//{RAM}TypeCode")
             for one in Document.objects.order_by("pk")]  # fmt: skip
    assert types == ["380", "381", "380", "381"]


def test_a_small_business_and_a_sale_abroad_are_valid(sent_order, issue, make_variant):
    exempt = line_for(make_variant(), rate=Decimal(0))
    total = exempt.gross + Decimal("4.90")
    sent_order(
        lines=(exempt,),
        tax_scheme="small_business",
        vat_sums=(VatDraft(rate=Decimal(0), net=total, vat=Decimal(0), gross=total),),
    )
    sent_order(
        variant=make_variant(),
        tax_country="AT",
        tax_scheme="destination",
        distance_net=Decimal("44.45"),
        language="en",
    )

    small, abroad = issue()

    root = check_rules(small)
    assert "§ 19 UStG" in root.findtext(f".//{RAM}ExemptionReason")
    check_rules(abroad)
    assert "Austria" in abroad.content["note"]


def test_an_invoice_of_several_rates_parcels_and_a_free_line_is_valid(
    paid_order, issue, make_variant, moment
):
    from orders import fulfilments

    tea = line_for(make_variant(), quantity=3, unit=Decimal("3.33"), rate=Decimal("7.00"))
    mug = line_for(make_variant(), quantity=1, unit=Decimal("24.00"))
    book = line_for(make_variant(), quantity=1, unit=Decimal("0.00"), rate=Decimal("7.00"))
    delivery = Decimal("4.90")
    total = tea.gross + mug.gross + delivery
    at_19 = mug.gross + delivery
    net_19 = mug.net + Decimal("4.12")
    order = paid_order(
        lines=(tea, mug, book),
        vat_sums=(
            VatDraft(rate=Decimal("19.00"), net=net_19, vat=at_19 - net_19, gross=at_19),
            VatDraft(rate=Decimal("7.00"), net=tea.net, vat=tea.vat, gross=tea.gross),
        ),
    )
    rows = list(order.lines.order_by("position"))
    for days, row in enumerate(rows):
        fulfilments.ship(
            order,
            carrier="DHL",
            tracking_number=str(days),
            by=None,
            moment=moment + datetime.timedelta(days=days),
            lines={row.pk: row.quantity},
        )

    (invoice,) = issue(at=moment + datetime.timedelta(days=3))

    root = check_rules(invoice)
    assert invoice.gross == total
    assert _all(root, "BillingSpecifiedPeriod")
    give_back(order, "20.00", moment)
    (note,) = issue(at=moment + datetime.timedelta(days=4))
    check_rules(note)
    assert len(note.rates) == 2


def test_an_invoice_before_the_money_says_until_when_and_where_to(place, issue, moment, settings):
    settings.BANK_HOLDER, settings.BANK_IBAN = "Kontor Harmsen KG", "DE02120300000000202051"
    order = place(payment_method="on_pickup", is_pickup=True)
    assert order.status == "confirmed"
    issuing.request(order, moment=moment)

    (invoice,) = issue()

    root = check_rules(invoice)
    assert _amount(root, "DuePayableAmount") == order.total_gross


@pytest.mark.parametrize(
    "name", ["Ada \U0001f600 <b>&amp;", "\x0b\x07\u202eAda", '#import "x"', "漢字"]
)
def test_any_name_makes_a_valid_document(sent_order, issue, name):
    address = AddressDraft(name=name, street=name, postcode="1", city="x", country="DE", phone="")
    sent_order(delivery=address)

    (invoice,) = issue()

    check_rules(invoice)
