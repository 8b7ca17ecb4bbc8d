"""Customer service: cases, what is said in them, and what comes in and goes out by mail."""

from support.models.attachment import Attachment, AttachmentType
from support.models.case import Case, CaseQuerySet, CaseState, Priority, Satisfaction, Topic
from support.models.inbound import InboundMail, InboundMailQuerySet, InboundState
from support.models.mail import CaseMail, CaseMailKind
from support.models.message import Message, Sender
from support.models.replies import CannedReply, TopicPromise

__all__ = [
    "Attachment",
    "AttachmentType",
    "CannedReply",
    "Case",
    "CaseMail",
    "CaseMailKind",
    "CaseQuerySet",
    "CaseState",
    "InboundMail",
    "InboundMailQuerySet",
    "InboundState",
    "Message",
    "Priority",
    "Satisfaction",
    "Sender",
    "Topic",
    "TopicPromise",
]
