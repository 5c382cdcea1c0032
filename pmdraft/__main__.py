"""`python -m pmdraft`, the same as the command `pmdraft`."""

from pmdraft.entry import main

if __name__ == "__main__":
    main()
