"""The first hour: the choice between the demonstration and a programme of one's own, and the first steps of that."""
