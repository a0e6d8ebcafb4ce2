"""The catalog: products as each role may see them, choosing and uploading."""
