"""`manage.py seed`: the world of the demo, the same every time. A shop with goods is left alone."""

import random
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand

from accounts import roles
from accounts.models import Customer
from accounts.roles import Role
from catalog import listing_index, search
from catalog.models import Product
from demo import (
    bundling,
    collecting,
    energy_papers,
    goods,
    handouts,
    hanging,
    history,
    open_carts,
    papers,
    people,
    plates,
    promoting,
    stocking,
    withdrawing,
)
from inventory import telling
from orders.trade import rollup
from reviews import ratings
from shop.kit import clock

# What the second member of staff does; accounts and the books are the owner's.
KEEPER = (Role.CATALOGUE, Role.WAREHOUSE, Role.SUPPORT, Role.MARKETING)


class Command(BaseCommand):
    help = "Fill an empty shop with the goods, pictures, customers and orders of the demo."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--seed", type=int, default=42, help="another world for another number")
        parser.add_argument("--plates", action="store_true", help="coloured plates, no pictures")

    def handle(self, *args: Any, **options: Any) -> None:
        if Product.objects.exists():
            self._say("There are goods already; nothing is changed.")
            return
        seed, moment = random.Random(options["seed"]), clock.now()  # noqa: S311 - a world, no secret
        self._say("goods and prices")
        warehouse = stocking.rules(moment)
        made = stocking.shelves(moment)
        stocking.synonyms()
        if options["plates"]:
            plates.hang(made)
        else:
            hanging.hang(made, self._say)
        papers.lay_in(made)
        handouts.lay_out(made)
        energy_papers.lay_out(made)
        stocking.open_shelves(made, moment)
        self._say("customers")
        known = _customers(seed)
        promoting.offer(moment)
        promoting.draft(moment)
        promoting.group([account for _person, account in known if account], moment)
        self._say(f"{history.ORDERS} orders and their reviews")
        trade = history.Trade(seed, people=known, warehouse=warehouse, moment=moment)
        trade.receive_goods(
            {
                variant.sku: variant.stock
                for one in goods.catalogue().products
                for variant in one.variants
            }
        )
        trade.happen()
        trade.upload_statement()
        trade.take_stock()
        withdrawing.declare_some(moment)
        trade.close_mails()
        trade.opinions()
        # After the trade: its orders are made of single goods.
        bundling.bundle(made, moment)
        collecting.collect(made, moment)
        if account := known[0][1]:
            open_carts.fill(account, moment)
        self._say("search")
        search.reindex_all()
        self._say("lists")
        telling.note_changes()
        listing_index.refresh_all(moment=clock.now())
        ratings.tell_lists()
        rollup.rebuild(moment=clock.now())
        self._say("done")

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()


def _customers(seed: random.Random) -> list[tuple[people.Person, Customer | None]]:
    """The logins, and everybody else: two of three have an account, the others order as guests."""
    owner, staff, customer = people.LOGINS
    _login(Customer.objects.create_superuser(owner[1], owner[2], name="Inken Harmsen"))
    keeper = Customer.objects.create_user(staff[1], staff[2], name="Ole Harmsen", is_staff=True)
    roles.set_up()
    keeper.groups.set(Group.objects.filter(name__in=KEEPER))
    _login(keeper)
    everybody = people.customers(seed)
    first = everybody[0]
    login = Customer.objects.create_user(customer[1], customer[2], name=first.name)
    _login(login)
    known: list[tuple[people.Person, Customer | None]] = [(first, login)]
    for number, person in enumerate(everybody[1:]):
        account = None
        if number % 3:
            account = Customer.objects.create_user(
                person.email, name=person.name, language=person.language
            )
            _login(account)
        known.append((person, account))
    return known


def _login(customer: Customer) -> None:
    EmailAddress.objects.create(user=customer, email=customer.email, verified=True, primary=True)
