"""How the files of the look reach the browser: one stylesheet, every name hashed."""

import re

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

STYLESHEET = "css/main.css"
_IMPORT = re.compile(r'@import url\("([^"]+)"\) layer\((\w+)\);')
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_BLANK = re.compile(r"\s*\n\s*")


class BundledStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Puts the parts of `css/main.css` into that file at collectstatic.

    By hand the sheet is a list of small files, one for each component; over the network forty
    requests would cost more than the bytes. Modules import each other by their hashed names.
    """

    support_js_module_import_aggregation = True

    def post_process(self, paths, dry_run=False, **options):
        if not dry_run and STYLESHEET in paths:
            bundle = self._bundle(paths)
            self.delete(STYLESHEET)
            self._save(STYLESHEET, ContentFile(bundle.encode()))
            paths = {**paths, STYLESHEET: (self, STYLESHEET)}
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def _bundle(self, paths) -> str:
        """The one stylesheet. Raises ValueError for a part that is missing or names other files."""

        def part(match: re.Match[str]) -> str:
            name = f"css/{match[1]}"
            if name not in paths:
                raise ValueError(f"{STYLESHEET} imports {match[1]}, which does not exist.")
            source = self._text(paths, name)
            if re.search(r"@import|url\((?![\"']?data:)", source):
                raise ValueError(f"{name} names another file; relative names break in the bundle.")
            return f"@layer {match[2]}{{{source}}}"

        return _IMPORT.sub(part, self._text(paths, STYLESHEET))

    @staticmethod
    def _text(paths, name: str) -> str:
        storage, path = paths[name]
        with storage.open(path) as file:
            return _BLANK.sub("\n", _COMMENT.sub("", file.read().decode())).strip()
