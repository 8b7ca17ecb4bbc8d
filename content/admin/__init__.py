from content.admin import legal, mails

__all__ = ["legal", "mails"]
