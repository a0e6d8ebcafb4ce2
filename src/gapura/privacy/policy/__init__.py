"""The rules of who may: requests, erasures, breaches."""

from gapura.privacy.policy import breaches as breaches
from gapura.privacy.policy import erasures as erasures
from gapura.privacy.policy import requests as requests
