"""The shop's payments and refunds beside the books of the providers."""
