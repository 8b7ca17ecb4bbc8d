"""What the law wants told of goods, and what it wants known before they are sold."""
