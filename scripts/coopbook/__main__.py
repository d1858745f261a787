"""What `python -m coopbook` runs."""

from .cli import main

main()
