"""Cases at work: running them, what they show of the rules, and which changes they notice."""
