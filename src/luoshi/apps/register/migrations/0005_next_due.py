"""The limit of an entry that ends first, beside the entry: lists are sorted and narrowed by it."""

from typing import Any

from django.db import migrations, models
from django.db.models import Min, OuterRef, Q, Subquery


def fill(apps: Any, schema_editor: Any) -> None:
    clocks = apps.get_model("register", "Clock").objects.filter(
        Q(outcome="running") | Q(outcome="overrun", ended=None, entry__ended=None), due__isnull=False
    )
    first = clocks.filter(entry=OuterRef("pk")).order_by().values("entry").annotate(due=Min("due"))
    entries = apps.get_model("register", "Entry").objects.filter(pk__in=clocks.values("entry"))
    entries.update(next_due=Subquery(first.values("due")))


class Migration(migrations.Migration):
    dependencies = [("register", "0004_destruction")]

    operations = [
        migrations.AddField(
            model_name="entry",
            name="next_due",
            field=models.DateField(null=True, verbose_name="最近期限"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["region", "mechanism", "next_due", "id"], name="entry_by_due"),
        ),
    ]
