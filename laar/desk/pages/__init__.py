"""The screens, one module each: a page asks the floors below and shows the answer."""
