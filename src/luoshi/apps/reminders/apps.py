from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RemindersConfig(AppConfig):
    name = "luoshi.apps.reminders"
    label = "reminders"
    verbose_name = _("提醒")

    def ready(self) -> None:
        """Say on the desk how many reminders are unread."""
        from luoshi.apps.reminders import panels

        panels.show()
