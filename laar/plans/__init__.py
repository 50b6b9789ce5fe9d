"""What councils plan: CDP, CIP and outreach plans, their lines, and which request a line answers."""
