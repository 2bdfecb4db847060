from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BulkConfig(AppConfig):
    name = "luoshi.apps.bulk"
    label = "bulk"
    verbose_name = _("批量办理")

    def ready(self) -> None:
        """Make the permissions known."""
        from luoshi.apps.bulk import rules  # noqa: F401 (registers them)
