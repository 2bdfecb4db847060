from django.db import migrations

from luoshi.apps.audit.protection import EVENTS, install, remove


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunPython(install(EVENTS), remove(EVENTS))]
