"""How the tables came to be, one step a file; ``open_database`` takes the steps that are missing."""
