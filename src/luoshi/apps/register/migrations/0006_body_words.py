"""How far the names of bodies stand in the words of entries; so far it is their present name only."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def fill(apps: Any, schema_editor: Any) -> None:
    words = apps.get_model("register", "BodyWords")
    bodies = apps.get_model("organization", "Body").objects.order_by("pk").values_list("pk", "name")
    words.objects.bulk_create(
        (words(body_id=key, names=name, wanted="") for key, name in bodies.iterator()), batch_size=1000
    )


class Migration(migrations.Migration):
    dependencies = [("register", "0005_next_due"), ("organization", "0003_roles_and_calendar")]

    operations = [
        migrations.CreateModel(
            name="BodyWords",
            fields=[
                (
                    "body",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="organization.body",
                    ),
                ),
                ("names", models.TextField()),
                ("wanted", models.TextField()),
                ("last", models.BigIntegerField(default=0)),
                ("again", models.BooleanField(default=False)),
            ],
            options={"verbose_name": "单位名称的检索", "ordering": ["body"]},
        ),
        migrations.AddIndex(
            model_name="bodywords",
            index=models.Index(
                condition=models.Q(("wanted", ""), _negated=True),
                fields=["body"],
                name="body_words_to_write",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
