"""Forms of figures, reports and ratings for the walk."""

FORMS: dict[str, dict[str, object]] = {
    "order-rate": {"quality": "4", "cost": "4", "time": "4", "service": "4", "note": ""},
}
