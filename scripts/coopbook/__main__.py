"""`python -m coopbook`"""

from .commands import main

main()
