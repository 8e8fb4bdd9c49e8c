"""Runs programs in CPython and says what came of each step: the reference. Its twin is interpret.ts: change both.

One program per line on stdin, as JSON; one trace per line on stdout. The first line says the version.
Needs Python 3.8. Before 3.14 a token is no context manager: there a scope is written out as try and finally.
"""

import json
import platform
import sys
from contextvars import Context, ContextVar, Token, copy_context


class Raised(Exception):
    """What `raise` throws: it passes through everything but `try`."""


class NoSuch(Exception):
    """Nothing of the kind was made yet."""


def pick(things, index):
    if not things:
        raise NoSuch
    return things[index % len(things)]


def shown(value):
    return "MISSING" if value is Token.MISSING else value


class Interpreter:
    def __init__(self):
        self.trace = []
        self.variables = []
        self.contexts = []
        self.tokens = []
        self.generators = []
        self.running = set()
        self.over = False

    def run(self, program):
        Context().run(self.attempt, program)
        # Generators that are left are closed when they are collected: that is no part of the program.
        self.over = True
        return self.trace

    def attempt(self, body):
        try:
            self.all(body)
        except Raised:
            self.trace.append("!Raised")

    def all(self, body):
        if self.over:
            return
        for name, *arguments in body:
            try:
                outcome = getattr(self, "do_" + name.replace(" ", "_"))(*arguments)
            except Raised:
                raise
            except Exception as error:
                outcome = self.failure(error)
            if outcome is not None:
                self.trace.append(outcome[0])

    # Each says its outcome in a tuple of one, or None where its parts have said it all, or where it makes something.

    def do_variable(self, *default):
        self.variables.append(ContextVar("v", default=default[0]) if default else ContextVar("v"))

    def do_get(self, variable, *fallback):
        return (shown(pick(self.variables, variable).get(*fallback)),)

    def do_set(self, variable, value):
        self.tokens.append(pick(self.variables, variable).set(value))

    def do_set_missing(self, variable):
        self.do_set(variable, Token.MISSING)

    def do_reset(self, token):
        token = pick(self.tokens, token)
        token.var.reset(token)
        return ("reset",)

    def do_reset_of(self, variable, token):
        pick(self.variables, variable).reset(pick(self.tokens, token))
        return ("reset",)

    def do_reset_junk(self, variable):
        return (pick(self.variables, variable).reset(None),)

    def do_old_value(self, token):
        return (shown(pick(self.tokens, token).old_value),)

    def do_token_variable(self, token):
        return (self.number(pick(self.tokens, token).var),)

    def do_scope(self, variable, value, body):
        token = pick(self.variables, variable).set(value)
        self.tokens.append(token)
        if sys.version_info >= (3, 14):
            with token:
                self.all(body)
        else:
            try:
                self.all(body)
            finally:
                token.var.reset(token)

    def do_new_context(self):
        self.contexts.append(Context())

    def do_copy_context(self):
        self.contexts.append(copy_context())

    def do_copy(self, context):
        self.contexts.append(pick(self.contexts, context).copy())

    def do_run(self, context, body):
        pick(self.contexts, context).run(self.all, body)
        return ("ran",)

    def do_run_nothing(self, context):
        return (pick(self.contexts, context).run(),)

    def do_run_junk(self, context):
        return (pick(self.contexts, context).run(1),)

    def do_run_get(self, context, variable):
        variable = pick(self.variables, variable)
        return (shown(pick(self.contexts, context).run(variable.get)),)

    def do_run_set(self, context, variable, value):
        variable = pick(self.variables, variable)
        self.tokens.append(pick(self.contexts, context).run(variable.set, value))

    def do_run_reset(self, context, token):
        token = pick(self.tokens, token)
        pick(self.contexts, context).run(token.var.reset, token)
        return ("reset",)

    def do_size(self, context):
        return (len(pick(self.contexts, context)),)

    def do_has(self, context, variable):
        return (pick(self.variables, variable) in pick(self.contexts, context),)

    def do_look(self, context, variable, *fallback):
        context = pick(self.contexts, context)
        return (shown(context.get(pick(self.variables, variable), *fallback)),)

    def do_item(self, context, variable):
        context = pick(self.contexts, context)
        return (shown(context[pick(self.variables, variable)]),)

    def do_look_junk(self, context):
        return (pick(self.contexts, context).get(1),)

    def do_entries(self, context):
        return (self.in_order(pick(self.contexts, context).items()),)

    def do_iterate(self, context, of, meanwhile):
        context = pick(self.contexts, context)
        iterator = iter({"keys": context.keys, "values": context.values, "entries": context.items}[of]())
        self.all(meanwhile)
        if of == "entries":
            return (self.in_order(iterator),)
        if of == "keys":
            return (self.in_order((variable, None) for variable in iterator),)
        return (sorted(json.dumps(shown(value)) for value in iterator),)

    def do_equals(self, context, other):
        return (pick(self.contexts, context) == pick(self.contexts, other),)

    def do_equals_junk(self, context):
        return (pick(self.contexts, context) == {},)

    def do_generator(self, bodies, last):
        self.generators.append(self.generate(bodies, last))

    def do_next(self, generator):
        return self.resume(generator, lambda generator: next(generator, "done"))

    def do_close(self, generator):
        return self.resume(generator, lambda generator: generator.close() or "closed")

    def do_raise(self):
        raise Raised

    def do_try(self, body):
        self.attempt(body)

    def generate(self, bodies, last):
        try:
            for body in bodies:
                self.all(body)
                yield "yielded"
        finally:
            self.all(last)

    def resume(self, index, how):
        generator = pick(self.generators, index)
        if generator in self.running:
            return ("running",)
        self.running.add(generator)
        try:
            return (how(generator),)
        finally:
            self.running.discard(generator)

    def in_order(self, entries):
        return sorted(([self.number(variable), shown(value)] for variable, value in entries), key=lambda entry: entry[0])

    def number(self, variable):
        return next(number for number, known in enumerate(self.variables) if known is variable)

    def failure(self, error):
        if isinstance(error, NoSuch):
            return ("nothing there",)
        variable = " %d" % self.number(error.args[0]) if isinstance(error, LookupError) else ""
        return ("!" + type(error).__name__ + variable,)


print(platform.python_version(), flush=True)
for line in sys.stdin:
    print(json.dumps(Interpreter().run(json.loads(line))), flush=True)
