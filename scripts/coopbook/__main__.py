"""`python -m coopbook`"""

from .cli import main

main()
