"""IngestError                  root; every message is a sentence that says what to do
├── CancelledError            a person stopped it; the library is as it was
├── ReadError                 this file cannot be read, however often it is tried
│   ├── EmptyFileError        0 bytes
│   ├── UnsupportedTypeError  of a type that is not read, whatever its name says
│   ├── EncryptedError        needs a password to open
│   ├── DamagedError          truncated or broken beyond reading
│   ├── NoPagesError          a PDF of 0 pages
│   ├── NoTextError           pages, but no text layer on any of them
│   └── LimitError            too large, too slow or too much memory: a bomb or a giant
└── LibraryError              the library cannot do what was asked
    ├── LibraryInUseError     another process owns the data directory (retryable)
    ├── LibraryAwayError      its database cannot be reached, or is too busy (retryable)
    ├── BackupError           a backup cannot be made, or not be restored
    ├── UnknownDocumentError  no document of this id
    ├── RemovedError          the document was here and has been removed
    ├── UnknownPageError      the document has no such page
    ├── VectorsAwayError      the vectors cannot be searched now, and there are too many to compare all (retryable)
    ├── UnknownCollectionError  no collection of this name, or none that may be seen
    ├── CollectionError       a collection that cannot be made, moved into or deleted as things are
    ├── IndexDamagedError     Chroma does not hold what the truth holds: `assistant rebuild`
    └── ModelError            the embedding model is missing or not the one the library was made with
"""


class IngestError(Exception):
    retryable = False


class CancelledError(IngestError):
    pass


class ReadError(IngestError):
    pass


class EmptyFileError(ReadError):
    pass


class UnsupportedTypeError(ReadError):
    pass


class EncryptedError(ReadError):
    pass


class DamagedError(ReadError):
    pass


class NoPagesError(ReadError):
    pass


class NoTextError(ReadError):
    pass


class LimitError(ReadError):
    pass


class LibraryError(IngestError):
    pass


class LibraryInUseError(LibraryError):
    retryable = True


class LibraryAwayError(LibraryError):
    retryable = True


class BackupError(LibraryError):
    pass


class UnknownDocumentError(LibraryError):
    pass


class RemovedError(LibraryError):
    pass


class UnknownPageError(LibraryError):
    pass


class UnknownCollectionError(LibraryError):
    pass


class CollectionError(LibraryError):
    pass


class VectorsAwayError(LibraryError):
    retryable = True


class IndexDamagedError(LibraryError):
    pass


class ModelError(LibraryError):
    pass
