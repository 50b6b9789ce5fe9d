"""The ground floor: programmes, users, roles, the one door for writes, the trail, evidence."""
