from django.apps import AppConfig


class ShopConfig(AppConfig):
    name = "shop"

    def ready(self) -> None:
        """Make the check of the merchant's facts known to `manage.py check --deploy`."""
        from shop import legal  # noqa: F401
