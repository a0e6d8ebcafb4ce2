"""The front page."""

from gapura.web.home import home
from gapura.web.shell.pages import Page
from gapura.web.shell.permissions import Can

PAGES = (Page("", home.home, Can.SEE_PUBLIC, name="home"),)
