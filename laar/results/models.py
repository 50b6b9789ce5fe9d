"""No table yet: stages are queries, and a trace is read, not kept."""
