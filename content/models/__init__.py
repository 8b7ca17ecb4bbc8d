from content.models.legal import LegalPage, LegalReading, LegalState, LegalVersion
from content.models.mails import MailWording

__all__ = ["LegalPage", "LegalReading", "LegalState", "LegalVersion", "MailWording"]
