"""Static files: named by their content, compressed once, cached for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStatics(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Also rewrites the imports between our ES modules to the hashed names."""

    support_js_module_import_aggregation = True
    manifest_strict = True
