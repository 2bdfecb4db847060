from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RunningConfig(AppConfig):
    name = "luoshi.apps.running"
    label = "running"
    verbose_name = _("运行")
