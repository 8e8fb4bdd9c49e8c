import type { Mistake } from '../mistake'

export const mistakes: Mistake[] = [
  {
    mistake: 'what is fetched behind keeps the visitor',
    changes: [
      [', context: new Context() })\n    entry', ' })\n    entry'],
      ['import { Context, ContextVar }', 'import { ContextVar }'],
    ],
    finds: [],
    notTold: 'that work in the background is for nobody, and not for the visitor who began it',
  },
]
