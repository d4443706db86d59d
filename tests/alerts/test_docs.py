"""What docs/alerts.md shows works as it stands there."""

import json
import re
import subprocess
import time
from pathlib import Path
from typing import Any

import msgspec
import pytest

from pista.alerts.webhook import Message, signature

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/alerts.md").read_text()
SECRET = "whsec_example"
BODY = '{"about":"fired","rule":{"name":"¿Sin ventas?"}}'.encode()


def block(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    assert found is not None
    return found[1]


def cases() -> list[tuple[bool, str, str, bytes]]:
    """What is true, and what somebody else might send."""
    now = int(time.time())
    good = signature(SECRET, BODY, now)
    return [
        (True, SECRET, good, BODY),
        (True, SECRET, signature(SECRET, BODY, now - 250), BODY),
        (False, SECRET, signature(SECRET, BODY, now - 400), BODY),
        (False, SECRET, signature(SECRET, BODY, now + 400), BODY),
        (False, "whsec_other", good, BODY),
        (False, SECRET, good, BODY.replace(b"fired", b"ended")),
        (False, SECRET, good.replace(f"t={now}", f"t={now + 1}"), BODY),
        (False, SECRET, good[:-2], BODY),
        (False, SECRET, f"t={now},v1=", BODY),
        (False, SECRET, f"t={now}", BODY),
        (False, SECRET, "", BODY),
        (False, SECRET, "nonsense", BODY),
        (False, SECRET, "t=x,v1=y", BODY),
    ]


def test_the_python_check_works():
    """
    True for what Pista signs, and for nothing else.
    """
    names: dict[str, Any] = {}
    exec(block("python"), names)

    for expected, secret, header, body in cases():
        assert names["is_from_pista"](secret, header, body) is expected, header


def test_the_node_check_works(tmp_path: Path):
    """
    The same, in Node.
    """
    (tmp_path / "check.mjs").write_text(block("js"))
    (tmp_path / "run.mjs").write_text(
        'import { isFromPista } from "./check.mjs";\n'
        "const cases = JSON.parse(process.argv[2]);\n"
        "const said = cases.map(([secret, header, body]) =>\n"
        '  isFromPista(secret, header, Buffer.from(body, "utf8")));\n'
        "console.log(JSON.stringify(said));\n"
    )
    asked = [(secret, header, body.decode()) for _, secret, header, body in cases()]

    done = subprocess.run(
        [ROOT / "scripts/node", "node", str(tmp_path / "run.mjs"), json.dumps(asked)],
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )

    assert json.loads(done.stdout) == [expected for expected, *_ in cases()]


def test_the_message_is_as_shown():
    """
    Every field, and no other.
    """
    shown = json.loads(block("json"))

    message = msgspec.convert(shown, Message, strict=True)

    assert json.loads(msgspec.json.encode(message)) == shown
    assert list(shown) == list(Message.__struct_encode_fields__)


@pytest.mark.parametrize("number", ["10,080", "100 rules", "31 days", "ten seconds"])
def test_the_limits_are_named(number: str):
    assert number in PAGE
