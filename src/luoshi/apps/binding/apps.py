from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BindingConfig(AppConfig):
    name = "luoshi.apps.binding"
    label = "binding"
    verbose_name = _("任务与机制")

    def ready(self) -> None:
        """Make the permissions known, show computed numbers on pages beneath, fix those of sent reports."""
        from luoshi.apps.binding import panels, rules  # noqa: F401 (registers them)
        from luoshi.apps.binding.operations.carrying import carry
        from luoshi.apps.binding.operations.falling_due import fall_due_made
        from luoshi.apps.binding.operations.fulfilling import fulfil, fulfil_begun, fulfil_opened
        from luoshi.apps.binding.operations.requesting import follow, further
        from luoshi.apps.binding.operations.settling import when_settled
        from luoshi.apps.register.operations.watching import watch
        from luoshi.apps.work.operations.acting import when_sent
        from luoshi.apps.work.operations.along import when_made, when_opened
        from luoshi.apps.work.operations.timing import also_ask

        panels.show()
        when_sent(carry)
        watch(fulfil, fulfil_begun)
        when_made(fall_due_made)
        when_opened(fulfil_opened)
        also_ask(further)
        when_settled(follow)
