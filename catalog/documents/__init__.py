"""What shoppers read beside the goods: public files, and tables of sizes."""
