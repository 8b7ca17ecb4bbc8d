from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class ShopConfig(AppConfig):
    name = "shop"
    default = True

    def ready(self) -> None:
        """Make the check of the merchant's facts known to `manage.py check --deploy`."""
        from shop import legal  # noqa: F401


class StaffAdminConfig(admin_apps.AdminConfig):
    """Django's admin with the site of our own."""

    default = False
    default_site = "shop.staff_site.StaffSite"
