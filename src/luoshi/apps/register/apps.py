from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegisterConfig(AppConfig):
    name = "luoshi.apps.register"
    label = "register"
    verbose_name = _("业务台账")

    def ready(self) -> None:
        """Make the permissions of the app known, and refuse to start with a declaration that is wrong."""
        from luoshi.apps.register import rules  # noqa: F401 (registers them)
        from luoshi.apps.register.declared import catalogue
        from luoshi.apps.register.queries import corrections, waiting  # noqa: F401 (registers them)

        catalogue()
