"""What a cart is beyond its lines: saved goods, news, merging, links."""
