"""Categories, products and what buyers chose."""

from django.db import models
from django.db.models.functions import Lower

from gapura.catalog.rules import MOST_RUPIAH
from gapura.kernel.ids import uuid7


class Category(models.Model):
    """A kind of goods or services."""

    code = models.CharField(max_length=20, primary_key=True)
    name_id = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)


class Product(models.Model):
    """Something a company offers. Until it is listed only its own company sees it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    company = models.ForeignKey("organizations.Company", models.PROTECT, related_name="+")
    category = models.ForeignKey(Category, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    price = models.DecimalField(max_digits=24, decimal_places=2)
    uploaded_at = models.DateTimeField()
    listed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["category", "name"]),
            models.Index(fields=["name", "id"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(price__gt=0, price__lt=MOST_RUPIAH), name="price_is_sane"
            ),
            models.UniqueConstraint("company", Lower("name"), name="one_name_per_company"),
        ]


class Choice(models.Model):
    """A product that a unit's officer put on the unit's list to buy; once per unit and product."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    product = models.ForeignKey(Product, models.PROTECT, related_name="+")
    agency = models.CharField(max_length=20)
    unit = models.CharField(max_length=40)
    person = models.UUIDField()
    grant = models.UUIDField()
    quantity = models.DecimalField(max_digits=18, decimal_places=4)
    chosen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "product"], name="one_choice_per_unit"),
            models.CheckConstraint(condition=models.Q(quantity__gt=0), name="choice_is_positive"),
        ]
