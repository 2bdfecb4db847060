from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentConfig(AppConfig):
    name = "luoshi.apps.document"
    label = "document"
    verbose_name = _("文件")
