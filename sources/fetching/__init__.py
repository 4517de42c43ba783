"""Polite HTTP: the only door to the network.

http and https only; public addresses only, checked after each look-up and each redirect; robots.txt obeyed;
one request every few seconds a host; sizes, times and redirects limited. What comes out is bytes.
"""

from sources.fetching.answers import Answer, FetchError
from sources.fetching.clock import Clock
from sources.fetching.fetcher import Fetcher, user_agent
from sources.fetching.limits import Limits
from sources.fetching.rounds import Request, Rounds

__all__ = ["Answer", "Clock", "FetchError", "Fetcher", "Limits", "Request", "Rounds", "user_agent"]
