"""What machines ask for: sitemaps, robots.txt, feeds, news, and the well-known addresses."""
