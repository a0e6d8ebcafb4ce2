"""Settings of a gapura whose only page is empty: every layer around a page, and nothing in it."""

from gapura.config.settings import *  # noqa: F403 - the same settings but for the page table

ROOT_URLCONF = "bench.empty_urls"
