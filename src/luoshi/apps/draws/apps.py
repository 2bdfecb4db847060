from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DrawsConfig(AppConfig):
    name = "luoshi.apps.draws"
    label = "draws"
    verbose_name = _("随机抽取")

    def ready(self) -> None:
        """Make the permissions of the app known, and what it adds to pages of entries and to the desk."""
        from luoshi.apps.draws import rules  # noqa: F401 (registers them)
        from luoshi.apps.draws.queries import waiting  # noqa: F401 (registers it)
        from luoshi.apps.draws.queries.beside import draws_of
        from luoshi.apps.register.queries.besides import beside

        beside(draws_of)
