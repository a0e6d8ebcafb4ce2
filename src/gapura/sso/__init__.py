"""Sign-on for connected applications: an OpenID provider."""
