"""What the workbook is made with, as a CycloneDX 1.6 file: `dist/sbom.cdx.json`, from the lock.

Needs nothing but Python. The same lock gives the same bytes: no time, no name of a machine or host.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import tomllib
import uuid
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements.lock"
TARGET = ROOT / "dist" / "sbom.cdx.json"
_PIN = re.compile(r"(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;]+)(?: ; (?P<marker>[^\\\n]+))?")


def sbom(lock: str, project: dict[str, Any]) -> dict[str, Any]:
    """The whole file: the workbook, each pinned package with the hashes of its files."""
    components = [*map(_package, re.split(r"\n(?=[A-Za-z0-9])", lock.strip()))]
    content = hashlib.sha256(json.dumps(components, sort_keys=True).encode()).hexdigest()
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, content)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": f"pkg:pypi/{project['name']}@{project['version']}",
                "name": project["name"],
                "version": project["version"],
                "purl": f"pkg:pypi/{project['name']}@{project['version']}",
                "licenses": [{"license": {"id": project["license"]}}],
            }
        },
        "components": components,
    }


def _package(block: str) -> dict[str, Any]:
    found = _PIN.match(block)
    if found is None:
        raise ValueError(f"No pin of a version: {block[:60]!r}")
    name = re.sub(r"[-_.]+", "-", found["name"]).lower()
    marker = (found["marker"] or "").strip()
    purl = f"pkg:pypi/{name}@{found['version']}"
    hashes = sorted(set(re.findall(r"--hash=sha256:([0-9a-f]{64})", block)))
    return {
        "type": "library",
        "bom-ref": f"{purl}#{hashlib.sha256(marker.encode()).hexdigest()[:8]}" if marker else purl,
        "name": name,
        "version": found["version"],
        "purl": purl,
        # One for each file that is published of this version.
        "hashes": [{"alg": "SHA-256", "content": one} for one in hashes],
        **({"properties": [{"name": "workbook:marker", "value": marker}]} if marker else {}),
    }


def main() -> int:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    made = sbom(LOCK.read_text(encoding="utf-8"), project)
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
    print(f"{len(made['components'])} components in {TARGET}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
