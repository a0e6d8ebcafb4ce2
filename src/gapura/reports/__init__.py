"""Reports, alerts and red flags: reads of every room below, and what people say about alerts."""
