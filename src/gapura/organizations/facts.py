"""What the authorities said of one business number, and how it is kept between two pages."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Source:
    """One answer: whose, under which reference, when (ISO 8601), and the hash of what was said."""

    authority: str
    reference: str
    asked_at: str
    result_hash: str


@dataclass(frozen=True, slots=True)
class CompanyFacts:
    """A company as the authorities know it; `region` is a code, `npwp` the tax number in clear.

    `detail` holds what explains the outcome to the person: days, a decision's number, an authority.
    """

    name: str = ""
    form: str = ""
    scale: str = ""
    taxable: bool = False
    kblis: tuple[str, ...] = ()
    region: str = ""
    npwp: str = ""
    sources: tuple[Source, ...] = ()
    detail: Mapping[str, Any] = field(default_factory=dict)

    def to_text(self) -> str:
        """JSON for a sealed column."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_text(cls, text: str) -> "CompanyFacts":
        """Read what `to_text` wrote."""
        told = json.loads(text)
        told["kblis"] = tuple(told["kblis"])
        told["sources"] = tuple(Source(**each) for each in told["sources"])
        return cls(**told)

    @property
    def hashes(self) -> dict[str, str]:
        """The hash of each authority's answer, for the activity log."""
        return {each.authority: each.result_hash for each in self.sources}
