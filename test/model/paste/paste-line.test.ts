// Lines of the source, and what becomes of them: where the call is recognised with certainty, and where it is not.

import { describe, expect, test } from 'vitest'
import { type ChangeKind, change } from '../../../panel/model/fix'
import { pasteLine } from '../../../panel/model/paste/paste-line'
import { SourceText } from '../../../panel/model/paste/source-text'

/** The line that `>` marks is the one to change; `=` marks the set whose words it needs, `-` lines that lose their reset. */
function pasted(kind: ChangeKind, drawing: string, name = 'user') {
  const rows = drawing.split('\n')
  const source = new SourceText(rows.map((row) => row.slice(1)).join('\n'))
  const numbersOf = (mark: string) => rows.flatMap((row, index) => (row.startsWith(mark) ? [index + 1] : []))
  const [line = 0] = numbersOf('>')
  const [set] = numbersOf('=')
  return pasteLine(
    change(kind, null, { name }),
    { source, line },
    {
      set: set === undefined ? null : { source, line: set },
      dropped: numbersOf('-'),
    },
  )
}

const inFunction = (...lines: string[]) => [' async function serve() {', ...lines, ' }'].join('\n')
const template = { using: 'using _token = user.set(value)' }

describe('a set', () => {
  test.each<[string, string, string]>([
    ['as a statement', '>  user.set(x);', '  using _token = user.set(x);'],
    ['without a semicolon', '>  user.set(x)', '  using _token = user.set(x)'],
    ['with a comment', '>  user.set(x); // who asks', '  using _token = user.set(x); // who asks'],
    ['as a constant', '>  const token = user.set(x)', '  using _token = user.set(x)'],
    ['as a constant of any name', '>  const _u = user.set(f(1, "a)"));', '  using _u = user.set(f(1, "a)"));'],
    ['with a type', '>  const t: Token<string> = user.set(x)', '  using _t: Token<string> = user.set(x)'],
    ['of a member', '>  this.#user.set(x)', '  using _token = this.#user.set(x)'],
    ['with tabs', '>\tuser.set(x)\n \twork()', '\tusing _token = user.set(x)'],
    ['that goes on for lines', '>  user.set({\n     id: 1,\n   })', '  using _token = user.set({'],
    ['after a line without a semicolon', '   work(a)\n>  user.set(x)', '  using _token = user.set(x)'],
    ['after a block', '   if (a) {\n     b()\n   }\n>  user.set(x)', '  using _token = user.set(x)'],
    ['after a comment', '   work(a);\n   // if (a)\n>  user.set(x);', '  using _token = user.set(x);'],
    ['where `_token` is another', '   const _token = 1;\n>  user.set(x);', '  using _userToken = user.set(x);'],
    [
      'where all its names are taken',
      '   const _token = _userToken + _userToken2;\n>  user.set(x);',
      '  using _userToken3 = user.set(x);',
    ],
    [
      'where another function resets a token of that name',
      '>  const token = user.set(x);\n   work()\n\n }\n function other() {\n   user.reset(token);',
      '  using _token = user.set(x);',
    ],
    ['where a value is returned', '>  user.set(x)\n   return user.get()', '  using _token = user.set(x)'],
    [
      'where what was awaited is returned',
      '>  user.set(x)\n   const a = await work()\n   return a',
      '  using _token = user.set(x)',
    ],
    ['where what is returned is awaited', '>  user.set(x)\n   return await work()', '  using _token = user.set(x)'],
    [
      'where its work is a loop, or is tried',
      '   for (const x of xs) {\n     try {\n>      user.set(x)\n       await work()\n     } finally {\n     }\n   }',
      '      using _token = user.set(x)',
    ],
    [
      'where the resets of its token are all that follows',
      '>  const token = user.set(x);\n-  user.reset(token);\n-  user.reset(token);',
      '  using _token = user.set(x);',
    ],
    [
      'where the resets of its token go',
      '>  const token = user.set(x);\n   work();\n-  user.reset(token);',
      '  using _token = user.set(x);',
    ],
  ])('%s', (_, lines, line) => {
    const made = pasted('using', inFunction(lines.includes('-') ? lines : `${lines}\n   await work()`))
    expect(made).toEqual({
      old: lines
        .split('\n')
        .find((row) => row.startsWith('>'))
        ?.slice(1),
      line,
      atTop: false,
      importing: null,
    })
  })

  test.each<[string, string]>([
    ['at the top level, where it is meant to stay', '>user.set(x)'],
    ['whose token is kept', inFunction('>  this.token = user.set(x)')],
    ['that is handed on', inFunction('>  return user.set(x)')],
    ['among others', inFunction('>  user.set(x), lang.set(y)')],
    ['that the next line goes on with', inFunction('>  user.set(x)\n     , lang.set(y)')],
    ['that the next line goes on with, after a comment', inFunction('>  user.set(x) // a\n     .foo()')],
    ['behind a condition', inFunction('>  if (a) user.set(x)')],
    ['below a condition', inFunction('   if (a)\n>    user.set(x)')],
    ['below a condition, without indentation', inFunction('   if (a)\n>  user.set(x)')],
    ['below else', inFunction('   if (a) b()\n   else\n>  user.set(x)')],
    ['in a case', inFunction('   switch (a) {\n     case 1:\n>      user.set(x)\n   }')],
    ['in a case, without indentation', inFunction('   switch (a) {\n   case 1:\n   b();\n>  user.set(x);\n   }')],
    ['in the head of a loop', inFunction('   for (let i = 0;\n>  user.set(x);\n   i++) b()')],
    [
      'in the head of a loop, line by line',
      inFunction('   for (\n     let i = 0;\n>    user.set(x);\n     i++\n   ) b()'),
    ],
    ['among lines that are indented in another way', inFunction('\t\t\twork();\n>  user.set(x);')],
    ['as an argument', inFunction('   work(\n>    user.set(x)\n   )')],
    ['as the rest of a line', inFunction('   a =\n>  user.set(x)')],
    ['in a template', inFunction(`   \`\${[\n>  user.set(x)\n   ]}\``)],
    ['of which one is within the other', inFunction('>  user.set(lang.set(x))')],
    ['whose end is not certain', inFunction('>  user.set(/[)]/.test(x))')],
    ['whose end is not in sight', inFunction(`>  user.set(\`\${x}\`)`)],
    [
      'whose token is reset in a block that stays',
      inFunction('>  const token = user.set(x)\n\n   if (a) {\n     user.reset(token)\n   }'),
    ],
    ['whose token is reset in a line that stays', inFunction('>  const token = user.set(x)\n   user.reset(token)')],
    ['that is the last of its function', inFunction('>  user.set(x)\n   // from now on')],
    ['that is the last of a block', inFunction('   {\n>    user.set(x);\n   }\n   await work()')],
    ['of a condition', inFunction('   if (x) {\n>    user.set(x)\n     note(x)\n   }\n   await work()')],
    [
      'of another condition',
      inFunction('   if (a) {\n   } else {\n>    user.set(x)\n     note(x)\n   }\n   await work()'),
    ],
    ['whose work is returned', inFunction('>  user.set(x)\n   return work()')],
    ['whose work is returned in a block', inFunction('>  user.set(x)\n   if (a) {\n     return { a: work() }\n   }')],
    ['whose work is returned by its name', inFunction('>  user.set(x)\n   const w = work()\n   return w')],
    ['whose work is returned in several lines', inFunction('>  user.set(x)\n   return client\n     .query(x)')],
    ['whose work is returned on a condition', inFunction('>  user.set(x)\n   return ok\n     ? work()\n     : null')],
    ['whose work is a template', inFunction('>  user.set(x)\n   return sql`select`')],
    ['whose token somebody else has', inFunction('>  const token = user.set(x)\n   this.tokens.push(token)')],
    ['that a setter ends with', inFunction('>  user.set(x)\n   return this')],
    [
      'that is left at once',
      inFunction('   for (const x of xs) {\n>    user.set(x);\n     break;\n   }\n   await work()'),
    ],
    [
      'of a case with a block',
      inFunction('   switch (a) {\n     case 1: {\n>      user.set(x);\n       note(x);\n     }\n   }'),
    ],
    [
      'that is tried before the work',
      inFunction('   try {\n>    user.set(x);\n     note(x);\n   } catch {\n     note(1)\n   }\n   await work()'),
    ],
    ['whose work nobody waits for', inFunction('>  user.set(x)\n   void work()')],
    ['whose work goes on in a callback', inFunction('>  user.set(x)\n   work().then(done)')],
    ['whose token is returned', inFunction('>  const token = user.set(x)\n   return token')],
    [
      'whose reset is done when the function is over',
      inFunction('>  const token = user.set(x)\n   work().then(() => {\n-    user.reset(token)\n   })\n   note(x)'),
    ],
    [
      'whose reset is done when nobody waits any more',
      inFunction('>  const token = user.set(x)\n-  void work().finally(() => user.reset(token))\n   note(x)'),
    ],
    [
      'whose reset is done in another function',
      inFunction('>  const token = user.set(x)\n   note(x)\n }\n leave(token) {\n-  user.reset(token)'),
    ],
    ['of two names', inFunction('>  const a = user.set(x), b = 1')],
    ['that may be set again', inFunction('>  let token = user.set(x)')],
    ['of super', inFunction('>  super.user.set(x)')],
    ['in a line of a machine', inFunction(`>  user.set("${'x'.repeat(300)}")`)],
    ['in a line that misleads', inFunction('>  user.set("\u202e")')],
    ['that is not there', inFunction('>  work()')],
  ])('is a pattern %s', (_, drawing) => {
    expect(pasted('using', drawing)).toEqual({ old: null, line: template.using, atTop: false, importing: null })
  })
})

describe('a reset that goes away', () => {
  test.each<[string, string, string | null]>([
    ['as a statement', '>  user.reset(token);', null],
    ['with a comment', '>  user.reset(token) // undo', null],
    ['in a callback', '>  await done.finally(() => user.reset(token))', '  await done.finally(() => {})'],
    [
      'in a callback of what is returned',
      '>  return done.finally(() => user.reset(token))',
      '  return await done.finally(() => {})',
    ],
    [
      'in a callback of what a block of an async function returns',
      '   f(() => {})\n   const g = async (a = {}): Promise<void> => {\n     try {\n>      return done.finally(() => user.reset(token))\n     } catch {}\n   }',
      '      return await done.finally(() => {})',
    ],
    ['in a block', '>  try { a() } finally { user.reset(token); }', '  try { a() } finally {}'],
  ])('%s', (_, lines, line) => {
    expect(pasted('drop-reset', inFunction(lines))).toMatchObject({ old: /^>(.*)$/m.exec(lines)?.[1], line })
  })

  test.each<[string, string]>([
    ['below a condition', '   if (a)\n>    user.reset(token)'],
    ['behind a condition', '>  if (a) user.reset(token)'],
    ['that returns', '>  return user.reset(token)'],
    ['of a callback that goes on', '>  then(() => user.reset(token)\n     || b)'],
    ['in a template', `>  log(\`\${ user.reset(token) }\`)`],
    ['of several', '>  user.reset(a); lang.reset(b)'],
    ['that the next line goes on with', '>  user.reset(token)\n     ?.foo()'],
    [
      'of what a function returns that cannot await',
      '   f(() => {\n>    return done.finally(() => user.reset(token))\n   })',
    ],
    [
      'of what is returned in a block of one',
      '   f(() => {\n     if (a) {\n>      return done.finally(() => user.reset(token))\n     }\n   })',
    ],
    [
      'of what is returned, with a brace that lies',
      '   f(() => {\n>  return done.finally(() => user.reset(token))\n   })',
    ],
  ])('is left to the person %s', (_, lines) => {
    expect(pasted('drop-reset', inFunction(lines))).toMatchObject({ old: null, line: null })
  })
})

describe('other lines', () => {
  test.each<[ChangeKind, string, string, string | null]>([
    ['reset', '=  const t = lang.set(x)\n>  user.reset(t)', '  lang.reset(t)', null],
    [
      'reset',
      '=  const t = lang.set(x)\n>  done.then(() => this.user.reset(t))',
      '  done.then(() => lang.reset(t))',
      null,
    ],
    ['task', '>  user(a)', '  createTask(() => user(a))', 'createTask'],
    ['task', '>  void desk.user(a); // go', '  void createTask(() => desk.user(a)); // go', 'createTask'],
    [
      'task',
      '>  const x = await user(a, f(b));',
      '  const x = await createTask(() => user(a, f(b))).result;',
      'createTask',
    ],
    ['task', '   all([\n>    user(a)\n   ])', '    createTask(() => user(a)).result', 'createTask'],
    [
      'task',
      '>  await Promise.all([user(a), other.user(b, c),])',
      '  await gather(() => user(a), () => other.user(b, c))',
      'gather',
    ],
    [
      'set-in-task',
      '>  const t = createTask(send, { name: "s" })\n=  using _u = user.set({ id: 5, name: \'M\' })',
      '  const t = createTask(() => { user.set({ id: 5, name: \'M\' }); return send() }, { name: "s" })',
      null,
    ],
    ['await', '>  await createTask(signIn, { name: "a" }).result;', '  await signIn();', null],
    ['await', '>  const x = await createTask(() => signIn(a, [b])).result', '  const x = await signIn(a, [b])', null],
    ['copy', '>  own.run(() => a())', '  own.copy().run(() => a())', null],
    ['copy', '>  contexts[0]?.run(a)', '  contexts[0]?.copy().run(a)', null],
    ['inherit', '>  const own = new Context()', '  const own = copyContext()', 'copyContext'],
    ['inherit-in-task', '>  spawn(work)', '  createTask(work)', 'createTask'],
    [
      'wrap',
      ">  bell.addEventListener('click', answer, { once: true }) // ring",
      "  bell.addEventListener('click', wrap(answer), { once: true }) // ring",
      'wrap',
    ],
    ['anew', '>  this.timer = user(work, f(1))', '  this.timer = new Context().run(() => user(work, f(1)))', 'Context'],
    [
      'anew',
      '>  const on = () => port.user(a, { once: true })',
      '  const on = () => new Context().run(() => port.user(a, { once: true }))',
      'Context',
    ],
    [
      'default',
      ">  const user = new ContextVar<string>('user')",
      "  const user = new ContextVar<string | null>('user', { default: null })",
      null,
    ],
    [
      'default',
      '>  user: new ContextVar<{ id: Map<number, A | null> }>(NAME,), // who',
      '  user: new ContextVar<{ id: Map<number, A | null> }>(NAME, { default: null }), // who',
      null,
    ],
    [
      'default',
      ">  const user = new ContextVar<A | null>('user')",
      "  const user = new ContextVar<A | null>('user', { default: null })",
      null,
    ],
    [
      'default',
      ">  const user = new ContextVar('user')",
      "  const user = new ContextVar('user', { default: null })",
      null,
    ],
    [
      'freeze',
      ">  const cart = new ContextVar('cart', { default: [] })",
      "  const cart = new ContextVar('cart', { default: Object.freeze([]) })",
      null,
    ],
    [
      'freeze',
      ">  const cart = new ContextVar<string[]>('cart', { default: [] })",
      "  const cart = new ContextVar<readonly string[]>('cart', { default: Object.freeze([]) })",
      null,
    ],
    [
      'freeze',
      ">  const cart = new ContextVar<Cart>('cart', { default: { items: [] } })",
      "  const cart = new ContextVar<Cart>('cart', { default: Object.freeze({ items: [] }) })",
      null,
    ],
    [
      'once',
      ">  const user = new ContextVar<string>('user', { default: 'a' })",
      "const user = new ContextVar<string>('user', { default: 'a' })",
      null,
    ],
    ['once', "   // a user\n>  return new ContextVar('user')", "const user = new ContextVar('user')", null],
    ['once', "   user();\n>  return new ContextVar('user')", "const userVar = new ContextVar('user')", null],
  ])('%s: %s', (kind, lines, line, needs) => {
    const made = pasted(kind, inFunction(lines))
    expect(made.old).toBe(
      lines
        .split('\n')
        .find((row) => row.startsWith('>'))
        ?.slice(1),
    )
    expect(made.line).toBe(line)
    expect(made.importing).toBe(
      needs === null
        ? null
        : `import { ${needs} } ${'from'} 'contextvars-devtools${/Context/.test(needs) ? '' : '/async'}'`,
    )
    expect(made.atTop).toBe(kind === 'once')
  })

  test('what the file imports already needs no import', () => {
    expect(pasted('task', ` import { createTask } from 'x'\n${inFunction('>  user(a)')}`).importing).toBeNull()
  })

  test('what a comment speaks of is not imported by it', () => {
    const comments = ' // `createTask` would do\n /* so would\n * createTask(), as ever */\n'
    expect(pasted('task', `${comments}${inFunction('>  user(a)')}`).importing).toContain('createTask')
  })

  test.each<[ChangeKind, string]>([
    ['reset', '=  lang.get()\n>  user.reset(t)'],
    ['reset', '>  user.reset(t)'],
    ['reset', '=  this.lang.set(x)\n>  user.reset(t)'],
    ['reset', '=  lang.set(x)\n>  get().reset(t)'],
    ['reset', '=  lang.set(x)\n>  user.reset(lang.reset(t))'],
    ['task', '>  user(await a)'],
    ['task', '>  user(arguments)'],
    ['task', '>  new user(a)'],
    ['task', '>  function user(a) {}'],
    ['task', '>  x = { user(a) {} }'],
    ['task', '>  x = async user(a) => b'],
    ['task', '>  f(user(a), user(b))'],
    ['task', '>  get().user(a)'],
    ['task', '>  user(`a)'],
    ['task', '>  @user(a)'],
    ['task', '>  work()'],
    ['task', '>  Promise.all([user(a), await user(b)])'],
    ['task', '>  Promise.all([user(a), ...user(b)])'],
    ['set-in-task', '>  createTask(send)\n=  user.set(next())'],
    ['set-in-task', '>  createTask(send)\n=  user.set(await x)'],
    ['set-in-task', '>  createTask(() => send())\n=  user.set(x)'],
    ['set-in-task', '>  createTask(send)'],
    ['await', '>  const t = createTask(signIn)'],
    ['await', '>  createTask(signIn).result'],
    ['await', '>  await createTask(() => { a() }).result'],
    ['await', '>  await createTask(signIn).resultOf'],
    ['await', '>  await createTask(this).result'],
    ['copy', '>  a.run(() => b.run(c))'],
    ['copy', '>  run(a)'],
    ['inherit', '>  f(new Context(), new Context())'],
    ['anew', '>  user(await a)'],
    ['wrap', ">  bell.addEventListener('click', () => a())"],
    ['wrap', '>  bell.addEventListener(type, answer)'],
    ['wrap', ">  on('click', answer)"],
    ['wrap', ">  a.addEventListener('b', c), d.addEventListener('e', f)"],
    ['wrap', ">  bell.addEventListener('click', function () {"],
    ['anew', '>  user(() => {'],
    ['anew', '>  a(1).user(b)'],
    ['anew', '>  user(a), user(b)'],
    ['anew', '>  port.onmessage = user'],
    ['inherit-in-task', '>  spawn(() => spawn(a))'],
    ['inherit-in-task', '>  shop.spawn(a)'],
    ['default', ">  const user: ContextVar<A> = new ContextVar('user')"],
    ['default', ">  const user = new ContextVar<() => A>('user')"],
    ['default', ">  const user = new ContextVar('user', options)"],
    ['default', '>  const user = new ContextVar(...given)'],
    ['default', '>  const user = new ContextVar('],
    ['default', '>  user.get()'],
    ['post-carrying', '>  worker.postMessage(a)'],
    ['hear-carrying', '>  self.onmessage = user'],
    ['freeze', '>  new ContextVar("user", { default: new Map() })'],
    ['freeze', '>  new ContextVar("user", { default: [] as string[] })'],
    ['freeze', '>  make({ default: [] })'],
    ['freeze', '>  make({ default: [] }, new ContextVar("user"))'],
    ['once', '>  return new ContextVar(name)'],
    ['once', '>  return new ContextVar("user", { default: preset })'],
    ['once', '>  return make()'],
  ])('%s is a pattern: %s', (kind, lines) => {
    const made = pasted(kind, inFunction(lines))
    const pattern = pasteLine(change(kind, null, { name: 'user' }), null)
    expect(made).toEqual(pattern)
    expect(pattern.line).not.toBeNull()
  })
})

describe('a pattern', () => {
  const line = (name: string, kind: ChangeKind = 'using') => pasteLine(change(kind, null, { name }), null).line
  test.each([
    ['user', 'user'],
    ['request-id', 'requestId'],
    ['current user', 'currentUser'],
    ['class', 'variable'],
    ['7', 'variable'],
    ['', 'variable'],
    ['a\nb', 'aB'],
    ['é', 'variable'],
  ])('says %j as %s', (name, word) => {
    expect(line(name)).toBe(`using _token = ${word}.set(value)`)
  })
  test('quotes a name as it is', () => {
    expect(line("it's \\ a\nb", 'once')).toBe("const itSAB = new ContextVar('it\\'s \\\\ a b')")
  })
})

describe('what was attached, and never disposed of', () => {
  const lines = (drawing: string) =>
    (['keep-attached', 'dispose'] as const).map((kind) => pasted(kind, inFunction(drawing)).line)

  test.each<[string, string, string, string]>([
    ['as a statement', '>  context.attach(active)', '  const attached = context.attach(active)', 'attached.dispose()'],
    [
      'where that name is taken',
      '   const attached = 1;\n>  otel.context.attach(active);',
      '  const attached2 = otel.context.attach(active);',
      'attached2.dispose()',
    ],
  ])('%s', (_, drawing, kept, disposed) => {
    expect(lines(drawing)).toEqual([kept, disposed])
  })

  test.each<[string, string]>([
    ['>  const token = context.attach(active)', 'token.dispose()'],
    ['>  let token: Token = context.attach(active);', 'token.dispose()'],
    ['>  this.token = context.attach(active)', 'this.token.dispose()'],
  ])('kept already: %s', (drawing, disposed) => {
    expect(lines(drawing)[1]).toBe(disposed)
  })

  test.each<string>([
    '>  return context.attach(active)',
    '>  if (a) context.attach(active)',
    '>  f(context.attach(active))',
    '>  work()',
  ])('is a pattern: %s', (drawing) => {
    expect(lines(drawing)).toEqual(['const attached = context.attach(active)', 'attached.dispose()'])
  })
})
