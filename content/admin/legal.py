"""Legal texts for staff: what applies, the draft of a page, publishing, and that it was read."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin
from unfold.decorators import action, display
from unfold.enums import ActionVariant
from unfold.widgets import UnfoldAdminTextareaWidget

from content import placeholders
from content.admin import legal_acts
from content.models import LegalVersion
from shop import staff_pages
from shop.kit import clock, languages


class DraftForm(forms.ModelForm):
    """The words in all languages; placeholders are checked before they are saved."""

    class Meta:
        model = LegalVersion
        fields = ("body_de", "body_en", "note")
        widgets = {
            languages.column("body", code): UnfoldAdminTextareaWidget(
                attrs={"rows": 30, "spellcheck": "true", "lang": code}
            )
            for code in ("de", "en")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff_pages.capitalise(self)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for code in languages.codes():
            column = languages.column("body", code)
            # Browsers send lines with two characters at their ends.
            given[column] = (given.get(column) or "").replace("\r\n", "\n")
            for problem in placeholders.problems(given[column], self.instance.page):
                self.add_error(column, problem)
        return given


@admin.register(LegalVersion)
class LegalVersionAdmin(ModelAdmin):
    form = DraftForm
    readonly_fields = ("page", "label", "valid_from", "sha256", "published_by", "known")
    actions_detail: ClassVar = ["preview", "differences", "publish"]

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        own = [
            path("draft/<slug:slug>/", view(self.begin), name="content_legal_draft"),
            path("read/<slug:slug>/", view(self.read), name="content_legal_read"),
            path("versions/<slug:slug>/", view(self.versions), name="content_legal_versions"),
        ]
        return [*own, *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Every page with what applies and what is coming: ten lines say more than a list."""
        return legal_acts.overview(self, request)

    def begin(self, request: HttpRequest, slug: str) -> HttpResponse:
        return legal_acts.begin(self, request, slug)

    def read(self, request: HttpRequest, slug: str) -> HttpResponse:
        return legal_acts.read(self, request, slug)

    def versions(self, request: HttpRequest, slug: str) -> HttpResponse:
        return legal_acts.history(self, request, slug)

    def get_fieldsets(self, request: HttpRequest, obj: LegalVersion | None = None) -> Any:
        words = ("body_de", "body_en", "note")
        if obj is None or obj.is_draft:
            return [(None, {"fields": ("page", *words)}), (_PLACEHOLDERS, {"fields": ("known",)})]
        return [
            (None, {"fields": ("page", ("label", "valid_from"), "published_by", "sha256", *words)})
        ]

    @display(description=gettext_lazy("placeholders"))
    def known(self, version: LegalVersion) -> SafeString:
        pairs = [(name, words) for name, words in placeholders.FACTS.items()]
        rows = format_html_join("", "<dt><code>[[{}]]</code></dt><dd>{}</dd>", pairs)
        return format_html("<dl>{}</dl>", rows)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A draft is begun from the words in force: see `begin`."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: LegalVersion | None = None) -> bool:
        is_open = obj is None or obj.is_draft
        return is_open and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: LegalVersion | None = None) -> bool:
        """A draft may be thrown away by whoever may write one."""
        return obj is not None and self.has_change_permission(request, obj)

    def has_publish_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.has_perm("content.publish_legalversion"))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.changed_at = clock.now()
        super().save_model(request, obj, form, change)

    @action(
        description=gettext_lazy("Preview"),
        url_path="preview",
        permissions=["view"],
        icon="visibility",
    )
    def preview(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return legal_acts.preview(self, request, object_id)

    @action(
        description=gettext_lazy("What differs"),
        url_path="differences",
        permissions=["view"],
        icon="difference",
    )
    def differences(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return legal_acts.differences(self, request, object_id)

    @action(
        description=gettext_lazy("Publish"),
        url_path="publish",
        permissions=["publish"],
        icon="publish",
        variant=ActionVariant.PRIMARY,
    )
    def publish(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return legal_acts.publish(self, request, object_id)


_PLACEHOLDERS = gettext_lazy("What may be left to the settings")
