"""What an entry is found by."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.apps.register.models.entry import Entry


class Wording(models.Model):
    """The words of an entry, nothing personal among them, made plain for searching.

    It is a table of its own: a step that changes no words touches no index of words.

    Attributes:
        text: as `luoshi.apps.register.queries.searching.plain` writes it.
        grams: the single characters and pairs of neighbours that occur in it, apart by blanks. Both databases
            keep an index of them, which migration 0003 makes.
    """

    entry = models.OneToOneField(Entry, models.CASCADE, primary_key=True, related_name="wording")
    text = models.TextField(_("检索文本"))
    grams = models.TextField()

    class Meta:
        verbose_name = _("检索文本")
        ordering: ClassVar = ["entry"]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.text[:40]}"
