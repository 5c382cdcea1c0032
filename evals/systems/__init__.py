"""What makes drafts of the cases: pmdraft with a model, its outline drafter, and one prompt with everything in it."""
