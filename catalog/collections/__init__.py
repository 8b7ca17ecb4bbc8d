"""Collections: what is in them (`rules`, `members`), how they change (`editing`), how they show."""
