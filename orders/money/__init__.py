"""Money that no provider reports: from the bank's statement, or over the counter."""
