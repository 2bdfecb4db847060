from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BindingConfig(AppConfig):
    name = "luoshi.apps.binding"
    label = "binding"
    verbose_name = _("任务与机制")

    def ready(self) -> None:
        """Make the permissions of the app known."""
        from luoshi.apps.binding import rules  # noqa: F401 (registers them)
