"""Pages of access reviews: the list, one of them, opening, answering, the recap."""
