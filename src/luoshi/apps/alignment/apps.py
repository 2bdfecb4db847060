from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AlignmentConfig(AppConfig):
    name = "luoshi.apps.alignment"
    label = "alignment"
    verbose_name = _("对应")

    def ready(self) -> None:
        """Make the permissions of the app known, and join requests, read texts from above."""
        from luoshi.apps.alignment import rules  # noqa: F401 (registers them)
        from luoshi.apps.alignment.operations.joining import join_made
        from luoshi.apps.alignment.operations.uploading import COMPARISON, READING
        from luoshi.apps.plan.operations.reading import register
        from luoshi.apps.work.operations.along import when_made

        when_made(join_made)
        register(COMPARISON, READING)
