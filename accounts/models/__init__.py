from accounts.models.audit import AuditAct, AuditEntry, AuditHead
from accounts.models.group import CustomerGroup, GroupMember
from accounts.models.people import (
    Address,
    Consent,
    ConsentPurpose,
    Customer,
    CustomerManager,
    PrivacyRequest,
    PrivacyRequestKind,
)

__all__ = [
    "Address",
    "AuditAct",
    "AuditEntry",
    "AuditHead",
    "Consent",
    "ConsentPurpose",
    "Customer",
    "CustomerGroup",
    "CustomerManager",
    "GroupMember",
    "PrivacyRequest",
    "PrivacyRequestKind",
]
