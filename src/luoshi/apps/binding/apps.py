from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BindingConfig(AppConfig):
    name = "luoshi.apps.binding"
    label = "binding"
    verbose_name = _("任务与机制")

    def ready(self) -> None:
        """Make the permissions known, show computed numbers on pages beneath, fix those of sent reports."""
        from luoshi.apps.binding import panels, rules  # noqa: F401 (registers them)
        from luoshi.apps.binding.operations.carrying import carry
        from luoshi.apps.work.operations.acting import when_sent

        panels.show()
        when_sent(carry)
