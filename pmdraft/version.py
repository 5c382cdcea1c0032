"""The version of pmdraft."""

VERSION = "0.1.0"
