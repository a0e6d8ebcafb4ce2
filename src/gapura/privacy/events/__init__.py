"""What happens to data of people: asked, answered, erased, lost."""
