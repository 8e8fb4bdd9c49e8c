"""The original, timed as measure.ts does it: warm first, then the best of several samples, in nanoseconds.

Its figures contain the loop, as those of the others do.
"""

import json
import random
import sys
import time
from contextvars import Context, ContextVar, copy_context
from itertools import cycle, islice


def over(count, body):
    """A loop over `count` variables, in a context that holds them all."""
    context = Context()
    variables = [ContextVar("variable %d" % n) for n in range(count)]
    for n, variable in enumerate(variables):
        context.run(variable.set, n)
    random.shuffle(variables)
    return lambda times: context.run(body, times, variables)


def get(times, variables):
    a, b, c, d = variables
    for _ in range(times // 4):
        a.get()
        b.get()
        c.get()
        d.get()


def set_and_reset(times, variables):
    variable = variables[0]
    for i in range(times):
        token = variable.set(i)
        variable.reset(token)


def copy(times, variables):
    for _ in range(times):
        copy_context()


def run(times, variables):
    context = copy_context()

    def nothing():
        return 1

    for _ in range(times):
        context.run(nothing)


def set_(times, variables):
    for i, variable in enumerate(islice(cycle(variables), times)):
        variable.set(i)


def copy_and_set(times, variables):
    for i, variable in enumerate(islice(cycle(variables), times)):
        copy_context()
        variable.set(i)


operations = {
    "get": (4, get),
    "set + reset": (4, set_and_reset),
    "copy": (4, copy),
    "run": (4, run),
    "set among 10": (10, set_),
    "set among 10,000": (10000, set_),
    "copy + set among 10": (10, copy_and_set),
    "copy + set among 10,000": (10000, copy_and_set),
}


def timed(loop, times):
    begin = time.perf_counter()
    loop(times)
    return (time.perf_counter() - begin) * 1e3


def measure(loop, effort):
    begin = time.perf_counter()
    times = 1
    while True:
        took = timed(loop, times)
        warm = (time.perf_counter() - begin) * 1e3 >= effort["warmUp"]
        if warm and took >= effort["sample"] / 2:
            break
        if took < effort["sample"] / 2:
            times *= 2
    times = max(4, int(times * effort["sample"] / took))
    return min(timed(loop, times) / times for _ in range(effort["samples"])) * 1e6


effort = json.loads(sys.argv[1])
order = random.sample(list(operations), len(operations))
print(json.dumps({name: measure(over(*operations[name]), effort) for name in order}))
