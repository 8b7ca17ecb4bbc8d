"""The demo's mailbox: files that any mail program opens, and a reader that trusts none of them."""

import email
import email.policy

import pytest
from django.core.mail import EmailMultiAlternatives, mailers
from django.test import override_settings
from django.urls import NoReverseMatch, reverse

from demo import mailbox

pytestmark = pytest.mark.django_db


@pytest.fixture
def mail_dir(tmp_path):
    with override_settings(
        MAIL_DIR=tmp_path, MAILERS={"default": {"BACKEND": "demo.mailbox.EmlBackend"}}
    ):
        yield tmp_path


def _mail(subject="Danke für Ihre Bestellung", **more):
    mail = EmailMultiAlternatives(
        subject, "Grüße aus Hamburg", "shop@kontor.example", ["ada@kunde.example"], **more
    )
    mail.attach_alternative(
        "<html><head></head><body><p style='color: red'>Grüße</p></body></html>", "text/html"
    )
    mail.attach("agb.txt", "Die Bedingungen", "text/plain")
    return mail


def test_a_sent_mail_is_a_file_that_any_mail_program_can_read(mail_dir):
    _mail(bcc=["archiv@kontor.example"]).send()

    (path,) = mail_dir.iterdir()
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert path.suffix == ".eml"
    assert message["Subject"] == "Danke für Ihre Bestellung"
    assert message["X-Envelope-To"] == "ada@kunde.example, archiv@kontor.example"
    assert message.get_body(("plain",)).get_content().strip() == "Grüße aus Hamburg"


def test_mails_of_one_moment_keep_apart_and_come_newest_first(mail_dir):
    for number in range(3):
        _mail(subject=f"Mail {number}").send()

    assert [one.subject for one in mailbox.newest(limit=2)] == ["Mail 2", "Mail 1"]
    assert mailbox.count() == 3


def test_a_mail_that_cannot_be_written_is_an_error_and_leaves_no_half_file(mail_dir):
    mail_dir.chmod(0o500)
    blocked = mail_dir / "file"
    with override_settings(MAIL_DIR=blocked):
        mail_dir.chmod(0o700)
        blocked.write_text("in the way")

        with pytest.raises(FileExistsError):
            _mail().send()

    assert blocked.read_text() == "in the way"


def test_the_reader_shows_list_mail_frame_source_and_attachment(client, mail_dir):
    _mail().send()
    (path,) = mail_dir.iterdir()

    listing = client.get("/dev/mails/")
    detail = client.get(f"/dev/mails/{path.name}/")
    letter = client.get(f"/dev/mails/{path.name}/html/")
    source = client.get(f"/dev/mails/{path.name}/source/")
    attachment = client.get(f"/dev/mails/{path.name}/attachments/1/")

    assert [page.status_code for page in (listing, detail, letter, source, attachment)] == [200] * 5
    assert "Danke für Ihre Bestellung" in listing.text
    assert "Grüße aus Hamburg" in detail.text
    assert f'src="/dev/mails/{path.name}/html/"' in detail.text
    assert '<base target="_blank">' in letter.text
    assert source.content == path.read_bytes()
    assert attachment.content.strip() == b"Die Bedingungen"
    assert attachment["Content-Disposition"] == 'attachment; filename="agb.txt"'
    for page in (listing, detail, letter, source, attachment):
        assert page["X-Robots-Tag"] == "noindex, nofollow"


def test_a_mails_html_may_neither_run_scripts_nor_leave_its_frame(client, mail_dir):
    _mail().send()
    (path,) = mail_dir.iterdir()

    detail = client.get(f"/dev/mails/{path.name}/")["Content-Security-Policy"]
    letter = client.get(f"/dev/mails/{path.name}/html/")

    policy = letter["Content-Security-Policy"]
    assert "frame-src 'self'" in detail
    assert "'unsafe-inline'" not in detail
    assert "sandbox allow-popups allow-popups-to-escape-sandbox" in policy
    assert "script-src" not in policy
    assert "default-src 'none'" in policy
    assert "allow-scripts" not in policy
    assert letter["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize(
    "name",
    [
        "..%2f..%2fmanage.py",
        "../../manage.py",
        "20261124T070000000000Z-00000000.eml%00.txt",
        "20261124T070000000000Z-00000000.eml",
        "secrets.json",
    ],
)
def test_names_that_are_no_mail_lead_nowhere(client, mail_dir, name):
    (mail_dir / "secrets.json").write_text("{}")

    assert client.get(f"/dev/mails/{name}/source/").status_code == 404
    with pytest.raises(mailbox.NoSuchMail):
        mailbox.source(name)
    with pytest.raises(NoReverseMatch):
        reverse("mail_source", args=["../secrets.json"])


def test_a_link_in_the_mailbox_is_not_followed(mail_dir, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside") / "secret"
    outside.write_text("secret")
    name = "20261124T070000000000Z-00000000.eml"
    (mail_dir / name).symlink_to(outside)

    with pytest.raises(mailbox.NoSuchMail):
        mailbox.source(name)


def test_an_attachment_that_the_mail_does_not_have_is_no_page(client, mail_dir):
    _mail().send()
    (path,) = mail_dir.iterdir()

    assert client.get(f"/dev/mails/{path.name}/attachments/0/").status_code == 404
    assert client.get(f"/dev/mails/{path.name}/attachments/2/").status_code == 404
    assert client.post(f"/dev/mails/{path.name}/").status_code == 405


def test_the_backend_refuses_options_that_it_does_not_know(mail_dir):
    wrong = {"default": {"BACKEND": "demo.mailbox.EmlBackend", "OPTIONS": {"host": "mail.example"}}}
    with override_settings(MAILERS=wrong), pytest.raises(Exception, match="Unknown options 'host'"):
        mailers["default"].open()
