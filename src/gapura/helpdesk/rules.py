"""Which roles answer cases, and how long texts may be; plain data."""

EVERYWHERE = frozenset({"helpdesk", "admin_platform"})
AGENCY = "admin_instansi"

# Characters of a question or an answer.
LEAST, MOST = 10, 4000
