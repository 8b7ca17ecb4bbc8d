"""The merchant's account, and account numbers as such."""
