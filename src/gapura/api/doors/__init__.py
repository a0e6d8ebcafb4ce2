"""Hot and lean endpoints: plain ASGI functions in front of Django."""
