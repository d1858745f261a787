"""The dialect of schemas: what a record type may say, and what it means."""
