from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BulletinConfig(AppConfig):
    name = "luoshi.apps.bulletin"
    label = "bulletin"
    verbose_name = _("通报")

    def ready(self) -> None:
        """Make the permissions of the app known, and put its to-dos on the desk."""
        from luoshi.apps.bulletin import rules  # noqa: F401 (registers them)
        from luoshi.apps.bulletin.queries import waiting  # noqa: F401 (registers them)
