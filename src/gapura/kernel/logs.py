"""Log lines: one JSON object a line, control characters escaped, so that no line can be forged."""

import json
import logging


class OneLine(logging.Formatter):
    """Formats a record as one JSON object; personal numbers never come here, callers log ids."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, whatever the message holds."""
        entry = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            entry["exception"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=True)
