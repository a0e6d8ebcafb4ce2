"""The console: the activity log and the requests for help, for those who look after people."""
