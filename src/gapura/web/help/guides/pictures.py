"""The pictures in the guides: what each shows, in words. A browser test makes them."""

from gapura.kernel.texts import N_

# How large they are shown, in pixels; the files are twice as sharp.
WIDTH, HEIGHT = 360, 560
# Files static/guides/<name>.webp. The words stand in for the picture, so they say what is on it.
PICTURES = {
    "role": N_("Under the menu stands the role in use, with a list to switch to another one."),
    "catalog": N_("The catalog: a search field, then the products with picture and price."),
    "order-new": N_("Making an order: fields for the plan code, the budget line and the delivery."),
    "order": N_("An order's page: on top stands the next step, and who does it until when."),
    "review": N_("Reviewing an order: goods and total, and the prices of like products."),
    "sign": N_("Signing: below the document the field for the app's code, and the button."),
    "receive": N_("Receiving goods: three boxes to tick for function, quantity and time."),
    "handover": N_("The handover record: a field for the number of your own unit."),
    "payments": N_("The treasurer's orders: those that can be paid, with their totals."),
    "pay": N_("Noting a payment: way of paying, day, number, and the field for the evidence."),
    "company-new": N_("Registering a company: one field for the business number (NIB)."),
    "upload": N_("Describing a product: name, brand and description, then its properties."),
    "board": N_("The company's orders: one waits for an answer, with the day it has until."),
    "ship": N_("Entering a shipment: fields for the courier and the tracking number."),
    "queue-requests": N_("The verifier's queue: access requests, the nearest deadline first."),
    "review-request": N_("An access request: how much time is left, who took it, and the answers."),
    "queue-products": N_("The curator's queue: products that wait, with company and price."),
    "review-product": N_("Checking a product: picture, description and properties of the version."),
    "label": N_("Checking a label: its value, the number of the certificate and its last day."),
    "audit-order": N_("An order as the auditor sees it: everything to read and nothing to press."),
    "log": N_("The activity log: line by line who did what, and when."),
    "cases": N_("Requests for help: number, person and state of each, the oldest on top."),
}
