"""A server gives back what it no longer needs, and its threads share few pools of memory."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
POOLS = """
import sys, threading
from factcheck.server import memory
if sys.argv[1] == "few":
    memory.keep_few_pools()
ready = threading.Barrier(7)
done = threading.Event()
def work():
    kept = [bytearray(100_000) for _ in range(10)]
    ready.wait()
    done.wait()
threads = [threading.Thread(target=work) for _ in range(6)]
for one in threads:
    one.start()
ready.wait()
import ctypes
libc = ctypes.CDLL("libc.so.6")
libc.fopen.restype, libc.fopen.argtypes = ctypes.c_void_p, [ctypes.c_char_p, ctypes.c_char_p]
libc.malloc_info.argtypes, libc.fclose.argtypes = [ctypes.c_int, ctypes.c_void_p], [ctypes.c_void_p]
out = libc.fopen(sys.argv[2].encode(), b"w")
libc.malloc_info(0, out)
libc.fclose(out)
done.set()
"""
FREED = """
import psutil
from factcheck.server.memory import give_back
process = psutil.Process()
pieces = [bytes([n % 256]) * 5_000 for n in range(20_000)]
kept = pieces[::100]
del pieces
before = process.memory_info().rss
give_back()
print((before - process.memory_info().rss) / 1e6)
"""

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only glibc is told")


def python(script: str, *arguments: str) -> str:
    command = [sys.executable, "-c", script, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def test_threads_share_few_pools(tmp_path: Path) -> None:
    pools = {}
    for how in ("few", "as many as there are"):
        told = tmp_path / f"{how}.xml"
        python(POOLS, how, str(told))
        pools[how] = told.read_text().count("<heap nr=")
    assert pools["few"] == 2
    assert pools["as many as there are"] > 2


def test_what_is_free_goes_back() -> None:
    assert float(python(FREED)) > 50
