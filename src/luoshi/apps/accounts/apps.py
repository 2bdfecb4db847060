from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "luoshi.apps.accounts"
    label = "accounts"
    verbose_name = _("账号")

    def ready(self) -> None:
        from luoshi.apps.accounts import receivers  # noqa: F401 (connects them)
