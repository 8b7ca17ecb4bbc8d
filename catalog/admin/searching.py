"""What staff teach the search: synonyms, redirects, and the searches in vain that call for them."""

from typing import Any, ClassVar
from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import Resolver404, resolve, reverse
from django.utils import translation
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin
from unfold.decorators import action, display

from catalog import search_index
from catalog.models import SearchMiss, SearchRedirect, Synonym
from catalog.search_index import folding
from shop.kit import languages


class _TellsTheSearch(ModelAdmin):
    """A change is in force at once; what is answered by it is no longer a search in vain."""

    list_filter = ("language",)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        search_index.changed()
        words = obj.words if isinstance(obj, Synonym) else obj.query
        queries = [" ".join(folding.words(word)) for word in words.split(",")]
        SearchMiss.objects.filter(language=obj.language, query__in=queries).delete()

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        super().delete_model(request, obj)
        search_index.changed()

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        super().delete_queryset(request, queryset)
        search_index.changed()


@admin.register(Synonym)
class SynonymAdmin(_TellsTheSearch):
    list_display = ("words", "meanings", "language", "is_two_way")
    search_fields = ("words", "meanings")
    ordering = ("language", "words")
    fields = ("language", "words", "meanings", "is_two_way")


class SearchRedirectForm(forms.ModelForm):
    class Meta:
        model = SearchRedirect
        fields = ("language", "query", "path")

    def clean_path(self) -> str:
        """Only pages that this shop has: a redirect must not lead shoppers elsewhere."""
        path = str(self.cleaned_data["path"]).strip()
        try:
            # Addresses begin with the language of their page, not with that of the desk.
            with translation.override(languages.of_path(path)):
                resolve(path.partition("?")[0])
        except Resolver404:
            raise forms.ValidationError(_("There is no such page in this shop.")) from None
        return path

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors:
            self.instance.key = folding.key(given["query"], given["language"])
            others = SearchRedirect.objects.exclude(pk=self.instance.pk)
            if others.filter(language=given["language"], key=self.instance.key).exists():
                self.add_error("query", _("This search is redirected already."))
        return given


@admin.register(SearchRedirect)
class SearchRedirectAdmin(_TellsTheSearch):
    form = SearchRedirectForm
    list_display = ("query", "path", "language")
    search_fields = ("query", "path")
    ordering = ("language", "query")
    fields = ("language", "query", "path")


@admin.register(SearchMiss)
class SearchMissAdmin(ModelAdmin):
    list_display = ("query", "language", "count", "last_at", "try_it")
    list_display_links = None
    list_filter = ("language",)
    search_fields = ("query",)
    ordering = ("-count", "-last_at")
    actions_row: ClassVar = ["make_synonym", "make_redirect"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Counted by the shop; staff answer it or forget it."""
        return False

    @display(description=gettext_lazy("try it"))
    def try_it(self, miss: SearchMiss) -> str:
        path = f"/{miss.language}/search/?{urlencode({'q': miss.query})}"
        return format_html('<a href="{}">{}</a>', path, _("Search"))

    def has_make_synonym_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        return request.user.has_perm("catalog.add_synonym")

    def has_make_redirect_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        return request.user.has_perm("catalog.add_searchredirect")

    @action(
        description=gettext_lazy("Make a synonym"),
        url_path="synonym",
        permissions=["make_synonym"],
    )
    def make_synonym(self, request: HttpRequest, object_id: int) -> HttpResponse:
        miss = get_object_or_404(SearchMiss, pk=object_id)
        return _begin("synonym", language=miss.language, words=miss.query)

    @action(
        description=gettext_lazy("Redirect it"),
        url_path="redirect",
        permissions=["make_redirect"],
    )
    def make_redirect(self, request: HttpRequest, object_id: int) -> HttpResponse:
        miss = get_object_or_404(SearchMiss, pk=object_id)
        return _begin("searchredirect", language=miss.language, query=miss.query)


def _begin(model: str, **values: str) -> HttpResponse:
    """The page of a new row, filled in as far as it is known."""
    return redirect(f"{reverse(f'admin:catalog_{model}_add')}?{urlencode(values)}")
