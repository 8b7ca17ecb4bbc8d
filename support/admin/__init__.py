"""Customer service for staff: the queue, the conversation, mails, texts that are ready."""

from support.admin import cases, inbound, mails, replies

__all__ = ["cases", "inbound", "mails", "replies"]
