"""The order of a list as the address asks for it, and as links side by side."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from mitstadt.spine.queries.ordering import Order
from mitstadt.ui.parts import Link

PARAMETER = "reihenfolge"
LABELS = {
    Order.MOST_SUPPORTED: _("am meisten unterstützt"),
    Order.NEWEST: _("neueste zuerst"),
    Order.OLDEST: _("älteste zuerst"),
}


def order_of(request: HttpRequest, default: Order) -> Order:
    """The order that the address asks for; the default where it asks for none or for nonsense."""
    wanted = request.GET.get(PARAMETER, "")
    return Order(wanted) if wanted in set(Order) else default


def order_links(current: Order) -> list[Link]:
    """All orders as views of one list."""
    return [
        Link(label=str(label), href=f"?{PARAMETER}={order}", current=order is current)
        for order, label in LABELS.items()
    ]
