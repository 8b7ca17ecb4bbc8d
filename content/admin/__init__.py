from content.admin import legal

__all__ = ["legal"]
