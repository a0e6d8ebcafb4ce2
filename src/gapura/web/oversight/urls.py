"""Pages of oversight: alerts with their rules and webhooks, and the dashboards."""

from gapura.web.oversight.alert_pages import ALERT_PAGES
from gapura.web.oversight.figure_pages import FIGURE_PAGES
from gapura.web.shell.pages import Page

PAGES: tuple[Page, ...] = (*ALERT_PAGES, *FIGURE_PAGES)
