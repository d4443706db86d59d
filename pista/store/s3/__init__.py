"""An S3-compatible store as a place for files, over plain HTTP.

Our own few requests and not Amazon's library: botocore weighs 25 MB, mostly descriptions of other
services, is not asynchronous, and would be there for eight kinds of request.
"""

from pista.store.s3.client import S3, Listed
from pista.store.s3.upload import Upload, uploading

__all__ = ["S3", "Listed", "Upload", "uploading"]
