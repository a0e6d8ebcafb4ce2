"""Pages on which units and agencies are kept true: the list, one unit, confirming, changing."""
