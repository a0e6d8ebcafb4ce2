"""The OpenID provider's endpoints for machines, over the protocol without I/O of `sso`."""
