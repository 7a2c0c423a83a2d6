"""``python -m azproc``."""

from azproc.cli import main

if __name__ == "__main__":
    main()
