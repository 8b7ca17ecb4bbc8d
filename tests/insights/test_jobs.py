import datetime

import pytest

from insights import events, jobs
from insights.models import Event
from shop.kit import clock


@pytest.mark.django_db
def test_the_nightly_job_forgets_what_is_older_than_thirteen_months():
    now = clock.now()
    for age in (events.KEPT + datetime.timedelta(days=1), datetime.timedelta(days=300)):
        events.track("seen", visitor_id="", facts={"days": age.days}, moment=now - age)

    assert jobs.forget_old_events() == 1

    assert Event.objects.get().facts == {"days": 300}
