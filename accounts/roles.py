"""The roles of staff: who may do what, declared here alone and kept as groups of Django.

`manage.py set_roles` writes the groups; it runs after each migration, in the demo and in
deployments. A model that is missing here is for owners only until it gets a line, and the test of
the matrix names it. A letter is a right: v view, a add, c change, d delete. `-` is none.
"""

import enum

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Role(enum.StrEnum):
    """The name of the group."""

    OWNER = "owner"
    CATALOGUE = "catalogue"
    WAREHOUSE = "warehouse"
    SUPPORT = "support"
    MARKETING = "marketing"
    ACCOUNTING = "accounting"


TITLES: dict[str, Promise] = {
    Role.OWNER: _("Owner"),
    Role.CATALOGUE: _("Catalogue"),
    Role.WAREHOUSE: _("Warehouse"),
    Role.SUPPORT: _("Support"),
    Role.MARKETING: _("Marketing"),
    Role.ACCOUNTING: _("Accounting"),
}
_WORDS = {"v": "view", "a": "add", "c": "change", "d": "delete"}
_COLUMNS = (Role.CATALOGUE, Role.WAREHOUSE, Role.SUPPORT, Role.MARKETING, Role.ACCOUNTING)

# What acts ask for: ship and pick up: add_fulfilment; confirm, complete, cancel: change_order;
# give money back: add_refund; bank bookings: change_banktransaction; erase people: delete_customer.
# model                       catalogue warehouse support marketing accounting
_TABLE = """
accounts.customer                 -        -        v       -        -
accounts.address                  -        -        v       -        -
accounts.consent                  -        -        v       -        -
accounts.customergroup            -        -        v       vacd     -
accounts.groupmember              -        -        v       vacd     -
accounts.privacyrequest           -        -        v       -        -
accounts.auditentry               -        -        -       -        -
account.emailaddress              -        -        -       -        -
mfa.authenticator                 -        -        -       -        -
auth.group                        -        -        -       -        -
insights.event                    -        -        -       v        -
insights.experiment               -        -        -       vac      -
catalog.product                   vac      v        v       vc       v
catalog.variant                   vacd     v        v       v        v
catalog.option                    vacd     -        -       -        -
catalog.optionvalue               vacd     -        -       -        -
catalog.price                     vac      v        v       v        v
catalog.reduction                 vacd     -        v       vacd     v
catalog.reductionstep             vacd     -        v       vacd     v
catalog.productpicture            vacd     v        v       vacd     -
catalog.picturefile               vac      -        -       vac      -
catalog.document                  vacd     v        v       -        -
catalog.digitalfile               vacd     -        v       -        -
catalog.fibreshare                vacd     v        v       -        -
catalog.food                      vacd     v        v       -        -
catalog.device                    vacd     v        v       -        -
catalog.guarantee                 vacd     v        v       -        -
catalog.sendingban                vacd     v        v       -        -
catalog.category                  vacd     v        v       vac      -
catalog.categorypicture           vacd     v        v       vacd     -
catalog.producttype               vacd     -        -       -        -
catalog.typeattribute             vacd     -        -       -        -
catalog.attribute                 vacd     -        -       -        -
catalog.collection                vacd     -        -       vacd     -
catalog.brand                     vacd     v        v       v        -
catalog.manufacturer              vacd     v        v       v        v
catalog.sizeguide                 vacd     -        v       -        -
catalog.searchmiss                v        -        -       v        -
catalog.synonym                   vacd     -        -       vacd     -
catalog.searchredirect            vacd     -        -       vacd     -
catalog.redirect                  vacd     -        -       vacd     -
catalog.officialgraphic           va       -        -       -        -
catalog.hero                      v        -        -       vacd     -
catalog.import                    va       -        -       -        -
catalog.vatrate                   v        -        v       -        vac
catalog.vatschemechange           -        -        -       -        va
content.mailwording               -        -        vc      vc      -
content.legalversion              -        -        v       -        -
inventory.stockitem               v        vc       v       v        v
inventory.stockmovement           v        v        v       -        v
inventory.reservation             v        v        v       -        -
inventory.stocklocation           v        vac      v       -        v
inventory.wantedvariant           v        v        v       v        -
inventory.alertmail               -        -        vc      -        -
reviews.review                    v        -        vc      vc       -
loyalty.loyaltyaccount            -        -        v       v        v
loyalty.pointsentry               -        -        v       v        v
discovery.productaffinity         v        -        -       v        -
orders.order                      -        v        vc      -        v
orders.fulfilment                 -        va       v       -        v
orders.carrierchoice              -        vac      v       -        -
orders.document                   -        -        v       -        v
orders.duedocuments               -        -        v       -        vc
orders.return                     -        vc       vc      -        v
orders.withdrawalcase             -        v        vc      -        v
orders.withdrawalmail             -        -        vc      -        -
orders.payment                    -        -        v       -        v
orders.refund                     -        -        va      -        va
orders.dispute                    -        -        v       -        v
orders.difference                 -        -        -       -        vc
orders.reconciliation             -        -        -       -        v
orders.bankstatement              -        -        -       -        va
orders.banktransaction            -        -        -       -        vc
orders.banktransfer               -        -        -       -        vc
orders.moneyin                    -        -        -       -        v
orders.ordermail                  -        -        vc      -        -
orders.webhookevent               -        -        -       -        vc
checkout.cart                     -        -        v       v        -
checkout.cartline                 -        -        v       v        -
checkout.coupon                   -        -        v       vac      v
checkout.promotion                v        -        v       vac      v
checkout.deliverymethod           -        v        v       -        v
checkout.deliveryrate             -        v        v       -        v
checkout.deliveryzone             -        v        v       -        v
support.case                      -        -        vac     -        -
support.inboundmail               -        -        vc      -        -
support.casemail                  -        -        vc      -        -
support.cannedreply               -        -        vacd    -        -
support.topicpromise              -        -        vac     -        -
support.message                   -        -        vac     -        -
"""


def declared() -> dict[str, dict[Role, str]]:
    """The letters of each model (`app.model`, lower case) and role. Owners may do everything."""
    found = {}
    for line in _TABLE.split("\n"):
        if line:
            model, *letters = line.split()
            cells = zip(_COLUMNS, letters, strict=True)
            own = {role: "" if text == "-" else text for role, text in cells}
            found[model] = {Role.OWNER: "vacd", **own}
    return found


def rights(role: Role) -> set[str]:
    """What `role` may do, as Django writes it: `catalog.view_product`. Owners: see `set_up`."""
    return {
        f"{app}.{_WORDS[letter]}_{model}"
        for (app, model), cells in ((name.split("."), row) for name, row in declared().items())
        for letter in cells[role]
    }


@transaction.atomic
def set_up() -> list[Group]:
    """Make the groups and give each exactly its rights; groups by other names stay untouched.

    Owners get every right there is, of models that have no line yet as well. Idempotent.
    """
    known = {
        f"{one.content_type.app_label}.{one.codename}": one
        for one in Permission.objects.select_related("content_type")
    }
    groups = []
    for role in Role:
        group, _is_new = Group.objects.get_or_create(name=role.value)
        wanted = known if role is Role.OWNER else rights(role) & known.keys()
        group.permissions.set(known[name] for name in wanted)
        groups.append(group)
    return groups


def title(group: Group) -> str:
    """What people read: the role in their language, or the name that somebody gave the group."""
    return str(TITLES.get(group.name, group.name))
