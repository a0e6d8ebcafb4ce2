"""What every page shares: layout, macros, middleware, errors."""
