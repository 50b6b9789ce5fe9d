"""What a programme is about, and with whom: objective, sectors, places, parties, memberships."""
