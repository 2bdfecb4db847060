from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegisterConfig(AppConfig):
    name = "luoshi.apps.register"
    label = "register"
    verbose_name = _("业务台账")

    def ready(self) -> None:
        """Make permissions and to-dos known, keep words in step, and refuse a declaration that is wrong."""
        from luoshi.apps.register import rules  # noqa: F401 (registers them)
        from luoshi.apps.register.declared import catalogue
        from luoshi.apps.register.operations.indexing import index, index_many
        from luoshi.apps.register.operations.watching import watch
        from luoshi.apps.register.queries import corrections, waiting  # noqa: F401 (registers them)

        catalogue()
        watch(index, index_many)
