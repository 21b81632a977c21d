"""Keep what was used last, up to a weight, for many threads."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class WeightedCache(Generic[Key, Value]):
    """Remembers values until their weights together pass `limit`; then the longest unused leave first."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._weight = 0
        self._kept: OrderedDict[Key, tuple[Value, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Key) -> Value | None:
        """The value kept for `key`, or None."""
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                return None
            self._kept.move_to_end(key)
            return found[0]

    def put(self, key: Key, value: Value, weight: int) -> None:
        """Keep `value`, unless it is heavier than a quarter of the limit."""
        if weight * 4 > self._limit:
            return
        with self._lock:
            previous = self._kept.pop(key, None)
            self._weight += weight - (previous[1] if previous else 0)
            self._kept[key] = (value, weight)
            while self._weight > self._limit:
                _, (_, gone) = self._kept.popitem(last=False)
                self._weight -= gone
