"""The words of entries, and the index of each database over them."""

import django.db.models.deletion
from typing import Any

from django.db import migrations, models

INSTALL = {
    "sqlite": (
        "CREATE VIRTUAL TABLE register_wording_grams USING fts5(grams, content='register_wording', "
        "content_rowid='entry_id', tokenize='ascii', detail='none', columnsize=0)",
        "CREATE TRIGGER register_wording_added AFTER INSERT ON register_wording BEGIN "
        "INSERT INTO register_wording_grams(rowid, grams) VALUES (NEW.entry_id, NEW.grams); END",
        "CREATE TRIGGER register_wording_gone AFTER DELETE ON register_wording BEGIN "
        "INSERT INTO register_wording_grams(register_wording_grams, rowid, grams) "
        "VALUES ('delete', OLD.entry_id, OLD.grams); END",
        "CREATE TRIGGER register_wording_changed AFTER UPDATE ON register_wording BEGIN "
        "INSERT INTO register_wording_grams(register_wording_grams, rowid, grams) "
        "VALUES ('delete', OLD.entry_id, OLD.grams); "
        "INSERT INTO register_wording_grams(rowid, grams) VALUES (NEW.entry_id, NEW.grams); END",
    ),
    # The collation keeps the index right when a new library sorts otherwise. Without a list of what is still
    # to be sorted in, every search costs the same.
    "postgresql": (
        "CREATE INDEX register_wording_grams ON register_wording "
        "USING gin (string_to_array(grams COLLATE \"C\", ' ')) WITH (fastupdate = off)",
    ),
}
REMOVE = {
    "sqlite": (
        "DROP TRIGGER IF EXISTS register_wording_added",
        "DROP TRIGGER IF EXISTS register_wording_gone",
        "DROP TRIGGER IF EXISTS register_wording_changed",
        "DROP TABLE IF EXISTS register_wording_grams",
    ),
    "postgresql": ("DROP INDEX IF EXISTS register_wording_grams",),
}


def install(apps: Any, schema_editor: Any) -> None:
    for statement in INSTALL[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def remove(apps: Any, schema_editor: Any) -> None:
    for statement in REMOVE[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("register", "0002_outside")]

    operations = [
        migrations.CreateModel(
            name="Wording",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="wording",
                        serialize=False,
                        to="register.entry",
                    ),
                ),
                ("text", models.TextField(verbose_name="检索文本")),
                ("grams", models.TextField()),
            ],
            options={"verbose_name": "检索文本", "ordering": ["entry"]},
        ),
        migrations.RunPython(install, remove),
    ]
