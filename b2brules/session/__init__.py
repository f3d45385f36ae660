"""Live deals: facts asserted and retracted, advice kept current."""
