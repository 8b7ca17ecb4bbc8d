"""Papers of the goods: what shoppers read beside them, what buyers download, tables of sizes."""
