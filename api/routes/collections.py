"""Collections: documents that only some may see. Who asks is told of those alone that they may see."""

from typing import Annotated

from fastapi import APIRouter, Path, Response

from api.access.person import Person
from api.dependencies import LibraryDep, PersonDep, SightDep, WholeLibraryDep
from api.errors import RoleError
from api.kept_schemas import CollectionIn, CollectionOut, CollectionsOut
from assistant.types import Sight
from ingest.collections import OPEN_TITLE
from ingest.library import Library
from ingest.records import OPEN, OPEN_NAME

router = APIRouter(tags=["collections"])
Name = Annotated[str, Path(max_length=80)]


@router.get("/collections")
def collections(library: LibraryDep, whole: WholeLibraryDep, sight: SightDep) -> CollectionsOut:
    """The one that is open to everybody first, then those that the person may see, by their titles."""
    counts = {name: len(documents) for name, documents in library.part().collections.items()}
    shown = CollectionOut(name=OPEN_NAME, title=OPEN_TITLE, documents=counts.get(OPEN, 0))
    return CollectionsOut(collections=[shown, *of_known(whole, sight)])


@router.post("/collections", status_code=201)
def make_collection(asked: CollectionIn, whole: WholeLibraryDep, steward: PersonDep) -> CollectionOut:
    see_all(steward)
    return CollectionOut.model_validate(whole.collections.make(asked.title), from_attributes=True)


@router.patch("/collections/{name}")
def rename_collection(name: Name, asked: CollectionIn, whole: WholeLibraryDep, steward: PersonDep) -> CollectionOut:
    """What people read; its name stays, for grants say it."""
    see_all(steward)
    whole.collections.rename(name, asked.title)
    return next(one for one in of_known(whole, None) if one.name == name)


@router.delete("/collections/{name}", status_code=204)
def delete_collection(name: Name, whole: WholeLibraryDep, steward: PersonDep) -> Response:
    """Once it holds no documents. Whoever was let in is so no more, should another be made of the same name."""
    see_all(steward)
    whole.collections.delete(name)
    return Response(status_code=204)


def of_known(whole: Library, sight: Sight) -> list[CollectionOut]:
    return [CollectionOut.model_validate(one, from_attributes=True) for one in whole.collections.known(sight)]


def see_all(person: Person) -> None:
    """Whoever does not see all would learn from a refusal what there is beside. Raises RoleError."""
    if person.collections is not None:
        raise RoleError("Collections are made, renamed and deleted by whoever sees all of them.")
