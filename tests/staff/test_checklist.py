"""What is missing before the shop may sell, on the page and on the command line alike."""

import datetime
import io
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command

from accounts import roles
from accounts.models import Customer
from accounts.roles import Role
from shop import admin_checklist, backups, doctor, jobs
from shop.kit import clock
from tests.backoffice import Desk

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:Overriding get_action_choices"),
]


def _of_backups() -> list[doctor.Finding]:
    return [one for one in doctor.examine(clock.now()) if one.topic == "backups"]


def test_the_page_says_what_the_command_says(sam):
    found = list(doctor.examine(clock.now()))
    missing = [one for one in found if one.level == doctor.ERROR]

    page = Desk(sam).get("/admin/checklist/")

    assert missing
    assert page.context["missing"] == len(missing)
    shown = {point["text"] for point in page.context["points"]}
    assert {one.text for one in found if one.level != doctor.OK} <= shown


def test_every_topic_has_words_in_both_languages():
    topics = {one.topic for one in doctor.examine(clock.now())}

    assert topics <= admin_checklist.TOPICS.keys()


def test_the_home_tells_owners_alone_and_reads_only_what_was_counted(sam):
    desk = Desk(sam)
    assert not any("checklist" in task.url for task in desk.get("/admin/").context["tasks"])

    assert jobs.count_open_points() > 0
    assert any("checklist" in task.url for task in desk.get("/admin/").context["tasks"])

    roles.set_up()
    person = Customer.objects.create_user("ole@kontor.example", is_staff=True)
    person.groups.add(Group.objects.get(name=Role.SUPPORT))
    other = Desk(person)
    assert not any("checklist" in task.url for task in other.get("/admin/").context["tasks"])
    other.get("/admin/checklist/", status=403)


def test_backups_are_noted_and_told_when_too_old():
    assert [one.level for one in _of_backups()] == [doctor.WARNING]

    call_command("note_backup", stdout=io.StringIO())
    assert [one.level for one in _of_backups()] == [doctor.OK]

    backups.note(moment=clock.now() - backups.OLD_AFTER - datetime.timedelta(minutes=1))
    assert [one.level for one in _of_backups()] == [doctor.ERROR]
    assert backups.last() is not None


def test_owners_are_those_who_give_roles():
    def asking(*rights):
        user = SimpleNamespace(has_perm=lambda one: one in rights)
        return SimpleNamespace(user=user)

    assert admin_checklist.may_see(asking("accounts.change_customer"))
    assert not admin_checklist.may_see(asking("orders.change_order"))
