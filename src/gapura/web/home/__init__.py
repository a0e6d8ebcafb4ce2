"""The front page: a welcome for guests, and for people who are signed in what waits for them."""
