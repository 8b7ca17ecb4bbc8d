from content.models.legal import LegalPage, LegalReading, LegalState, LegalVersion

__all__ = ["LegalPage", "LegalReading", "LegalState", "LegalVersion"]
