"""The log month by month: partitions, retention, archived files and back."""
