"""How good and how fast pmdraft is, measured; tests ask only whether it is right."""
