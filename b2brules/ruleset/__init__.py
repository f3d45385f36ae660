"""What a rule file says: its model, loading, checks and diagnostics."""
