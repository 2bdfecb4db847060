from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SupervisionConfig(AppConfig):
    name = "luoshi.apps.supervision"
    label = "supervision"
    verbose_name = _("督办")

    def ready(self) -> None:
        """Make the permissions of the app known, and put its to-dos on the desk."""
        from luoshi.apps.supervision import rules  # noqa: F401 (registers them)
        from luoshi.apps.supervision.queries import waiting  # noqa: F401 (registers them)
