"""/catalog/<id>/pictures: a company adds and removes pictures of its product."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.catalog.errors import TooManyPictures
from gapura.catalog.permissions import Can
from gapura.catalog.queries import MOST_PICTURES, ProductDetail, product_for
from gapura.catalog.services import add_picture, remove_picture
from gapura.documents.errors import FileRefused, GateBusy, QuotaReached
from gapura.kernel.permissions import require
from gapura.web.catalog.looks import looks
from gapura.web.catalog.own_tasks import newest
from gapura.web.shell.flash import say
from gapura.web.shell.forms import Form, UploadField
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, go_to

_REFUSED = (FileRefused, GateBusy, QuotaReached, TooManyPictures)


class PictureForm(Form):
    """One picture; its content is checked by the documents room."""

    picture = UploadField(
        label=lazy("Add a picture"),
        accept=".jpg,.jpeg,.png",
        hint=lazy(
            "JPG or PNG, at most 2 MB, at least 300 pixels wide and high. Show the product "
            "itself on a plain background. Place and camera data are removed."
        ),
        missing=lazy("Choose a picture of the product."),
    )


def show(request: Request, product_id: UUID) -> HttpResponse:
    """The pictures of the newest version, and the form for one more."""
    view = product_for(request.actor, product_id)
    require(request.actor, Can.ADD_PICTURE, view)
    return _page(request, view, PictureForm())


def add(request: Request, product_id: UUID) -> HttpResponse:
    """Take one more picture."""
    if request.method != "POST":
        return show(request, product_id)
    view = product_for(request.actor, product_id)
    require(request.actor, Can.ADD_PICTURE, view)
    form = PictureForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["picture"]
        try:
            add_picture(
                actor=request.actor,
                product=product_id,
                name=file.name or "",
                content=file.read(),
            )
        except _REFUSED as problem:
            form.refuse("picture", problem)
        else:
            say(request, "success", _("The picture is added."))
            return go_to(f"/catalog/{product_id}/pictures")
    return _page(request, view, form)


def remove(request: Request, product_id: UUID, document_id: UUID) -> HttpResponse:
    """Take one off."""
    remove_picture(actor=request.actor, product=product_id, document=document_id)
    say(request, "success", _("The picture is removed."))
    return go_to(f"/catalog/{product_id}/pictures")


def _page(request: Request, view: ProductDetail, form: PictureForm) -> HttpResponse:
    version = newest(view)
    values = {
        "form": form,
        "product": view,
        "pictures": version.pictures,
        "most": MOST_PICTURES,
        "room_left": MOST_PICTURES - len(version.pictures),
        "may_add": "add_picture" in view.can,
        "may_remove": "remove_picture" in view.can,
        "looks": looks(),
    }
    return render(request, "catalog/pictures.html", values, 422 if form.errors else 200)
