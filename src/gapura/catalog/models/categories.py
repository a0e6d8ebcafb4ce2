"""Categories of the catalog and the dated numbers of this room."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from gapura.kernel.dated import DatedRule


class CatalogRule(DatedRule):
    """Dated numbers of this room, with their basis."""


class Category(models.Model):
    """A kind of goods or services; products stand in categories of level 3 only.

    `kblis` are the business classifications (or their beginnings) that may sell in it, empty for
    any. `schema` lists the attributes of its products as `attributes.Attribute` reads them.
    """

    code = models.CharField(max_length=40, primary_key=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    level = models.PositiveSmallIntegerField()
    name_id = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)
    kblis = ArrayField(models.CharField(max_length=5), default=list)
    schema = models.JSONField(default=list)
    tax_class = models.CharField(max_length=20, default="ppn")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(level=1, parent__isnull=True)
                | Q(level__in=[2, 3], parent__isnull=False),
                name="category_level",
            ),
        ]
