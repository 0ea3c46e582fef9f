import asyncio
from tests.benchmarks.servers import running_machine
from tests.benchmarks.figures import full
from tests.benchmarks import votes, scores
import sys
with running_machine() as m:
    for g in (votes, scores):
        for f in asyncio.run(g.measure(m, full(int(sys.argv[1])))): print(f, f.ratio)
