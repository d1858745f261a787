"""The version of Coopbook: what feeds, calendars and open data say they were made by."""

__version__ = "0.2.0"
