from django.db import migrations

from luoshi.apps.accounts.separation import install, remove


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("organization", "0003_roles_and_calendar"),
    ]

    operations = [migrations.RunPython(install, remove)]
