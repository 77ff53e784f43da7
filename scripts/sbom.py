"""What the installed package brings with it, as CycloneDX JSON: ``python scripts/sbom.py FILE``.

Every distribution that ``factcheck-assistant`` needs to run, and those that these need, as they are installed for the
interpreter that runs this; tools for development are left out.
"""

import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = "factcheck-assistant"


def needed(name: str, extras: frozenset[str] = frozenset()) -> Iterator[tuple[Distribution, Distribution]]:
    """Pairs of a distribution and one that it needs here, from ``name`` on."""
    seen, waiting = set(), [(name, extras)]
    while waiting:
        key = waiting.pop()
        if key in seen:
            continue
        seen.add(key)
        package = distribution(key[0])
        for line in package.requires or ():
            one = Requirement(line)
            if one.marker is None or any(one.marker.evaluate({"extra": extra}) for extra in (key[1] or {""})):
                try:
                    yield package, distribution(one.name)
                except PackageNotFoundError:  # of another system, or of an extra's extra
                    continue
                waiting.append((canonicalize_name(one.name), frozenset(one.extras)))


def bill() -> Bom:
    """The components and who needs whom; raises PackageNotFoundError when the package is not installed."""
    bom, root = Bom(), _component(distribution(ROOT), ComponentType.APPLICATION)
    bom.metadata.component = root
    known = {canonicalize_name(ROOT): root}
    for package, other in needed(ROOT):
        for one in (package, other):
            known.setdefault(canonicalize_name(one.name), _component(one, ComponentType.LIBRARY))
        bom.register_dependency(known[canonicalize_name(package.name)], [known[canonicalize_name(other.name)]])
    bom.components.update(one for one in known.values() if one is not root)
    return bom


def _component(package: Distribution, kind: ComponentType) -> Component:
    url = PackageURL("pypi", name=canonicalize_name(package.name), version=package.version)
    return Component(name=package.name, version=package.version, type=kind, purl=url, bom_ref=str(url))


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(JsonV1Dot6(bill()).output_as_string(indent=1) + "\n", "utf-8")
