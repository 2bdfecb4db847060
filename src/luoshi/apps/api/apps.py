from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApiConfig(AppConfig):
    name = "luoshi.apps.api"
    label = "api"
    verbose_name = _("接口")

    def ready(self) -> None:
        """Make the permissions of the app known."""
        from luoshi.apps.api import rules  # noqa: F401 (registers them)
