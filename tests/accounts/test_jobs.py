import datetime

import pytest
from django.contrib.sessions.models import Session

from accounts import jobs
from shop.kit import clock


@pytest.mark.django_db
def test_the_nightly_job_forgets_ended_sessions_and_keeps_the_others():
    now = clock.now()
    for key, hours in (("ended", -1), ("alive", 1)):
        end = now + datetime.timedelta(hours=hours)
        Session.objects.create(session_key=key, session_data="", expire_date=end)

    jobs.forget_ended_sessions()

    assert list(Session.objects.values_list("session_key", flat=True)) == ["alive"]
