"""Lets `python -m site_builder.codebook` print `docs/content-model.md`."""

import sys

from site_builder.codebook import content_model

if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # a pipe may be of another encoding
    sys.stdout.write(content_model())
