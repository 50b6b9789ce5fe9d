"""`laar`, the console command: one module a command, none of them with a rule of its own."""
