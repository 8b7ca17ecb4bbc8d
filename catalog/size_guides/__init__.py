"""Tables of sizes: which product shows which, and what is shown."""
