"""What the pages of the shop front say, put together for their templates: home, product."""
