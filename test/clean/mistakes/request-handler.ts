import type { Mistake } from '../mistake'

export const mistakes: Mistake[] = [
  {
    mistake: 'the reset is forgotten where the handler throws',
    changes: [
      [
        `    return await next(request)
  } finally {
    currentUser.reset(token)
  }`,
        `    const response = await next(request)
    currentUser.reset(token)
    return response
  } finally {
    await sleep(0)
  }`,
      ],
    ],
    finds: [
      {
        severity: 'info',
        rule: 'forgotten-reset',
        lines: ['const token = currentUser.set(user)', 'currentUser.reset(token)'],
      },
    ],
  },
  {
    mistake: 'requests are served without a task each',
    changes: [
      [`  createTask(() => chain({ path, headers }), { name: \`GET \${path}\` }).result`, '  chain({ path, headers })'],
    ],
    finds: [
      {
        severity: 'error',
        rule: 'lookup-without-value',
        lines: [
          'const token = timings.set(new Map())',
          'timings.reset(token)',
          `note(\`took \${[...timings.get().keys()].join(', ') || 'nothing'}\`)`,
        ],
      },
      {
        severity: 'warning',
        rule: 'out-of-order-reset',
        lines: [
          'const token = currentUser.set(user)',
          'const token = currentUser.set(user)',
          'currentUser.reset(token)',
          'currentUser.reset(token)',
        ],
      },
      {
        severity: 'warning',
        rule: 'out-of-order-reset',
        lines: [
          `const token = requestId.set(request.headers['x-request-id'] ?? \`r\${++requests}\`)`,
          `const token = requestId.set(request.headers['x-request-id'] ?? \`r\${++requests}\`)`,
          'requestId.reset(token)',
          'requestId.reset(token)',
        ],
      },
      {
        severity: 'warning',
        rule: 'out-of-order-reset',
        lines: [
          'const token = timings.set(new Map())',
          'const token = timings.set(new Map())',
          'timings.reset(token)',
          'timings.reset(token)',
        ],
      },
    ],
  },
  {
    mistake: 'a promise is returned out of the block, not awaited',
    changes: [
      [
        `    return await next(request)
  } finally {
    requestId.reset(token)`,
        `    return next(request)
  } finally {
    requestId.reset(token)`,
      ],
    ],
    finds: [
      {
        severity: 'error',
        rule: 'lookup-without-value',
        lines: [
          `createTask(() => chain({ path, headers }), { name: \`GET \${path}\` }).result`,
          `const token = requestId.set(request.headers['x-request-id'] ?? \`r\${++requests}\`)`,
          'requestId.reset(token)',
          `return { status: 500, body: \`Sorry. (\${requestId.get()})\` }`,
        ],
      },
    ],
  },
]
