from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IndicatorConfig(AppConfig):
    name = "luoshi.apps.indicator"
    label = "indicator"
    verbose_name = _("指标")

    def ready(self) -> None:
        """Make the permissions known, and keep the numbers in step with the entries."""
        from luoshi.apps.indicator import rules  # noqa: F401 (registers them)
        from luoshi.apps.indicator.operations.counting import count, count_begun
        from luoshi.apps.register.operations.watching import watch

        watch(count, count_begun)
