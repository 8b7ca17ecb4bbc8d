"""The moderation queue."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.admin import ModelAdmin
from unfold.decorators import action, display

from reviews import moderation
from reviews.models import Review, ReviewState
from shop.kit import clock


@admin.register(Review)
class ReviewAdmin(ModelAdmin):
    """Staff decide and reply; nobody changes what a shopper wrote."""

    list_display = (
        "stars",
        "title",
        "product",
        "author",
        "is_verified",
        "state_label",
        "created_at",
    )
    list_display_links = ("stars", "title")
    list_filter = ("state", "stars", "is_verified", "language")
    list_select_related = ("product",)
    search_fields = ("title", "text", "author", "product__name_de", "product__name_en")
    # Undecided ones first, oldest first: "pending" stands between the other two, so by date.
    ordering = ("decided_at", "created_at")
    actions: ClassVar = ["approve", "reject"]
    fields = (
        "product",
        ("stars", "state", "is_verified"),
        ("author", "language", "customer"),
        "title",
        "text",
        ("created_at", "decided_at"),
        "reply",
    )
    readonly_fields = tuple(
        field.name for field in Review._meta.get_fields() if field.name not in ("id", "reply")
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Review]:
        return super().get_queryset(request).select_related("product", "customer")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Review | None = None) -> bool:
        """A review is rejected, not deleted: the decision must be explicable (DSA Art. 17)."""
        return False

    @display(
        description=_("state"),
        ordering="state",
        label={
            str(ReviewState.PENDING.label): "warning",
            str(ReviewState.APPROVED.label): "success",
            str(ReviewState.REJECTED.label): "danger",
        },
    )
    def state_label(self, review: Review) -> str:
        return review.get_state_display()

    @action(description=_("Publish"), permissions=["change"])
    def approve(self, request: HttpRequest, queryset: QuerySet[Review]) -> None:
        self._decide(request, queryset, moderation.approve)

    @action(description=_("Reject"), permissions=["change"])
    def reject(self, request: HttpRequest, queryset: QuerySet[Review]) -> None:
        self._decide(request, queryset, moderation.reject)

    def _decide(self, request: HttpRequest, queryset: QuerySet[Review], decision: Any) -> None:
        count = sum(decision(row, moment=clock.now()) for row in queryset.order_by("pk"))
        text = ngettext("%(count)d review decided.", "%(count)d reviews decided.", count)
        self.message_user(request, text % {"count": count}, messages.SUCCESS)
