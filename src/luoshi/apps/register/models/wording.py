"""What an entry is found by."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.apps.organization.models import Body
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


class BodyWords(models.Model):
    """How far the names of a body stand in the words of the entries that name it.

    Attributes:
        names: those that all its entries are found by, one a line; while others are being written, also those
            that some may have got before, each time apart by an empty line. Empty where nothing is known.
        wanted: those that are being written; empty where all is done.
        last: the key of the entry up to which they are.
        again: whether they are gone through once more, for entries that were changed at the same moment.
    """

    body = models.OneToOneField(Body, models.CASCADE, primary_key=True, related_name="+")
    names = models.TextField()
    wanted = models.TextField()
    last = models.BigIntegerField(default=0)
    again = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("单位名称的检索")
        ordering: ClassVar = ["body"]
        indexes: ClassVar = [
            models.Index(fields=["body"], condition=~models.Q(wanted=""), name="body_words_to_write")
        ]

    def __str__(self) -> str:
        return f"{self.body_id} {self.names[:40]}"
