"""Says what the real cvpickle does: random programs, one JSON object per line, each step with what came of it.

    PYTHONPATH=<where cvpickle.py is> python3 test/reducer/reference.py > test/reducer/traces/cvpickle.json

Its twin is reference.test.ts: change both. cvpickle 0.0.1 needs a Python before 3.14.
"""

import copyreg
import json
import pickle
import platform
import random
import sys
import types
from contextvars import Context, ContextVar, copy_context

import cvpickle

PROGRAMS, STEPS = 60, 14

VARIABLES = [ContextVar(name) for name in ["a", "b", "c", "a", "d", "loose"]]
MODULES = {name: types.ModuleType(name) for name in ["one", "two"]}
MODULES["one"].a = VARIABLES[0]
MODULES["one"].b = VARIABLES[1]
MODULES["one"].Box = type("Box", (), {"c": VARIABLES[2], "size": 7})
MODULES["one"].number = 7
MODULES["two"].a = VARIABLES[3]
MODULES["two"].d = VARIABLES[4]
sys.modules.update(MODULES)

QUALNAMES = [None, None, None, "a", "b", "d", "Box.c", "Box.size", "number", "Box.<locals>.c", "missing", "a.b", ""]
VALUES = [0, 1, "x", "", None, True, [1, [2]], {"k": [None]}, 1.5]


def held(context):
    return sorted(([VARIABLES.index(variable), value] for variable, value in context.items()), key=lambda pair: pair[0])


def step(chance):
    variable = chance.randrange(len(VARIABLES))
    kind = chance.choice(["register", "register", "register", "deregister", "set", "set", "reduce", "load", "there and back"])
    if kind == "register":
        what = chance.choice([variable] * 9 + ["no variable"])
        module = chance.choice(["one", "two", "one", "two", "nowhere"])
        qualname = chance.choice(QUALNAMES)
        # What is registered unseen stands under a name that nothing has: two of one name have no order in a dict of Python's.
        if chance.random() < 0.1 and module != "nowhere":
            return [kind, what, module, False, "ghost%d" % variable, False]
        return [kind, what, module, module != "nowhere" and chance.random() < 0.5, qualname, True]
    if kind == "deregister":
        return [kind, variable]
    if kind == "set":
        return [kind, variable, chance.choice(VALUES)]
    if kind == "load":
        paths = [("one", "a"), ("one", "b"), ("one", "Box.c"), ("two", "a"), ("two", "d")]
        bad = [("one", "number"), ("one", "Box"), ("one", "missing"), ("two", "Box.c"), ("nowhere", "a")]
        chosen = chance.sample(paths, chance.randrange(4)) + chance.sample(bad, chance.choice([0, 0, 1]))
        return [kind, chance.random() < 0.5, [[*path, chance.choice(VALUES)] for path in chosen]]
    return [kind]


def outcome(reducer, context, kind, *args):
    if kind == "register":
        what, module, as_object, qualname, validate = args
        variable = VARIABLES[what] if isinstance(what, int) else what
        module = MODULES[module] if as_object else module
        reducer.register_contextvar(variable, module, qualname, validate=validate)
        return sorted([VARIABLES.index(known), *path] for known, path in reducer.picklable_contextvars.items())
    if kind == "deregister":
        reducer.deregister_contextvar(VARIABLES[args[0]])
        return len(reducer.picklable_contextvars)
    if kind == "set":
        context.run(VARIABLES[args[0]].set, args[1])
        return held(context)
    if kind == "reduce":
        _, (cls, mapping) = reducer(context)
        return [cls is not None, sorted(([*path, value] for path, value in mapping.items()), key=lambda entry: entry[:2])]
    if kind == "load":
        over, values = args
        factory, _ = reducer(context)
        mapping = {(module, qualname): value for module, qualname, value in values}
        return held(context.run(factory, copy_context if over else None, mapping))
    copyreg.dispatch_table[Context] = reducer
    try:
        data = pickle.dumps(context)
        return held(context.run(pickle.loads, data))
    finally:
        del copyreg.dispatch_table[Context]


def run(seed):
    chance = random.Random(seed)
    copying, automatic = seed % 2 == 1, seed % 3 == 0
    reducer = cvpickle.ContextReducer(auto_register=automatic, factory_is_copy_context=copying)
    context = Context()
    steps = []
    for _ in range(STEPS):
        this = step(chance)
        try:
            came = outcome(reducer, context, *this)
        except Exception as error:
            came = "!" + type(error).__name__
        steps.append([this, came, reducer.auto_register])
    return {"copying": copying, "automatic": automatic, "steps": steps}


print('{"python": "%s", "cvpickle": "0.0.1", "programs": [' % platform.python_version())
print(",\n".join(json.dumps(run(seed)) for seed in range(PROGRAMS)))
print("]}")
