"""Public files of products: taken in, listed on the page, handed out."""
