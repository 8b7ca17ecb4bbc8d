"""Redirects: what the shop keeps by itself when something is renamed, and what staff add."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display
from unfold.widgets import UnfoldAdminTextInputWidget

from catalog.machines import addresses
from catalog.models import Category, Collection, Product, Redirect, RedirectReason
from shop.kit import clock


class RedirectForm(forms.ModelForm):
    path = forms.CharField(
        label=gettext_lazy("old address"),
        max_length=addresses.MAX_LENGTH,
        widget=UnfoldAdminTextInputWidget,
        help_text=gettext_lazy(
            "The path alone, such as /summer-sale/ or /en/p/old-name/. Without a language it holds"
            " for all of them."
        ),
    )

    class Meta:
        model = Redirect
        fields = ("path", "target")

    def clean_path(self) -> str:
        """A path that nobody can open: a page that is there would never be redirected."""
        given = str(self.cleaned_data["path"]).strip().partition("?")[0]
        if not given.startswith("/") or given.startswith("//"):
            raise forms.ValidationError(_("A path begins with one slash."))
        language, plain = addresses.split(given)
        path = f"/{language}{plain}" if given.startswith(f"/{language}/") else plain
        if _opens(path):
            raise forms.ValidationError(_("There is a page at this address."))
        if Redirect.objects.filter(path=path).exists():
            raise forms.ValidationError(_("This address is redirected already: delete that first."))
        return path

    def clean_target(self) -> str:
        """Only pages that this shop has, and that can be seen."""
        target = str(self.cleaned_data["target"]).strip()
        if not target:
            return ""
        fate = addresses.fate_of(target.partition("?")[0], moment=clock.now())
        if not target.startswith("/") or target.startswith(("//", "/\\")):
            raise forms.ValidationError(_("Only addresses of this shop, beginning with one slash."))
        if not (fate and fate.address) and not _opens(target.partition("?")[0]):
            raise forms.ValidationError(_("There is no such page in this shop."))
        return target

    def clean(self) -> dict[str, Any]:
        """To the present page at once: never to an address that is redirected itself."""
        given = super().clean() or {}
        if self.errors or not given["target"]:
            return given
        path, _mark, query = given["target"].partition("?")
        fate = addresses.fate_of(path, moment=clock.now())
        end = fate.address if fate else path
        if addresses.split(end)[1] == addresses.split(given["path"])[1]:
            self.add_error("target", _("That would lead back to the old address."))
        elif not query and (page := addresses.page_of(end)):
            given["target"] = ""
            self.instance.product = page if isinstance(page, Product) else None
            self.instance.category = page if isinstance(page, Category) else None
            self.instance.collection = page if isinstance(page, Collection) else None
        elif fate:
            given["target"] = f"{end}?{query}" if query else end
        return given


def _opens(path: str) -> bool:
    """Does a visitor get a page there?"""
    language, plain = addresses.split(path)
    if plain.startswith(("/p/", "/c/", "/s/")):
        return addresses.is_open(path, moment=clock.now())
    with translation.override(language):
        return any(_resolves(one) for one in (f"/{language}{plain}", path, plain.rstrip("/")))


def _resolves(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


@admin.register(Redirect)
class RedirectAdmin(ModelAdmin):
    """What was renamed stands here by itself; staff add addresses of their own."""

    form = RedirectForm
    list_display = ("path", "leads_to", "reason", "created_at")
    list_display_links = None
    list_filter = (("reason", ChoicesDropdownFilter),)
    list_filter_submit = True
    list_select_related = ("product", "category", "collection")
    list_per_page = 50
    show_full_result_count = False
    search_fields = ("path", "target", "product__slug", "category__path", "collection__slug")
    ordering = ("-created_at", "-pk")
    fields = ("path", "target")

    def has_change_permission(self, request: HttpRequest, obj: Redirect | None = None) -> bool:
        """Deleted and added anew: a changed one would be checked against itself."""
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Redirect]:
        return super().get_queryset(request).select_related(*self.list_select_related)

    @display(description=gettext_lazy("leads to"))
    def leads_to(self, row: Redirect) -> str:
        page = row.product or row.category or row.collection
        address = page.get_absolute_url() if page else row.target
        if not address:
            return _("gone for good")
        return format_html('<a href="{}">{}</a>', address, page.name if page else address)

    @display(
        description=gettext_lazy("reason"),
        ordering="reason",
        label={RedirectReason.STAFF: "info", RedirectReason.DELETED: "warning"},
    )
    def reason(self, row: Redirect) -> tuple[str, str]:
        return row.reason, row.get_reason_display()
