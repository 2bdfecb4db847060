from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkConfig(AppConfig):
    name = "luoshi.apps.work"
    label = "work"
    verbose_name = _("落实")

    def ready(self) -> None:
        """Make the permissions of the app known."""
        from luoshi.apps.work import rules  # noqa: F401 (registers them)
