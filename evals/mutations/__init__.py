"""How much of what is wrong in a draft the checks see: correct drafts, corrupted one thing at a time."""
