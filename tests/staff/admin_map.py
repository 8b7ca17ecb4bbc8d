"""The map of the admin: every address, and the right that it asks for.

What the pages of a model ask for follows from the right on the model; pages of their own are
declared here, by the name of their address.
"""

import dataclasses
from collections.abc import Iterator

from django.apps import apps
from django.contrib import admin
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver

from content.models import LegalPage

# Pages of their own: `name of the address: right`. A new page needs a line.
PAGES = {
    "checklist": "accounts.change_customer",
    "accounts_customer_audit_log": "accounts.view_auditentry",
    "orders_document_pdf": "orders.view_document",
    "orders_document_export": "orders.view_document",
    "orders_document_bookings": "orders.view_document",
    "orders_order_open_return": "orders.change_order",
    "orders_order_issue": "orders.change_order",
    "orders_shipping": "orders.view_fulfilment",
    "orders_packing": "orders.view_fulfilment",
    "orders_packing_of": "orders.view_fulfilment",
    "orders_fulfilment_deliver": "orders.add_fulfilment",
    "orders_return_scan": "orders.change_return",
    "orders_return_approve": "orders.change_return",
    "orders_return_receive": "orders.change_return",
    "orders_return_inspect": "orders.change_return",
    "orders_return_close": "orders.change_return+orders.add_refund",
    "orders_return_refuse": "orders.change_return",
    "orders_return_call_off": "orders.change_return",
    "orders_withdrawalcase_accept": "orders.change_order",
    "orders_withdrawalcase_assign": "orders.change_order",
    "orders_withdrawalcase_reject": "orders.change_order",
    "orders_withdrawalcase_settle": "orders.change_order",
    "support_case_file": "support.view_case",
    "support_inboundmail_put_into": "support.change_inboundmail",
    "support_inboundmail_open_case": "support.change_inboundmail",
    "support_inboundmail_set_aside": "support.change_inboundmail",
    "orders_order_audit_log": "accounts.view_auditentry",
    "auth_user_password_change": "accounts.change_customer",
    "catalog_attribute_merge": "catalog.change_attribute",
    "catalog_collection_picture": "catalog.change_collection",
    "catalog_import_columns": "catalog.add_import",
    "catalog_import_application": "catalog.add_import",
    "catalog_import_withdrawal": "catalog.add_import",
    "catalog_import_images": "catalog.add_import",
    "catalog_import_failed": "catalog.add_import",
    "catalog_import_export": "catalog.view_product",
    "catalog_hero_show": "catalog.change_hero",
    "catalog_price_take_back": "catalog.change_product",
    "catalog_reduction_look": "catalog.change_reduction",
    "catalog_reduction_finish": "catalog.change_reduction",
    "content_mail": "content.view_mailwording",
    "content_legal_draft": "content.change_legalversion",
    "content_legal_read": "content.view_legalversion",
    "content_legal_versions": "content.view_legalversion",
    "content_legalversion_preview": "content.view_legalversion",
    "content_legalversion_differences": "content.view_legalversion",
    "content_legalversion_publish": "content.publish_legalversion",
    "catalog_variant_bundle": "catalog.change_variant",
    "catalog_product_publish": "catalog.change_product",
    "catalog_product_set_prices": "catalog.change_product",
    "catalog_product_add_pictures": "catalog.change_product",
    "catalog_product_preview": "catalog.view_product",
    "catalog_product_archive": "catalog.change_product",
    "catalog_product_duplicate": "catalog.add_product",
    "catalog_product_make_pictures_again": "catalog.change_product",
    "catalog_searchmiss_make_synonym": "catalog.add_synonym",
    "catalog_searchmiss_make_redirect": "catalog.add_searchredirect",
    "catalog_vatrate_report": "orders.view_order",
    "catalog_vatrate_change_from": "catalog.change_vatrate",
    "catalog_vatschemechange_report": "orders.view_order",
    "inventory_counting": "inventory.change_stockitem",
    "inventory_receiving": "inventory.change_stockitem",
    "inventory_stockitem_count": "inventory.change_stockitem",
    "inventory_stockitem_receive": "inventory.change_stockitem",
    "inventory_stockitem_receive_delivery": "inventory.change_stockitem",
    "orders_bankstatement_upload": "orders.change_banktransaction",
    "orders_money": "orders.view_banktransaction",
    "orders_banktransaction_assign": "orders.change_banktransaction",
    "orders_banktransaction_give_back": "orders.add_refund",
    "orders_banktransaction_ignore": "orders.change_banktransaction",
    "orders_banktransaction_recognise": "orders.change_banktransaction",
    "orders_banktransfer_export": "orders.add_refund",
    "orders_banktransfer_carried_out": "orders.add_refund",
    "orders_banktransfer_came_back": "orders.add_refund",
    "orders_banktransfer_address": "orders.add_refund",
    "orders_banktransfer_put_back": "orders.add_refund",
    "orders_order_ship": "orders.add_fulfilment",
    "orders_order_hand_over": "orders.add_fulfilment",
    "orders_order_complete": "orders.change_order",
    "orders_order_check_payment": "orders.change_order",
    "orders_order_refund": "orders.add_refund",
    "orders_order_resend_confirmation": "orders.change_order",
    "orders_order_cancel": "orders.change_order",
    "catalog_vatschemechange_change": "catalog.add_vatschemechange",
    "checkout_deliverymethod_try_it": "checkout.view_deliverymethod",
    "checkout_promotion_simulate": "checkout.view_promotion",
    "checkout_promotion_generate": "checkout.change_promotion",
    "checkout_promotion_export": "checkout.change_promotion",
    "checkout_promotion_duplicate": "checkout.add_promotion",
}
# Open to all who come into the admin, or not of the shop's making.
FOR_ALL_STAFF = {"index", "search", "find", "jsi18n"}
NOT_ASKED = {"login", "logout", "autocomplete", "view_on_site", "app_list"}
NOT_ASKED |= {"password_change", "password_change_done"}
# Pages that offer less than the right would allow; `v` is a record that only acts change.
OFFERED = {
    "accounts.auditentry": "v",
    "accounts.customer": "vac",
    "auth.group": "va",  # the first row is a role that the shop brings
    "accounts.privacyrequest": "v",
    "catalog.hero": "vacd",
    "catalog.import": "vac",
    "catalog.option": "vcd",
    "catalog.officialgraphic": "vad",
    "catalog.picturefile": "vc",
    "catalog.price": "v",
    "catalog.product": "vac",
    "catalog.redirect": "vad",
    "catalog.searchmiss": "vd",
    "catalog.variant": "vc",
    "catalog.vatrate": "vac",
    "catalog.vatschemechange": "v",
    "checkout.cart": "v",
    "checkout.coupon": "vac",
    "checkout.promotion": "vac",
    "content.mailwording": "vc",
    "content.legalversion": "vcd",
    "discovery.productaffinity": "v",
    "insights.event": "v",
    "inventory.alertmail": "v",
    "inventory.reservation": "v",
    "inventory.stockitem": "vc",
    "inventory.stockmovement": "v",
    "inventory.wantedvariant": "v",
    "loyalty.loyaltyaccount": "vc",
    "mfa.authenticator": "vd",
    "orders.bankstatement": "v",
    "orders.banktransaction": "v",
    "orders.banktransfer": "v",
    "orders.difference": "vc",
    "orders.document": "v",
    "orders.duedocuments": "v",
    "orders.fulfilment": "v",
    "orders.return": "v",
    "orders.withdrawalcase": "v",
    "orders.withdrawalmail": "v",
    "orders.dispute": "v",
    "orders.order": "v",
    "orders.ordermail": "v",
    "orders.payment": "v",
    "orders.reconciliation": "v",
    "orders.refund": "v",
    "orders.webhookevent": "v",
    "reviews.review": "vc",
    "support.case": "vc",
    "support.casemail": "v",
    "support.inboundmail": "v",
}
_NO_ROW = "999999999"
_KINDS = {"changelist": ("v", "v"), "add": ("a", "a"), "change": ("vc", "c")}
_KINDS |= {"delete": ("d", "d"), "history": ("vc", "vc")}


@dataclasses.dataclass(frozen=True, slots=True)
class Page:
    """An address, and the rights of which one is needed to GET and to POST; none: all staff."""

    name: str
    path: str
    get: frozenset[str]
    post: frozenset[str]
    is_list: bool

    @property
    def is_form(self) -> bool:
        return self.name.endswith(("_add", "_change"))

    @property
    def has_row(self) -> bool:
        """Without one the page may answer that there is none, before it asks for the right."""
        return _NO_ROW not in self.path


class NotDeclared(AssertionError):
    """A page of the admin that nobody gave a line."""


def pages() -> Iterator[Page]:
    """Every page of the admin. Raises `NotDeclared`."""
    models = {f"{one._meta.app_label}_{one._meta.model_name}": one for one in admin.site._registry}
    for path, name in _walk(admin.site.get_urls(), "/admin/"):
        model, _, kind = (name or "").rpartition("_")
        if not name or name in NOT_ASKED:
            continue
        path = _filled(path, models.get(model) or _model_in(path))
        if name in FOR_ALL_STAFF:
            yield Page(name, path, frozenset(), frozenset(), True)
        elif name in PAGES:
            needed = frozenset({PAGES[name]})
            yield Page(name, path, needed, needed, False)
        elif model in models and kind in _KINDS:
            label = models[model]._meta.label_lower
            get, post = (_asked(label, letters) for letters in _KINDS[kind])
            yield Page(name, path, get, post, kind == "changelist")
        else:
            raise NotDeclared(f"{name}: give the page a line in PAGES of {__name__}.")


def _asked(label: str, letters: str) -> frozenset[str]:
    app, model = label.split(".")
    words = {"v": "view", "a": "add", "c": "change", "d": "delete"}
    offered = OFFERED.get(label, "vacd")
    if letters == "v":
        letters = "vc"  # who may change may look
    wanted = [one for one in letters if one in offered or letters == "vc"]
    return frozenset(f"{app}.{words[one]}_{model}" for one in wanted) or frozenset({"nobody"})


def _walk(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[tuple[str, str]]:
    for one in patterns:
        path = prefix + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _walk(one.url_patterns, path)
        else:
            yield path, one.name or ""


def _model_in(path: str) -> type | None:
    parts = path.split("/")
    try:
        return apps.get_model(parts[2], parts[3])
    except (LookupError, ValueError, IndexError):
        return None


def _filled(path: str, model: type | None) -> str:
    """With the key of a row that exists, where there is one."""
    page = admin.site._registry.get(model) if "<" in path else None
    row = page.get_queryset(RequestFactory().get(path)).first() if page else None
    key = str(row.pk) if row else _NO_ROW
    path = (
        path.replace("<slug:slug>", LegalPage.values[0])
        .replace("<path:key>", "x")
        .replace("<int:pk>", _NO_ROW)
    )
    path = path.replace("<slug:language>", "de")
    return path.replace("<path:object_id>", key).replace("<int:object_id>", key)
