"""What the home page opens with."""

from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin
from unfold.decorators import action, display

from catalog import categories
from catalog.admin import picture_forms
from catalog.models import Hero
from catalog.storefront import home_page
from shop import staff_pages


@admin.register(Hero)
class HeroAdmin(ModelAdmin):
    form = picture_forms.HeroForm
    list_display = ("header", "category", "is_shown")
    list_display_links = ("header",)
    list_select_related = ("category",)
    ordering = ("-is_shown", "-pk")
    readonly_fields = ("is_shown",)
    actions_detail = ("show",)
    fields = (
        "is_shown",
        ("title_de", "title_en"),
        ("text_de", "text_en"),
        ("button_de", "button_en"),
        "category",
        ("upload", "phone_upload"),
        ("alt_de", "alt_en"),
        ("focus_x", "focus_y"),
    )

    @display(description=gettext_lazy("opening"), header=True)
    def header(self, hero: Hero) -> list[Any]:
        picture = {"path": hero.url(640), "squared": True, "width": 80, "height": 40}
        return [str(hero), "", "", picture]

    def save_model(self, request: HttpRequest, obj: Hero, form: Any, change: bool) -> None:
        picture_forms.store([form])
        super().save_model(request, obj, form, change)
        categories.changed()

    def delete_model(self, request: HttpRequest, obj: Hero) -> None:
        super().delete_model(request, obj)
        categories.changed()

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        super().delete_queryset(request, queryset)
        categories.changed()

    @action(
        description=gettext_lazy("Show on the home page"),
        url_path="showing",
        permissions=["change"],
        icon="home",
    )
    def show(self, request: HttpRequest, object_id: str) -> HttpResponse:
        hero = self.get_object(request, object_id)
        if hero is None:
            raise Http404
        back_url = reverse("admin:catalog_hero_change", args=[hero.pk])
        if request.method == "POST":
            home_page.show(hero)
            messages.success(request, _("The home page opens with “%(title)s”.") % {"title": hero})
            return redirect(back_url)
        return staff_pages.ask(
            self,
            request,
            title=_("Show on the home page: %(title)s") % {"title": hero},
            form=staff_pages.AskForm(),
            text=_("It takes the place of the one that is shown now."),
            submit_text=_("Show on the home page"),
            back_url=back_url,
        )
