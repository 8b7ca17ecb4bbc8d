"""Every mail of the shop can be looked at: staff and tests know it by a sample."""

import re

from content import mails
from tests.house import code


def _templates() -> set[str]:
    found = (re.fullmatch(r"emails/(.+)\.subject\.txt", one) for one in code.template_files())
    return {match[1] for match in found if match}


def test_every_mail_has_a_sample_and_every_sample_a_mail():
    sampled = {sample.template for sample in mails.samples().values()}

    missing = _templates() - sampled
    assert not missing, f"Add them to SAMPLES in <app>/mail_samples.py: {missing}"
    assert sampled <= _templates(), f"These samples have no templates: {sampled - _templates()}"


def test_every_mail_lets_staff_say_subject_and_closing_words():
    for name in _templates():
        subject, text, html = (
            code.template(f"emails/{name}.{ending}") for ending in ("subject.txt", "txt", "html")
        )
        assert '{% wording "subject" %}' in subject, f"{name}: subject"
        assert '{% wording "closing" %}' in text, f"{name}: closing words of the text"
        assert '{% wording "closing" %}' in html, f"{name}: closing words of the HTML"
