"""Pages of a supplier's company: registering it, its papers and standing, its people."""
