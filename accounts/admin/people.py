"""Customers and staff in the admin. Nobody is deleted here: the right word is erasure."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import action, display
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from accounts import privacy, roles
from accounts.models import (
    Address,
    Consent,
    Customer,
    CustomerGroup,
    GroupMember,
    PrivacyRequest,
)
from shop import staff_pages
from shop.kit import clock

admin.site.unregister(Group)


class AddressInline(TabularInline):
    model = Address
    extra = 0
    fields = (
        "name",
        "post_number",
        "street",
        "postcode",
        "city",
        "region",
        "country",
        "is_default",
    )


class ConsentInline(TabularInline):
    """Proof, so nobody writes in it."""

    model = Consent
    extra = 0
    can_delete = False
    fields = readonly_fields = ("purpose", "source", "granted_at", "withdrawn_at")

    def has_add_permission(self, request: HttpRequest, obj: Customer | None = None) -> bool:
        return False


@admin.register(Customer)
class CustomerAdmin(UserAdmin, ModelAdmin):
    form = UserChangeForm
    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm
    inlines = (AddressInline, ConsentInline)
    list_display = ("email", "name", "language", "is_staff", "is_active", "created_at")
    list_filter = ("is_staff", "is_active", "language", "groups")
    search_fields = ("email", "name")
    ordering = ("-created_at",)
    readonly_fields = ("created_at", "last_login")
    filter_horizontal = ("groups", "user_permissions")
    fieldsets = (
        (None, {"fields": ("email", "password", "name", "language", "is_active")}),
        (_("staff"), {"fields": ("is_staff", "is_superuser", "groups", "user_permissions")}),
        (_("dates"), {"fields": ("created_at", "last_login")}),
    )
    add_fieldsets = (
        (
            None,
            {
                "classes": ("wide",),
                "fields": ("email", "usable_password", "password1", "password2", "is_staff"),
            },
        ),
    )
    actions = ("erase",)
    actions_detail = ("audit_log",)

    def get_inlines(self, request: HttpRequest, obj: Customer | None = None) -> Any:
        """A new customer has neither address nor consent."""
        return self.inlines if obj else ()

    def get_readonly_fields(
        self, request: HttpRequest, obj: Customer | None = None
    ) -> tuple[str, ...]:
        """The address is proved by its mailbox, so its owner changes it, not staff."""
        return (*self.readonly_fields, "email") if obj else self.readonly_fields

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Roles by the names that people know."""
        field: Any = super().formfield_for_manytomany(db_field, request, **kwargs)
        if db_field.name == "groups" and field:
            field.label_from_instance = roles.title
        return field

    def has_delete_permission(self, request: HttpRequest, obj: Customer | None = None) -> bool:
        """Deleting would take the books along; `erase` keeps them."""
        return False

    def has_audit_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.has_perm("accounts.view_auditentry"))

    @action(description=_("Audit log"), url_path="audit-log", permissions=["audit"], icon="policy")
    def audit_log(self, request: HttpRequest, object_id: str) -> HttpResponse:
        person = get_object_or_404(Customer, pk=object_id)
        return redirect(staff_pages.audit_log_of(person))

    def has_erase_permission(self, request: HttpRequest) -> bool:
        """For staff with the right to delete customers."""
        return bool(request.user.has_perm("accounts.delete_customer"))

    @action(description=_("Erase personal data for good"), permissions=["erase"])
    def erase(self, request: HttpRequest, queryset: QuerySet[Customer]) -> None:
        for customer in queryset.order_by("pk"):
            try:
                privacy.erase(customer, moment=clock.now())
            except privacy.StillStaff:
                text = _("%(email)s is staff and was left as it is: take the role away first.")
                self.message_user(request, text % {"email": customer.email}, messages.ERROR)
            else:
                self.message_user(request, _("One customer was erased."), messages.SUCCESS)


@admin.register(Group)
class GroupAdmin(DjangoGroupAdmin, ModelAdmin):
    """Roles of staff. Those that the shop brings are declared in code; others are free to make."""

    list_display = ("title", "people")
    ordering = ("pk",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Group]:
        return super().get_queryset(request).annotate(people_now=Count("user"))

    @display(description=_("role"))
    def title(self, group: Group) -> str:
        return roles.title(group)

    @display(description=_("staff"), ordering="people_now")
    def people(self, group: Group) -> int:
        return group.people_now  # type: ignore[attr-defined]

    def has_change_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        """The next release would write a declared role anew, so nobody may think it can change."""
        return not _is_declared(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return not _is_declared(obj) and super().has_delete_permission(request, obj)


def _is_declared(group: Group | None) -> bool:
    return group is not None and group.name in roles.TITLES


class GroupMemberInline(TabularInline):
    model = GroupMember
    extra = 0
    show_title = False
    autocomplete_fields = ("customer",)
    fields = ("customer", "joined_at")
    readonly_fields = ("joined_at",)
    ordering = ("-joined_at", "-pk")


@admin.register(CustomerGroup)
class CustomerGroupAdmin(ModelAdmin):
    """Who gets offers of their own. Promotions name the code."""

    list_display = ("name", "code", "member_count")
    search_fields = ("name_de", "name_en", "code")
    ordering = ("code",)
    fields = (("name_de", "name_en"), "code")
    inlines = (GroupMemberInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[CustomerGroup]:
        return super().get_queryset(request).annotate(members_now=Count("members"))

    def get_readonly_fields(
        self, request: HttpRequest, obj: CustomerGroup | None = None
    ) -> tuple[str, ...]:
        return ("code",) if obj else ()

    @display(description=_("members"), ordering="members_now")
    def member_count(self, group: CustomerGroup) -> int:
        return group.members_now  # type: ignore[attr-defined]


@admin.register(PrivacyRequest)
class PrivacyRequestAdmin(ModelAdmin):
    list_display = ("customer", "kind", "requested_at", "completed_at")
    list_filter = ("kind",)
    list_select_related = ("customer",)
    date_hierarchy = "requested_at"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: PrivacyRequest | None = None
    ) -> bool:
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: PrivacyRequest | None = None
    ) -> bool:
        return False


@admin.register(Authenticator)
class AuthenticatorAdmin(ModelAdmin):
    """Second factors. Whoever lost theirs gets it removed here and sets up a new one."""

    list_display = ("user", "type", "created_at", "last_used_at")
    list_filter = ("type",)
    list_select_related = ("user",)
    search_fields = ("user__email",)
    ordering = ("-created_at",)
    fields = ("user", "type", "created_at", "last_used_at")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Authenticator | None = None) -> bool:
        return False
