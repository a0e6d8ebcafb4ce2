"""Categories and products as each role may see them."""
