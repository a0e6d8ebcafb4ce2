"""The ways to prove who one is; each file stores and checks one of them."""
